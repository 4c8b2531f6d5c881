"""Parties that let linked people in by their directory alone, and how their administrators come in beside it.

Nothing here is asked before name and password, or a passkey, were right: a stranger learns nothing of an account.
"""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render

from apps.access.refusal import Refused
from apps.entrance.actions import journal
from apps.entrance.models import SignInRule
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals

BESIDE = "beside_directory"
PASSKEY = SignInRule.Factor.WEBAUTHN


def _binds(user: Any) -> bool:
    """Whether a person's party lets them in by its directory alone. A query where the party has such a rule."""
    if not sign_in.rule_for(user.home_party_id).directory_only:
        return False
    link = sign_in.link_of(user)
    return link is not None and link.directory.party_id == user.home_party_id


def may_come_otherwise(user: Any) -> bool:
    """Whether a person may go on without the directory: an administrator who has a passkey may, with it."""
    if not _binds(user):
        return True
    return user.pk in sign_in.administering_ids(user.home_party_id) and PASSKEY in sign_in.kinds_of(user)


def came_beside(request: Any, user: Any, factor: str, onward: str | None) -> tuple[HttpResponse | None, dict[str, str]]:
    """(the page for an administrator who gave something else than their passkey, what the audit says of the way)."""
    if not _binds(user):
        return None, {}
    if factor == PASSKEY:
        journal.beside(request, user)
        return None, {"way": BESIDE}
    logout(request)
    return led_there(request, user, onward), {}


def led_there(request: Any, user: Any, onward: str | None) -> HttpResponse:
    """The page that says that it is the directory, and leads there."""
    refusal = Refused(Refusals.DIRECTORY_ONLY)
    journal.refused(request, user, "session.sign_in", refusal)
    context = {
        "refusal": refusal,
        "directory": sign_in.directory_of(user.home_party_id),
        "onward": onward or "",
        "administers": user.pk in sign_in.administering_ids(user.home_party_id),
    }
    return render(request, "account/directory_only.html", context, status=refusal.status)
