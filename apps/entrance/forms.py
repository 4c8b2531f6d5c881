"""Where a person gives a code: one counts once, for as long as it would be taken; wrong ones lock nobody out."""

from typing import Any

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

from apps.entrance.adapters import DEVICE_COOKIE
from apps.entrance.queries import sign_in

TAKEN_S = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
"""Seconds in which a time-based code is right: its own half minute and those taken before and after it."""


class CodeForm(AuthenticateForm):
    """At signing in."""

    def clean_code(self) -> str:
        """The code; raises what allauth raises for one that is wrong or was used."""
        return _used(self, _right_in_known_device(self) or super().clean_code())


class CodeAgainForm(ReauthenticateForm):
    """Before what asks who one is once more."""

    def clean_code(self) -> str:
        """As at signing in."""
        return _used(self, _right_in_known_device(self) or super().clean_code())


def _right_in_known_device(form: Any) -> str:
    """The code if it is right and typed in a device in which the person has signed in before; else "".

    allauth counts wrong codes for the account, so who knows its password could keep its owner out; a known device is
    counted by itself, as with passwords (`adapters.AccountAdapter.pre_authenticate`).
    """
    request, code = context.request, form.cleaned_data["code"]
    device = sign_in.known_device(form.user.username, request.COOKIES.get(DEVICE_COOKIE, ""))
    if device is None:
        return ""
    usage = ratelimit.consume(request, app="allauth.account", action="login_known", key=f"code:{device.pk}")
    if usage is None:
        return ""
    factor = sign_in.factor_taking(form.user, code)
    if factor is None:
        return ""
    usage.rollback()
    form.authenticator = factor
    return str(code)


def _used(form: Any, code: str) -> str:
    """The code, remembered for all of `TAKEN_S`: allauth forgets it after one period (RFC 6238, 5.2)."""
    factor = form.authenticator.wrap()
    if isinstance(factor, TOTP):
        cache.touch(factor._get_used_cache_key(code), TAKEN_S)
    return code
