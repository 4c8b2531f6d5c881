"""Keys of desks for programs."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.people import policy
from apps.people.actions.seats import service_seat
from apps.people.models import Desk, DeskToken

TOKEN_MARK = "ccp_"  # noqa: S105  (the public mark of a key, not a key)
TOKEN_BYTES = 32
LONGEST_TOKEN = timedelta(days=366)


@action(
    "token.create",
    model=DeskToken,
    label=_("Make a key"),
    policy=policy.may_create_token,
    ends="live",
    step_up=True,
    takes={
        "desk": forms.CharField(label=_("Desk"), max_length=40),
        "scope": forms.ChoiceField(label=_("Scope"), choices=DeskToken.Scope.choices),
        "days": forms.IntegerField(label=_("Days"), min_value=1, max_value=366),
        "label": forms.CharField(label=_("Label"), max_length=80, required=False),
    },
)
def create_token(actor: Actor, _row: None, *, desk: str, scope: str, days: int, label: str = "") -> DeskToken:
    """Make a key for a desk's programs. The key itself is on the returned row as `.secret`, this once."""
    at = Desk.objects.filter(code=desk, active=True).first()
    if at is None or (actor.function != "platform" and at.party_id != actor.party_code):
        raise ValidationError({"desk": _("There is no desk %(desk)s in your party.") % {"desk": desk}})
    if not 1 <= days <= LONGEST_TOKEN.days:
        raise ValidationError({"days": _("A key lives between 1 and 366 days.")})
    secret = TOKEN_MARK + secrets.token_urlsafe(TOKEN_BYTES)
    token = DeskToken.objects.create(
        seat=service_seat(at),
        prefix=secret[:12],
        sha256=digest(secret),
        label=label,
        scope=scope,
        expires_at=timezone.now() + timedelta(days=days),
    )
    token.secret = secret
    return token


@action(
    "token.revoke",
    model=DeskToken,
    label=_("Revoke this key"),
    policy=policy.may_revoke_token,
    starts={"live"},
    ends="revoked",
)
def revoke_token(actor: Actor, token: DeskToken) -> DeskToken:
    """Make a key useless from now on."""
    return token


def digest(secret: str) -> str:
    """How a key is stored: SHA-256, hexadecimal. The key has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def used(token: Any) -> None:
    """Note that a key was used, at most once a minute; not an act of anybody, so not an action."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        DeskToken.objects.filter(pk=token.pk).update(last_used_at=now)
