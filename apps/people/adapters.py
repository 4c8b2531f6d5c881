"""How sign-in behaves: accounts are given, never opened by oneself; second factors are kept encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of the portal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account administrator invites."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: accounts need not have an address."""

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
