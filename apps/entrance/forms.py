"""Where a person gives a code: one counts once, for as long as it would be taken."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

TAKEN_S = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
"""Seconds in which a time-based code is right: its own half minute and those taken before and after it."""


class CodeForm(AuthenticateForm):
    """At signing in."""

    def clean_code(self) -> str:
        """The code; raises what allauth raises for one that is wrong or was used."""
        return _used(self, super().clean_code())


class CodeAgainForm(ReauthenticateForm):
    """Before what asks who one is once more."""

    def clean_code(self) -> str:
        """As at signing in."""
        return _used(self, super().clean_code())


def _used(form: Any, code: str) -> str:
    """The code, remembered for all of `TAKEN_S`: allauth forgets it after one period (RFC 6238, 5.2)."""
    factor = form.authenticator.wrap()
    if isinstance(factor, TOTP):
        cache.touch(factor._get_used_cache_key(code), TAKEN_S)
    return code
