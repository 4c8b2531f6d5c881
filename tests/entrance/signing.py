"""Signing in as a browser does."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from apps.audit.models import AuditRecord
from demo.people import password, totp_secret

LOGIN = "/accounts/login/"


def sign_in(client: Any, username: str, secret: str | None = None, **extra: Any) -> Any:
    """Send name and password; the answer."""
    wanted = {"login": username, "password": secret or password(username)}
    return client.post(LOGIN, wanted, **extra)


def signed_in(client: Any, username: str) -> Any:
    """The browser after password and, where there is one, the code."""
    answer = sign_in(client, username)
    if answer.url == reverse("mfa_authenticate"):
        client.post(answer.url, {"code": code(username)})
    assert "_auth_user_id" in client.session
    return client


def code(username: str) -> str:
    """The code of this half minute, as if it was not used yet."""
    cache.clear()  # where used codes are remembered
    return code_at(username, time.time())


def code_at(username: str, moment: float) -> str:
    """What the person's app shows at a moment (seconds since 1970)."""
    return format_hotp_value(hotp_value(totp_secret(username), int(moment) // 30))


def acts(verb: str) -> list[tuple[str, str, str]]:
    """(person, outcome, reason) of the rows with this verb, oldest first."""
    rows = AuditRecord.objects.filter(verb=verb).order_by("pk")
    return list(rows.values_list("person", "outcome", "reason"))


def long_ago(client: Any) -> Any:
    """The browser, an hour after its person has shown who they are."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    return client
