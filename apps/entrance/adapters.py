"""How sign-in behaves: accounts are given, never opened by oneself; second factors are kept encrypted; all is noted."""

import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access import encryption
from apps.access.refusal import Refused
from apps.access.write_guard import writing
from apps.entrance import actions
from apps.entrance.actions import directory_only, directory_sign_in, journal
from apps.entrance.models import AccountChange
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals
from apps.entrance.rules import directory_requests
from apps.people.queries import service_actor

DEVICE_COOKIE = "device"
DEVICE_KEPT_S = 400 * 86_400
"""Browsers keep no cookie longer (RFC 6265bis, section 5.5)."""
MARK_BYTES = 32
PORTAL_CLOCK = "IMPACS.automation"
What = AccountChange.What
TOLD = {
    "account/email/password_changed": ("password.change", "", What.PASSWORD),
    "account/email/password_set": ("password.change", "", What.PASSWORD),
    "mfa/email/totp_activated": ("factor.add", "totp", What.TOTP_ADDED),
    "mfa/email/totp_deactivated": ("factor.remove", "totp", What.TOTP_REMOVED),
    "mfa/email/webauthn_added": ("factor.add", "webauthn", What.PASSKEY_ADDED),
    "mfa/email/webauthn_removed": ("factor.remove", "webauthn", What.PASSKEY_REMOVED),
    "mfa/email/recovery_codes_generated": ("factor.renew_codes", "recovery_codes", What.CODES),
}
"""What the sign-in package would mail about: (verb of the audit, kind of factor, what its owner is told)."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of the portal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account administrator invites."""
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Not its mail, but the audit, and the portal's own notice to the person."""
        if template_prefix in TOLD:
            verb, kind, what = TOLD[template_prefix]
            journal.done(self.request, user, verb, **({"kind": kind} if kind else {}))
            journal.changed(self.request, user, what)

    def clean_password(self, password: str, user: Any = None) -> str:
        """The rules of the settings; and a one-time password is not chosen once more."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("This is the one-time password. Choose one of your own."))
        return super().clean_password(password, user)

    def set_password(self, user: Any, password: str) -> None:
        """A password that the person chose themselves is no one-time password any more."""
        user.must_change_password = False
        with writing("sign-in"):
            super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for the second factor that the portal asks for right after signing in; else as ever."""
        led = getattr(self.request, "first_step", "") in {"mfa_activate_totp", "mfa_add_webauthn"}
        if led and time.time() - self.request.session["started"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On with the work."""
        return reverse("home")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at.

        Tries are counted for an account *and* an address, and for an address; nobody can lock another person out. A
        device in which the person has signed in before is counted by itself, whatever others try in their name. Tries
        from many addresses at once end at 200 an hour for an account, for devices that are not known.
        """
        name = credentials.get("username", "").lower()
        device = sign_in.known_device(name, request.COOKIES.get(DEVICE_COOKIE, ""))
        if device is not None:
            counters = [("login_known", f"{name}:{device.pk}")]
        else:
            counters = [("login_failed", f"{name}:{self.get_client_ip(request)}"), ("login_spread", name)]
        self._counted = []
        for counter, key in counters:
            usage = ratelimit.consume(request, app="allauth.account", action=counter, key=key)
            if usage is None:
                journal.hammered(request, name, _verb(request))
                raise self.validation_error("too_many_login_attempts")
            self._counted.append(usage)

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in self._counted:
            usage.rollback()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a name that is no account's."""
        person = sign_in.person_named(credentials.get("username", ""))
        journal.refused(request, person, _verb(request), Refused(Refusals.WRONG_PASSWORD))

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Suspended and service accounts, and people outside their party's networks, are answered alike."""
        way = kwargs.get("signal_kwargs") or {}
        if user.state != user.State.ACTIVE or not user.has_usable_password():
            journal.refused(request, user, "session.sign_in", Refused(Refusals.ACCOUNT_CLOSED), **way)
            return self.respond_user_inactive(request, user)
        if not sign_in.rule_for(user.home_party_id).admits(request.META.get("REMOTE_ADDR")):
            journal.refused(request, user, "session.sign_in", Refused(Refusals.OUTSIDE_NETWORKS), **way)
            return self.respond_user_inactive(request, user)
        if not way and not directory_only.may_come_otherwise(user):
            return directory_only.led_there(request, user, kwargs["redirect_url"])
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Note the sign-in with its kind of second factor, and the device."""
        response = super().post_login(request, user, **kwargs)
        way = kwargs.get("signal_kwargs") or {}
        if way:
            turned_away = directory_sign_in.ended_meanwhile(request, user)
        else:
            turned_away, way = directory_only.came_beside(request, user, factor_of(request), kwargs["redirect_url"])
        if turned_away is not None:
            return turned_away
        journal.done(request, user, "session.sign_in", factor=factor_of(request), **way)
        _note_device(request, user, response)
        return response

    def get_login_stages(self) -> list[str]:
        """As ever, with a second factor that a party's directory may have asked for already."""
        ours = "apps.entrance.actions.directory_sign_in.SecondFactor"
        return [
            ours if stage == "allauth.mfa.stages.AuthenticateStage" else stage for stage in super().get_login_stages()
        ]

    def logout(self, request: HttpRequest) -> None:
        """Note the end of the session."""
        if request.user.is_authenticated:
            journal.done(request, request.user, "session.sign_out")
        super().logout(request)


def factor_of(request: Any) -> str:
    """The kind of second factor that the session was opened with: totp, webauthn, recovery_codes or none."""
    return sign_in.factor_in(get_authentication_records(request, request.user))


def _verb(request: Any) -> str:
    return "session.confirm" if request.user.is_authenticated else "session.sign_in"


def _note_device(request: Any, user: Any, response: Any) -> None:
    """Know the device again, or meet it and give it a mark."""
    mark = request.COOKIES.get(DEVICE_COOKIE, "")
    known = sign_in.known_device(user.username, mark)
    if known is not None:
        actions.seen_again(known)
        return
    mark = mark if len(mark) == len(secrets.token_urlsafe(MARK_BYTES)) else secrets.token_urlsafe(MARK_BYTES)
    actions.record_device(
        service_actor(PORTAL_CLOCK, request_id=request.request_id),
        None,
        user=user,
        mark=mark,
        label=request.headers.get("User-Agent", ""),
        address=request.META.get("REMOTE_ADDR") or None,
    )
    response.set_cookie(
        DEVICE_COOKIE,
        mark,
        max_age=DEVICE_KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class MfaAdapter(DefaultMFAAdapter):
    """Second factors, encrypted at rest with FIELD_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code was not accepted. Enter the next one. If that fails too, set your phone "
            "to automatic date and time."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Under the portal's key."""
        return encryption.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The text that `encrypt` was given."""
        return encryption.opened(encrypted_text)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A wrong code is noted: whoever types one knows the password already."""
        if code == "incorrect_code":
            waiting = unstash_login(self.request, peek=True)
            user = self.request.user if self.request.user.is_authenticated else waiting and waiting.user
            journal.refused(self.request, user, _verb(self.request), Refused(Refusals.WRONG_CODE))
            if user is not None and sign_in.was_right(user, self.request.POST.get("code", "")):
                journal.changed(self.request, user, What.CODE_AGAIN)
        return super().validation_error(code, *args)


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that their owner ends."""

    def end_sessions(self, sessions: Any) -> None:
        """End them and note it."""
        for session in sessions:
            actions.end_session(session)


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Parties' directories: they say who somebody is, and never open an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an account administrator invites."""
        return False

    def get_requests_session(self) -> Any:
        """Every question to a directory goes through the guard of outgoing calls."""
        return directory_requests.session()

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Always answers itself, so that nothing of allauth's own matching, sign-up and connecting is ever reached."""
        raise ImmediateHttpResponse(directory_sign_in.came_back(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Always answers itself, with a page that says what was wrong."""
        begun = bool((extra_context or {}).get("state"))
        page = directory_sign_in.failed(request, provider.directory, str(error), exception, begun=begun)
        raise ImmediateHttpResponse(page)
