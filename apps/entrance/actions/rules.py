"""Rules of parties for signing in."""

import ipaddress
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.entrance import policy
from apps.entrance.actions.links import end_sessions_beside, live
from apps.entrance.models import DirectoryLink, SignInRule
from apps.entrance.queries import sign_in

R = SignInRule.State
MOST_NETWORKS = 50
FACTORS = [
    ("totp", pgettext_lazy("words, entrance", "One-time code")),
    ("webauthn", pgettext_lazy("words, entrance", "Passkey")),
]


@action(
    "sign_in_rule.set",
    model=SignInRule,
    label=_("Set the policy"),
    done=_("Set the sign-in policy"),
    policy=policy.may_set_rule,
    ends=R.IN_FORCE,
    step_up=True,
    takes={
        "factors": forms.MultipleChoiceField(
            label=_("Kinds of second factor"), choices=FACTORS, widget=forms.CheckboxSelectMultiple
        ),
        "session_minutes": forms.IntegerField(label=_("Longest session, minutes"), min_value=15, max_value=720),
        "idle_minutes": forms.IntegerField(label=_("Longest idle time, minutes"), min_value=5, max_value=30),
        "networks": forms.CharField(
            label=_("Networks, one per line"),
            help_text=_("For example 192.0.2.0/24. No one of your party can sign in from other networks."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "directory_only": forms.BooleanField(
            label=_("People linked to your party's directory sign in only through it"),
            help_text=_(
                "Their passwords are refused. You and the other administrators can still sign in with a passkey."
            ),
            required=False,
        ),
        "why": forms.CharField(label=pgettext_lazy("field, entrance", "Reason"), max_length=200),
    },
)
def set_sign_in_rule(
    actor: Actor,
    _row: None,
    *,
    factors: list[str],
    session_minutes: int,
    idle_minutes: int,
    why: str,
    networks: str = "",
    directory_only: bool = False,
) -> SignInRule:
    """Say how the people of one's own party sign in, from now on; the rule before ends."""
    ranges = networks_in(networks)
    rule = SignInRule(
        party_id=actor.party_code,
        factors=sorted(factors),
        session_minutes=session_minutes,
        idle_minutes=min(idle_minutes, session_minutes),
        networks=ranges,
        directory_only=directory_only,
        why=why,
    )
    seen = sign_in.Rule(frozenset(), 0, 0, tuple(ipaddress.ip_network(each) for each in ranges))
    if not seen.admits(actor.address):
        raise ValidationError(
            {"networks": _("Your own address is not in these networks: you would lock yourself out.")}
        )
    if directory_only:
        _close_passwords(actor)
    SignInRule.objects.filter(party_id=actor.party_code, valid_to=None).update(valid_to=timezone.now(), state=R.ENDED)
    rule.save(force_insert=True)
    transaction.on_commit(partial(sign_in.forget_rule, actor.party_code))
    return rule


def _close_passwords(actor: Actor) -> None:
    """End sessions that linked people began beside the directory; ValidationError where the way back is missing."""
    directory = sign_in.directory_of(actor.party_code)
    if directory is None:
        raise ValidationError({"directory_only": _("Your party has no directory in force.")})
    if SignInRule.Factor.WEBAUTHN not in sign_in.kinds_of(actor.user_id):
        wrong = _("Add a passkey to your account first, so that you can sign in while the directory is down.")
        raise ValidationError({"directory_only": wrong})
    spared = sign_in.administering_ids(actor.party_code)
    end_sessions_beside(live(DirectoryLink.objects.filter(directory=directory)), spared)


def networks_in(text: str) -> list[str]:
    """The networks named in a text, one a word; ValidationError at `networks`."""
    found = []
    for line in text.split():
        try:
            found.append(str(ipaddress.ip_network(line)))
        except ValueError:
            wrong = _("“%(line)s” is not a network. Write it like 192.0.2.0/24 or 2001:db8::/32.") % {"line": line[:50]}
            raise ValidationError({"networks": wrong}) from None
    if len(found) > MOST_NETWORKS:
        raise ValidationError({"networks": _("Enter at most %(n)s networks.") % {"n": MOST_NETWORKS}})
    return found
