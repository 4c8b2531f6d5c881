"""What the pages of the register's verbs have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.marking import OFFICIAL
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early


def register_verbs(model: Any, noun: str, collection: str, page: Callable[[Any], str], **more: Any) -> VerbPages:
    """The pages of the verbs of one kind of line; `page` gives the address of its page."""

    def onward(request: Any, done: Any, _spec: Spec) -> str:
        return said(request, page(done))

    return VerbPages(
        noun=noun,
        address="region:act",
        arguments=(collection,),
        rows=model.objects.visible_to,
        page=page,
        prepare=lambda _request, _row, _spec: {"marking": OFFICIAL},
        onward=onward,
        tries_first=True,
        **more,
    )


def said(request: Any, place: str) -> str:
    """On to a place, where it is said that the act stands."""
    messages.success(request, _("The register is updated."))
    return place


def answer_new(request: Any, verbs: VerbPages, title: Any, back: str) -> HttpResponse:
    """The form that enters a new record into the list `title` at the address `back`."""
    spec = REGISTRY[f"{verbs.noun}.create"]
    refuse_early(request.actor, None, spec)
    onward = lambda done: said(request, verbs.page(done))  # noqa: E731
    return answer_form(request, spec, None, TEMPLATE, onward, title=title, back=back, marking=OFFICIAL)
