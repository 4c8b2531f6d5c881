"""Where a person gives a code: one counts once, for as long as it would be taken."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

TAKEN_S = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
"""Seconds in which a time-based code is right: its own half minute and those taken before and after it."""


class _Once:
    """A used code is remembered for all of `TAKEN_S`; allauth forgets it after one period (RFC 6238, 5.2)."""

    authenticator: Any

    def clean_code(self) -> str:
        """The code; raises what the form raises for one that is wrong or was used."""
        given: str = super().clean_code()  # type: ignore[misc]
        factor = self.authenticator.wrap()
        if isinstance(factor, TOTP):
            cache.touch(factor._get_used_cache_key(given), TAKEN_S)
        return given


class CodeForm(_Once, AuthenticateForm):
    """At signing in."""


class CodeAgainForm(_Once, ReauthenticateForm):
    """Before what asks who one is once more."""
