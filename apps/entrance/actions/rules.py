"""Rules of parties for signing in."""

import ipaddress
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.entrance import policy, queries
from apps.entrance.actions.links import end_sessions_beside, live
from apps.entrance.models import DirectoryLink, SignInRule

R = SignInRule.State
MOST_NETWORKS = 50
FACTORS = [("totp", _("Time-based code")), ("webauthn", _("Passkey"))]


@action(
    "sign_in_rule.set",
    model=SignInRule,
    label=_("Set the rule"),
    policy=policy.may_set_rule,
    ends=R.IN_FORCE,
    step_up=True,
    takes={
        "factors": forms.MultipleChoiceField(
            label=_("Kinds of second factor"), choices=FACTORS, widget=forms.CheckboxSelectMultiple
        ),
        "session_minutes": forms.IntegerField(label=_("A session lasts at most, minutes"), min_value=15, max_value=720),
        "idle_minutes": forms.IntegerField(label=_("Without use, minutes"), min_value=5, max_value=30),
        "networks": forms.CharField(
            label=_("Networks, one a line"),
            help_text=_("For example 192.0.2.0/24. Nobody of your party signs in from elsewhere."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2500,
            required=False,
        ),
        "directory_only": forms.BooleanField(
            label=_("Who is linked to your party's directory signs in by it alone"),
            help_text=_("Their passwords are refused. You and the other administrators still come in by passkey."),
            required=False,
        ),
        "why": forms.CharField(label=_("Why"), max_length=200),
    },
)
def set_rule(
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
    seen = queries.Rule(frozenset(), 0, 0, tuple(ipaddress.ip_network(each) for each in ranges))
    if not seen.admits(actor.address):
        raise ValidationError(
            {"networks": _("Your own address is in none of these networks: you would lock yourself out.")}
        )
    if directory_only:
        _close_passwords(actor)
    SignInRule.objects.filter(party_id=actor.party_code, valid_to=None).update(valid_to=timezone.now(), state=R.ENDED)
    rule.save(force_insert=True)
    transaction.on_commit(partial(queries.forget_rule, actor.party_code))
    return rule


def _close_passwords(actor: Actor) -> None:
    """End sessions that linked people began beside the directory; ValidationError where the way back is missing."""
    directory = queries.directory_of(actor.party_code)
    if directory is None:
        raise ValidationError({"directory_only": _("Your party has no directory in force.")})
    if SignInRule.Factor.WEBAUTHN not in queries.kinds_of(actor.user_id):
        wrong = _("Add a passkey to your account first: it is how you come in while the directory is down.")
        raise ValidationError({"directory_only": wrong})
    spared = queries.administering_ids(actor.party_code)
    end_sessions_beside(live(DirectoryLink.objects.filter(directory=directory)), spared)


def networks_in(text: str) -> list[str]:
    """The networks named in a text, one a word; ValidationError at `networks`."""
    found = []
    for line in text.split():
        try:
            found.append(str(ipaddress.ip_network(line)))
        except ValueError:
            wrong = _("“%(line)s” is no network. Write it like 192.0.2.0/24 or 2001:db8::/32.") % {"line": line[:50]}
            raise ValidationError({"networks": wrong}) from None
    if len(found) > MOST_NETWORKS:
        raise ValidationError({"networks": _("At most %(n)s networks.") % {"n": MOST_NETWORKS}})
    return found
