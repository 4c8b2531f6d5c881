"""From where and for what keys of programs may be used, and new keys in place of old ones."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import REGISTRY, action, also, do_also, emit
from apps.entrance import policy
from apps.entrance.actions.rules import networks_in
from apps.entrance.models import KeyLimit
from apps.people.models import DeskToken

MOST_OVERLAP = 30
"""Days for which two keys of one program may be valid side by side."""


@action(
    "key_limit.set", model=KeyLimit, label=_("Say from where it is used"), policy=policy.may_set_rule, ends="set",
    step_up=True,
    takes={
        "networks": forms.CharField(
            label=_("Networks, one a line (none: from anywhere)"),
            help_text=_("For example 192.0.2.0/24. From elsewhere the key is refused, and you are told."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "verbs": forms.CharField(
            label=_("Verbs, one a line (none: all)"),
            help_text=_("For example submission.receive or hit.acknowledge. Reading stays."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "collections": forms.CharField(
            label=_("Collections, one a line (none: all)"),
            help_text=_("As in the addresses of the API with a hyphen: jrcc-hits; also taxii and stream."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
    },
)  # fmt: skip
def limit_key(
    actor: Actor, _row: None, *, token: DeskToken, networks: str = "", verbs: str = "", collections: str = ""
) -> KeyLimit:
    """Say from which networks a key of one's own party is taken, and for which verbs and collections, from now on."""
    if not DeskToken.objects.visible_to(actor).filter(pk=token.pk, state="live").exists():
        raise ValidationError(_("This key is not yours, or is revoked."))
    limit, _made = KeyLimit.objects.update_or_create(
        token=token,
        defaults={
            "networks": networks_in(networks),
            "verbs": _named(verbs, "verbs", REGISTRY),
            "collections": _named(collections, "collections", None),
            "changed_at": timezone.now(),
        },
    )
    return limit


def _named(text: str, at: str, known: Iterable[str] | None) -> list[str]:
    """The words of a text, each once; ValidationError at the field for one that is not known."""
    words = sorted(set(text.split()))
    wrong = [one for one in words if (one not in known if known is not None else not one.replace("-", "").isalnum())]
    if wrong:
        raise ValidationError({at: _("This is not known: %(word)s") % {"word": wrong[0][:60]}})
    return words


@action(
    "token.rotate", model=DeskToken, label=_("Make its successor"), policy=policy.may_set_rule, ends="live",
    step_up=True,
    takes={
        "days": forms.IntegerField(label=_("Days"), min_value=1, max_value=366, help_text=_("of the new key")),
        "overlap_days": forms.IntegerField(
            label=_("Days until the old key ends"), min_value=0, max_value=MOST_OVERLAP, help_text=_("at most 30"),
        ),
    },
)  # fmt: skip
def rotate(actor: Actor, _row: None, *, token: DeskToken, days: int, overlap_days: int) -> DeskToken:
    """Make a new key with desk, scope, networks, verbs and collections of an old one, which ends some days later.

    The new key is on the returned row as `.secret`, this once. An end of the old key that comes sooner stays.
    """
    old = DeskToken.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=token.pk, state="live").first()
    now = timezone.now()
    if old is None or old.expires_at <= now:
        raise ValidationError(_("This key is not yours, or is revoked."))
    if not 0 <= overlap_days <= MOST_OVERLAP:
        raise ValidationError({"overlap_days": _("Between 0 and 30 days.")})
    desk = old.seat.desk.code
    made: DeskToken = do_also("token.create", desk=desk, scope=old.scope, days=days, label=old.label)
    known = KeyLimit.objects.filter(token=old).first()
    if known is not None:
        copied = {name: getattr(known, name) for name in KeyLimit.LIMITS}
        KeyLimit.objects.create(token=made, **copied)
    old.expires_at = min(old.expires_at, now + datetime.timedelta(days=overlap_days))
    old.save(update_fields=["expires_at"])
    also("token.shorten", old, before="live", after="live")
    return made


@action(
    "token.warn", model=DeskToken, label=_("Warn of its end"), policy=policy.may_meet, starts={"live"}, ends="live",
    automatic=True,
)  # fmt: skip
def warn(actor: Actor, token: DeskToken, *, days: int) -> DeskToken:
    """Tell the party's administration that a key ends within so many days, once for each number."""
    token.told_days = days
    said = {"party": token.seat.desk.party_id, "key": token.prefix, "days": days}
    emit("token.ending", token, said)
    return token


@action(
    "key_limit.alarm", model=KeyLimit, label=_("Alarm"), policy=policy.may_meet, starts={"set"}, ends="set",
    automatic=True,
)  # fmt: skip
def alarm(actor: Actor, limit: KeyLimit, *, day: str) -> KeyLimit:
    """Tell the party's administration that a key was tried from another network: somebody else may have it."""
    said: dict[str, Any] = {"party": limit.token.seat.desk.party_id, "key": limit.token.prefix, "day": day}
    emit("key_limit.alarmed", limit, said)
    return limit
