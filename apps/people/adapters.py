"""How sign-in behaves: accounts are given, never opened by oneself; second factors are kept encrypted."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of the portal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account administrator invites."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: accounts need not have an address."""

    def clean_password(self, password: str, user: Any = None) -> str:
        """The rules of the settings; and a one-time password is not chosen once more."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("This is the one-time password. Choose one of your own."))
        return super().clean_password(password, user)

    def set_password(self, user: Any, password: str) -> None:
        """A password that the person chose himself is no one-time password any more."""
        user.must_change_password = False
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for the second factor that the portal asks for right after signing in; else as ever."""
        led = getattr(self.request, "first_step", "") == "mfa_activate_totp"
        if led and time.time() - self.request.session["started"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On with the work."""
        return reverse("home")

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """A suspended account and a service account cannot sign in; the answer is the one for a wrong password."""
        if user.state != user.State.ACTIVE or not user.has_usable_password():
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors, encrypted at rest with FIELD_KEY."""

    def encrypt(self, text: str) -> str:
        """Fernet (AES-128-CBC with HMAC-SHA-256)."""
        return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text that `encrypt` was given."""
        return Fernet(settings.FIELD_KEY).decrypt(encrypted_text.encode()).decode()
