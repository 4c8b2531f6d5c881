"""A party's own directory: what is in force, what waits for a second person, who is linked, and a question to it."""

from functools import partial
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.entrance import openid, policy
from apps.entrance.faults import FAULTS
from apps.entrance.fetching import Fault
from apps.entrance.models import Directory, DirectoryLink

SHOWN = 50
DANGEROUS = frozenset({"confirm", "end", "withdraw"})
CHIPS = {
    "proposed": ("warn", "half"),
    "in_force": ("ok", "circle-check"),
    "ended": ("mute", "history"),
    "withdrawn": ("mute", "undo"),
}


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("secret")
def directories(request: Any) -> HttpResponse:
    """The directories that the seat sees, the people linked, and the form for a proposal for who may make one."""
    actor, spec = request.actor, REGISTRY["directory.propose"]
    rows = [_chipped(row) for row in _rows(actor).order_by("-proposed_at")[:SHOWN]]
    verdict = policy.may_set_rule(actor, None)
    linked = DirectoryLink.objects.visible_to(actor).filter(state="live", user__home_party_id=actor.party_code)
    links, older, newer = cut(linked.select_related("user"), request.GET, SHOWN)

    def onward(row: Any) -> str:
        messages.success(request, _("Proposed. Ask the directory, then have a second person put it into force."))
        return _place(row)

    return carry_out(
        request,
        spec,
        None,
        "entrance/directories.html",
        onward,
        run=partial(spec.run, actor, None),
        rows=rows,
        links=links,
        older=older and f"?{older}#li-h",
        newer=newer and f"?{newer}#li-h",
        may_set=bool(verdict),
        why_not="" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
        callback=request.build_absolute_uri(openid.callback_path(actor.party_code)),
    )


@require_GET
def directory(request: Any, pk: Any) -> HttpResponse:
    """One directory: what was given of it, and what the seat may do."""
    return render(request, "entrance/directory.html", _context(request, _row(request, pk)))


@require_POST
def ask_it(request: Any, pk: Any) -> HttpResponse:
    """Ask the directory what it says of itself, and show it; nothing changes."""
    row, said = _row(request, pk), dict[str, Any]()
    if ratelimit.consume(request, app="allauth.account", action="directory") is None:
        raise Refused("may-not", "too-many-tries")
    try:
        document = openid.described(row.issuer)
        said = {"document": document, "keys": openid.keys_of(document)}
    except Fault as fault:
        said["fault"] = FAULTS[fault.code]
    return render(request, "entrance/directory.html", _context(request, row) | {"asked": said})


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row, spec = _row(request, pk), spec_of("directory", verb)
    ask(request.actor, row, spec)
    return carry_out(request, spec, row, "entrance/directory_do.html", _place)


def _rows(actor: Any) -> Any:
    return Directory.objects.visible_to(actor).select_related("party", "proposed_by", "confirmed_by")


def _row(request: Any, pk: Any) -> Any:
    return _chipped(visible_or_404(_rows(request.actor), request.actor, pk))


def _chipped(row: Any) -> Any:
    row.chip = CHIPS[row.state]
    return row


def _place(row: Any) -> str:
    return reverse("entrance:directory", args=[row.pk])


def _context(request: Any, row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "callback": request.build_absolute_uri(openid.callback_path(row.party_id)),
        "own": row.state == Directory.State.PROPOSED and row.proposed_by_id == request.actor.user_id,
        "offers": buttons(
            request.actor, row, lambda verb: reverse("entrance:directory_do", args=[row.pk, verb]), DANGEROUS
        ),
    }
