"""A desk's own addresses for notices: the list, one with its last calls, and what is done to it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.marking import OFFICIAL, marked, of
from apps.access.refusal import Refused
from apps.notices import policy, queries
from apps.notices.actions import webhooks as actions
from apps.notices.lists import WEBHOOK_STATES, Webhooks
from apps.notices.models import Webhook
from apps.pages.verb_pages import VerbPages, find_verb, try_form


def _asker(request: Any) -> Any:
    """Who keeps addresses; for everybody else there are none."""
    return _keeping(request.actor)


def _keeping(actor: Any) -> Any:
    if actor is None or not policy.may_keep_webhook(actor, None):
        raise Refused("not-visible")
    return actor


def _rows(actor: Any) -> Any:
    return Webhook.objects.visible_to(_keeping(actor)).filter(owner_id=actor.desk_id)


verbs = VerbPages(
    noun="webhook",
    address="notices:webhook_do",
    rows=_rows,
    page=lambda row: reverse("notices:webhook", args=[row.pk]),
    elsewhere={"resend"},
)


@require_GET
@marked(OFFICIAL)
def webhooks(request: Any) -> HttpResponse:
    """The addresses of one's desk."""
    _asker(request)
    return Webhooks(request).answer()


def _line(row: Webhook) -> dict[str, Any]:
    return {"it": row, "chip": (*WEBHOOK_STATES[row.state], row.get_state_display())}


@require_http_methods(["GET", "POST"])
@sensitive_variables()
@marked(OFFICIAL)
def show_new_webhook(request: Any) -> HttpResponse:
    """Add an address; its secret is shown on the answer's page, once."""
    actor, spec = _asker(request), REGISTRY["webhook.add"]
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor)
    status = 200
    if request.method == "POST":
        made, status = try_form(form, partial(actions.add_webhook, actor, None))
        if status == 302:
            return _page(request, made, secret=made.secret)
    return render(request, "notices/webhook_new.html", {"form": form, "spec": spec}, status=status)


@require_GET
@marked(OFFICIAL)
def webhook(request: Any, pk: Any) -> HttpResponse:
    """One address: its state, its last calls, and what may be done."""
    return _page(request, verbs.find(request.actor, pk))


@sensitive_variables("secret", "context")
def _page(request: Any, row: Webhook, *, secret: str = "") -> HttpResponse:
    actor, calls = request.actor, queries.calls_of(request.actor, row)
    for call in calls:
        call.webhook = row
    context = {
        "line": _line(row),
        "calls": calls,
        "secret": secret,
        "offers": verbs.buttons(actor, row),
        "primary": "",
        "version": row.version,
        "marking": of(row),
    }
    return render(request, "notices/webhook.html", context)


@require_POST
@sensitive_variables()
@marked(OFFICIAL)
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb; the page of the address follows, with a new secret on it where one was made.

    A verb has no page of its own: none asks anything but which call to send again, and a secret is shown once.
    """
    row, spec = verbs.find(request.actor, pk), find_verb("webhook", verb)
    form = form_for(spec)(request.POST, actor=request.actor, row=row)
    done, status = try_form(form, partial(spec.run, request.actor, row, version=posted_version(request)))
    if status != 302:
        messages.error(request, _now("This webhook has no such call."))
    elif getattr(done, "secret", ""):
        return _page(request, done, secret=done.secret)
    else:
        messages.success(request, str(spec.label))
    return redirect("notices:webhook", pk=pk)
