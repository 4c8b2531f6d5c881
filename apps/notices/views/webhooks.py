"""A desk's own addresses for notices: the list, one with its last calls, and what is done to it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.acts import attempted, buttons, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.notices import policy, queries
from apps.notices.actions import webhooks as actions
from apps.notices.models import Webhook

CHIPS = {"live": ("ok", "check"), "disabled": ("bad", "x"), "ended": ("mute", "minus")}
CALLS = {"queued": ("info", "clock"), "sent": ("ok", "check"), "failed": ("bad", "x")}
WHY = {
    "no-such-host": _("The name of the host is not known."),
    "not-a-public-host": _("The host is not on the public network."),
    "not-in-use": _("The address was not in use any more."),
    "answer": _("It answered, but not with success."),
}


def _asker(request: Any) -> Any:
    """Who keeps addresses; for everybody else there are none."""
    if request.actor is None or not policy.may_keep_webhook(request.actor, None):
        raise Refused("not-visible")
    return request.actor


@require_GET
def webhooks(request: Any) -> HttpResponse:
    """The addresses of one's desk."""
    actor = _asker(request)
    lines = [_line(row) for row in queries.webhooks(actor)]
    return render(request, "notices/webhooks.html", {"lines": lines, "marking": {"level": 0, "caveat": ""}})


def _line(row: Webhook) -> dict[str, Any]:
    return {"it": row, "chip": (*CHIPS[row.state], row.get_state_display())}


@require_http_methods(["GET", "POST"])
@sensitive_variables()
def new(request: Any) -> HttpResponse:
    """Add an address; its secret is shown on the answer's page, once."""
    actor, spec = _asker(request), REGISTRY["webhook.add"]
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor)
    status = 200
    if request.method == "POST":
        made, status = attempted(form, partial(actions.add, actor, None))
        if status == 302:
            return _page(request, made, secret=made.secret)
    return render(request, "notices/webhook_new.html", {"form": form, "spec": spec}, status=status)


@require_GET
def webhook(request: Any, pk: Any) -> HttpResponse:
    """One address: its state, its last calls, and what may be done."""
    return _page(request, _own(request, pk))


def _own(request: Any, pk: Any) -> Webhook:
    actor = _asker(request)
    row: Webhook = visible_or_404(Webhook.objects.visible_to(actor).filter(owner_id=actor.desk_id), actor, pk)
    return row


@sensitive_variables("secret", "context")
def _page(request: Any, row: Webhook, *, secret: str = "") -> HttpResponse:
    actor = request.actor
    calls = [
        {"it": one, "chip": (*CALLS[one.state], one.get_state_display()), "why": str(WHY.get(one.error, one.error))}
        for one in queries.calls_of(actor, row)
    ]
    context = {
        "line": _line(row),
        "calls": calls,
        "secret": secret,
        "resends": row.state == Webhook.State.LIVE,
        "offers": buttons(actor, row, partial(_place, row.pk), (), but=("resend",)),
        "primary": "",
        "version": row.version,
        "marking": {"level": 0, "caveat": ""},
    }
    return render(request, "notices/webhook.html", context)


@require_POST
@sensitive_variables()
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb; the page of the address follows, with a new secret on it where one was made."""
    row, spec = _own(request, pk), spec_of("webhook", verb)
    form = form_for(spec)(request.POST, actor=request.actor, row=row)
    done, status = attempted(form, partial(spec.run, request.actor, row, version=posted_version(request)))
    if status != 302:
        messages.error(request, _now("There is no such call of this address."))
    elif getattr(done, "secret", ""):
        return _page(request, done, secret=done.secret)
    else:
        messages.success(request, str(spec.label))
    return redirect("notices:webhook", pk=pk)


def _place(pk: Any, verb: str) -> str:
    return reverse("notices:webhook_do", args=[pk, verb])
