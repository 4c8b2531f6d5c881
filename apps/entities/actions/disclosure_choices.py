"""What a party lets be said of an identifier that another party holds as well."""

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.entities.models import MatchPolicy
from apps.exchange.actions.disclosure_choices import choice_field, chosen
from apps.exchange.policy import may_choose


@action(
    "silent_policy.choose",
    model=MatchPolicy,
    label=_("Choose who learns of shared identifiers"),
    done=_("Chose what is said of what the party holds"),
    policy=may_choose,
    ends="kept",
    takes={"policy": choice_field(MatchPolicy.Policy.choices)},
)
def choose_silent_hit_disclosure(actor: Actor, _row: None, *, policy: str) -> MatchPolicy:
    """Say for your party, from today on, who learns that it and another party hold the same."""
    row: MatchPolicy = chosen(MatchPolicy, actor, policy)
    return row
