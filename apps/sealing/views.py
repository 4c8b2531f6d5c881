"""Keys of States: those in force, those that wait, and making one's own in the browser."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import VerbPages, answer_form
from apps.sealing import policy, queries, titles
from apps.sealing.lists import KEY_STATES, Keys, holder_of

verbs = VerbPages(
    noun="holder_key",
    address="sealing:key_do",
    rows=queries.key_rows,
    page=lambda row: reverse("sealing:key", args=[row.pk]),
    title=lambda row: f"{row.party_id} {row.fingerprint}",
    whence=(gettext_lazy("Keys of States"), "sealing:keys"),
)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def keys(request: Any) -> HttpResponse:
    """Keys that the seat sees, which States seal, and the form for a key of one's own."""
    actor, spec = request.actor, REGISTRY["holder_key.propose"]
    listed, verdict = Keys(request), policy.may_hold(actor, None)
    context: dict[str, Any] = {
        "may_hold": bool(verdict),
        "why_not": "" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
    }
    if request.method == "GET":
        return listed.answer(form=form_for(spec)(None, actor=actor), spec=spec, **context)

    def onward(row: Any) -> str:
        messages.success(request, _("Proposed. Read the fingerprint to an administrator of your party."))
        return verbs.page(row)

    return answer_form(
        request,
        spec,
        None,
        listed.template,
        onward,
        run=partial(spec.run, actor, None),
        list=listed.shown(),
        **context,
    )


@require_GET
@marked(OFFICIAL)
def key(request: Any, pk: Any) -> HttpResponse:
    """One key: whose it is, its fingerprint, and what the seat may do."""
    row = _chipped(request.actor, verbs.find(request.actor, pk))
    context = {
        "row": row,
        "title": titles.holder_key(row.holder, row.party.short_name),
        "offers": verbs.buttons(request.actor, row),
        "mine": row.user_id == request.actor.user_id,
    }
    return render(request, "sealing/key.html", context)


def _chipped(actor: Any, row: Any) -> Any:
    row.chip, row.holder = KEY_STATES[row.state], holder_of(actor, row)
    return row
