"""A party's own directory: what is in force, what waits for a second person, who is linked, and a question to it."""

from functools import partial
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.pagination import cut
from apps.access.refusal import Refused
from apps.entrance import policy
from apps.entrance.actions import openid_provider
from apps.entrance.lists import CHIPS
from apps.entrance.models import Directory, DirectoryLink
from apps.entrance.refusals import Refusals
from apps.entrance.rules.directory_faults import FAULTS
from apps.entrance.rules.directory_requests import Fault
from apps.pages.verb_pages import VerbPages, answer_form

SHOWN = 50

verbs = VerbPages(
    noun="directory",
    address="entrance:directory_do",
    rows=lambda actor: Directory.objects.visible_to(actor).select_related("party", "proposed_by", "confirmed_by"),
    page=lambda row: reverse("entrance:directory", args=[row.pk]),
    title=lambda row: row.issuer,
    whence=(pgettext_lazy("words, entrance", "State directories"), "entrance:directories"),
    template="entrance/directory_do.html",
)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("secret")
@marked(OFFICIAL)
def directories(request: Any) -> HttpResponse:
    """The directories that the seat sees, the people linked, and the form for a proposal for who may make one."""
    actor, spec = request.actor, REGISTRY["directory.propose"]
    rows = verbs.rows(actor).order_by("-proposed_at")[:SHOWN]
    verdict = policy.may_set_rule(actor, None)
    linked = DirectoryLink.objects.visible_to(actor).filter(state="live", user__home_party_id=actor.party_code)
    links, older, newer = cut(linked.select_related("user"), request.GET, SHOWN)

    def onward(row: Any) -> str:
        messages.success(request, _("Proposed. Test the directory, then ask a second person to put it into force."))
        return verbs.page(row)

    return answer_form(
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
        callback=request.build_absolute_uri(openid_provider.callback_path(actor.party_code)),
    )


@require_GET
@marked(OFFICIAL)
def directory(request: Any, pk: Any) -> HttpResponse:
    """One directory: what was given of it, and what the seat may do."""
    return render(request, "entrance/directory.html", _context(request, _row(request, pk)))


@require_POST
@marked(OFFICIAL)
def ask_it(request: Any, pk: Any) -> HttpResponse:
    """Ask the directory what it says of itself, and show it; nothing changes."""
    row, said = _row(request, pk), dict[str, Any]()
    if ratelimit.consume(request, app="allauth.account", action="directory") is None:
        raise Refused(Refusals.TOO_MANY_TRIES)
    try:
        document = openid_provider.described(row.issuer)
        said = {"document": document, "keys": openid_provider.keys_of(document)}
    except Fault as fault:
        said["fault"] = FAULTS[fault.code]
    return render(request, "entrance/directory.html", _context(request, row) | {"asked": said})


def _row(request: Any, pk: Any) -> Any:
    return _chipped(verbs.find(request.actor, pk))


def _chipped(row: Any) -> Any:
    row.chip = CHIPS[row.state]
    return row


def _context(request: Any, row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "callback": request.build_absolute_uri(openid_provider.callback_path(row.party_id)),
        "own": row.state == Directory.State.PROPOSED and row.proposed_by_id == request.actor.user_id,
        "offers": verbs.buttons(request.actor, row),
    }
