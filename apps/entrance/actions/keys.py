"""From where and for what keys of programs may be used, and new keys in place of old ones."""

import ipaddress
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, action, do_also, emit
from apps.entrance import policy
from apps.entrance.actions.rules import networks_in
from apps.entrance.models import KeyLimit
from apps.entrance.queries import sign_in
from apps.people.models import DeskToken

MOST_OVERLAP = 30
"""Days for which two keys of one program may be valid side by side."""


@action(
    "key_limit.set",
    model=KeyLimit,
    label=_("Restrict use of the key"),
    done=_("Limited from where a key is used"),
    policy=policy.may_set_rule,
    ends="set",
    step_up=True,
    takes={
        "networks": forms.CharField(
            label=_("Networks, one per line (empty: any network)"),
            help_text=_("For example 192.0.2.0/24. From other networks the key is refused, and you are notified."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "verbs": forms.CharField(
            label=_("Actions, one per line (empty: all)"),
            help_text=_("For example submission.receive or hit.acknowledge. Reading is always allowed."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "collections": forms.CharField(
            label=_("Collections, one a line (empty: all)"),
            help_text=_("As in API addresses, with a hyphen: jrcc-hits; also taxii and stream."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
    },
)
def set_key_limit(
    actor: Actor, _row: None, *, token: DeskToken, networks: str = "", verbs: str = "", collections: str = ""
) -> KeyLimit:
    """Narrow from which networks a key of one's own party is taken, and for which verbs and collections.

    What a second person has approved is not widened by one: a successor is asked for.
    """
    if not DeskToken.objects.visible_to(actor).filter(pk=token.pk, state="live").exists():
        raise ValidationError(_("This key is not yours, or it is revoked."))
    wanted = _purposes(networks, verbs, collections)
    known = KeyLimit.objects.select_for_update().filter(token=token).first()
    for name in KeyLimit.LIMITS if known else ():
        if _wider(name, wanted[name], getattr(known, name)):
            words = _("Here a key is only narrowed. To let it do more, ask for a new key in its place.")
            raise ValidationError({name: words})
    limit, _made = KeyLimit.objects.update_or_create(token=token, defaults={**wanted, "changed_at": timezone.now()})
    return limit


def _purposes(networks: str, verbs: str, collections: str) -> dict[str, list[str]]:
    return {
        "networks": networks_in(networks),
        "verbs": _named(verbs, "verbs", REGISTRY),
        "collections": _named(collections, "collections", None),
    }


def _wider(name: str, wanted: list[str], known: list[str]) -> bool:
    """Whether these let a key do what the known ones did not; none named is everything."""
    if not known or not wanted:
        return bool(known) and not wanted
    if name != "networks":
        return not set(wanted) <= set(known)
    before = [ipaddress.ip_network(one) for one in known]
    return not all(any(_within(ipaddress.ip_network(one), each) for each in before) for one in wanted)


def _within(one: Any, other: Any) -> bool:
    return one.version == other.version and one.subnet_of(other)


def keep_key_purposes(token: DeskToken, *, networks: str = "", verbs: str = "", collections: str = "") -> None:
    """As a part of asking for a key: what it is for, which the second person approves with it.

    Without networks those from which the party lets its people sign in, if it has named any.
    """
    wanted = _purposes(networks, verbs, collections)
    wanted["networks"] = wanted["networks"] or [str(one) for one in sign_in.rule_for(token.seat.desk.party_id).networks]
    if any(wanted.values()):
        KeyLimit.objects.create(token=token, **wanted)


def _named(text: str, at: str, known: Iterable[str] | None) -> list[str]:
    """The words of a text, each once; ValidationError at the field for one that is not known."""
    words = sorted(set(text.split()))
    wrong = [one for one in words if (one not in known if known is not None else not one.replace("-", "").isalnum())]
    if wrong:
        raise ValidationError({at: pgettext_lazy("words, entrance", "Unknown: %(word)s") % {"word": wrong[0][:60]}})
    return words


@action(
    "token.rotate",
    model=DeskToken,
    label=_("Ask for its successor"),
    done=_("Asked for the successor of a key"),
    policy=policy.may_set_rule,
    ends="proposed",
    step_up=True,
    takes={
        "days": forms.IntegerField(
            label=pgettext_lazy("field, entrance", "Days"),
            min_value=1,
            max_value=366,
            help_text=_("validity of the new key"),
        ),
        "overlap_days": forms.IntegerField(
            label=_("Days until the old key expires"),
            min_value=0,
            max_value=MOST_OVERLAP,
            help_text=pgettext_lazy("field, entrance", "at most 30"),
        ),
    },
)
def rotate_api_key(actor: Actor, _row: None, *, token: DeskToken, days: int, overlap_days: int) -> DeskToken:
    """Ask for a new key with desk, scope, networks, verbs and collections of an old one, which ends some days later.

    As every key it takes a second person of the desk; the days until the old key ends begin when the new one is shown.
    An end of the old key that comes sooner stays.
    """
    old = DeskToken.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=token.pk, state="live").first()
    if old is None or old.expires_at <= timezone.now():
        raise ValidationError(_("This key is not yours, or it is revoked."))
    if not 0 <= overlap_days <= MOST_OVERLAP:
        raise ValidationError({"overlap_days": _("Enter 0 to 30 days.")})
    alike = {"desk": old.seat.desk.code, "scope": old.scope, "label": old.label, "proof_key": old.proof_key}
    known = KeyLimit.objects.filter(token=old).first()
    alike |= {name: "\n".join(getattr(known, name)) for name in KeyLimit.LIMITS} if known else {}
    wanted: dict[str, Any] = {**alike, "days": days, "succeeds": old, "overlap_days": overlap_days}
    made: DeskToken = do_also("token.propose", **wanted)
    return made


@action(
    "token.warn",
    model=DeskToken,
    label=_("Warn that the key expires"),
    done=_("Warned of the expiry of an API key"),
    policy=policy.may_meet,
    starts={"live"},
    ends="live",
    automatic=True,
)
def warn_of_key_expiry(actor: Actor, token: DeskToken, *, days: int) -> DeskToken:
    """Tell the party's administration that a key ends within so many days, once for each number."""
    token.told_days = days
    said = {"party": token.seat.desk.party_id, "key": token.prefix, "days": days}
    emit("token.ending", token, said)
    return token


@action(
    "key_limit.alarm",
    model=KeyLimit,
    label=pgettext_lazy("button, entrance", "Alarm"),
    done=_("Raised an alarm about an API key"),
    policy=policy.may_meet,
    starts={"set"},
    ends="set",
    automatic=True,
)
def alarm_of_key_use(actor: Actor, limit: KeyLimit, *, day: str) -> KeyLimit:
    """Tell the party's administration that a key was tried from another network: somebody else may have it."""
    said: dict[str, Any] = {"party": limit.token.seat.desk.party_id, "key": limit.token.prefix, "day": day}
    emit("key_limit.alarmed", limit, said)
    return limit
