"""Signing in, and linking oneself, by one's party's directory: what follows once the directory has said who it is.

Nobody gets an account by it, and nobody is found by name or mail: a person is who they linked themselves as. From there
on
it is the sign-in that everybody has, with the same refusals.
"""

import hashlib
import secrets
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import clear_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import RequestException

from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.entrance import actions
from apps.entrance.actions import journal
from apps.entrance.actions.openid_provider import PartyDirectory
from apps.entrance.models import AccountChange
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals
from apps.entrance.rules import id_tokens
from apps.entrance.rules.directory_faults import FAULTS
from apps.entrance.rules.directory_requests import Fault

WAY = "directory"
TRUSTED = "directory_factor"
NONCE_BYTES = 32


class SecondFactor(AuthenticateStage):
    """The portal's second factor is asked for, unless the party trusts the one that its directory has asked for."""

    def handle(self) -> tuple[Any, bool]:
        """Go on at once after a trusted factor; acts of weight ask for the portal's own, however fresh that one is."""
        if self.login.state.get(TRUSTED):
            record_authentication(self.request, self.login.user, "mfa", type=WAY, at=0)
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer


def begin_directory_sign_in(request: Any, directory: Any, process: str, onward: str | None) -> HttpResponse:
    """Lead to the directory, by a page of our own: a form must not lead elsewhere (form-action of the policy)."""
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    provider = PartyDirectory(request, directory)
    try:
        answer = provider.redirect(request, process, next_url=onward, auth_params={"nonce": nonce}, nonce=nonce)
    except Fault as fault:
        return turned_away(request, directory, _not_believed(), fault.code)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    context = {"directory": directory, "url": answer.url}
    page = render(request, "account/directory_onward.html", context)
    page.headers["Refresh"] = f"0; url={answer.url}"
    return page


def came_back(request: Any, login: Any) -> HttpResponse:
    """Sign in or link, as the browser's state says; `login` carries what the ID token claims."""
    directory, claims = login.provider.directory, login.account.extra_data
    if not id_tokens.same_nonce(claims, login.state.get("nonce", "")):
        raise Fault("nonce")
    if login.state.get("process") == "connect":
        return _link(request, directory, claims)
    return _sign_in(request, directory, claims, login.get_redirect_url(request))


def _sign_in(request: Any, directory: Any, claims: Any, onward: str | None) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    link = sign_in.link_of_subject(directory, claims["sub"])
    if link is None or link.user.home_party_id != directory.party_id:
        return turned_away(request, directory, Refused(Refusals.DIRECTORY_NOT_LINKED))
    clear_authentication_records(request)
    record_authentication(request, link.user, "socialaccount", provider=str(directory.pk), uid=str(link.pk))
    rule = sign_in.rule_for(directory.party_id)
    trusted = not rule.restricts_factors and id_tokens.proves_second_factor(claims, directory.second_factors)
    login = Login(user=link.user, redirect_url=onward, signal_kwargs={"way": WAY}, state={TRUSTED: trusted})
    answer: HttpResponse = perform_login(request, login)
    return answer


def ended_meanwhile(request: Any, user: Any) -> HttpResponse | None:
    """Mark the new session as begun by its link; where that has ended meanwhile, the page that says so."""
    records = get_authentication_records(request, user)
    link_id = next(record["uid"] for record in reversed(records) if record["method"] == "socialaccount")
    if actions.used(link_id, request.session.session_key):
        return None
    directory = sign_in.directory_of_link(link_id)
    logout(request)
    return turned_away(request, directory, Refused(Refusals.DIRECTORY_NOT_LINKED))


def _link(request: Any, directory: Any, claims: Any) -> HttpResponse:
    if request.actor is None:
        return turned_away(request, directory, Refused(Refusals.DIRECTORY_BEGIN_AGAIN))
    shown_as = str(claims.get(directory.shown_claim, "")) if directory.shown_claim else ""
    try:
        actions.link_directory(request.actor, None, directory=directory, subject=claims["sub"], shown_as=shown_as)
    except Refused as refusal:
        if refusal.code == AccessRefusals.STEP_UP:
            raise
        messages.error(request, refusal.message)
    else:
        journal.changed(request, request.user, AccountChange.What.LINKED)
        leave_if_ended(request)
        messages.success(request, _("Account linked. You can now sign in through the directory."))
    return redirect("usersessions_list")


def leave_if_ended(request: Any) -> None:
    """Who ended the session in which they act, as one begun by a link that they removed, has nothing to save into."""
    if not request.session.exists(request.session.session_key):
        logout(request)


def turned_away(request: Any, directory: Any, refusal: Refused, why: str = "") -> HttpResponse:
    """The page that says why it does not go on; in the chain of the directory's party, without who it was.

    What is no answer to a sign-in of this browser is written once in five minutes for an address.
    """
    if refusal.code != Refusals.DIRECTORY_BEGIN_AGAIN or _first_time(request, directory):
        journal.turned_away(request, directory, refusal, why)
    context = {"refusal": refusal, "directory": directory, "fault": FAULTS.get(why, "")}
    return render(request, "account/directory_refused.html", context, status=refusal.status)


def _first_time(request: Any, directory: Any) -> bool:
    tried = f"{directory.pk}:{request.META.get('REMOTE_ADDR', '')}"
    key = f"directory:{hashlib.sha256(tried.encode()).hexdigest()}"
    return bool(cache.add(key, 1, journal.SAID_AGAIN_S))


def failed(request: Any, directory: Any, error: str, exception: Exception | None, *, begun: bool) -> HttpResponse:
    """The page for what allauth calls an error of authentication. `begun`: this browser has begun it, and once."""
    if not begun:
        return turned_away(request, directory, Refused(Refusals.DIRECTORY_BEGIN_AGAIN))
    if isinstance(exception, Fault):
        why = exception.code
    elif exception is None and error == "cancelled":
        why = error
    else:
        why = "silent" if isinstance(exception, RequestException) else "token"
    return turned_away(request, directory, _not_believed(), why)


def _not_believed() -> Refused:
    return Refused(Refusals.DIRECTORY_NOT_BELIEVED)
