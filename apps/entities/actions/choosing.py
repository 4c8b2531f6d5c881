"""What a party lets be said of an identifier that another party holds as well."""

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.entities.models import MatchPolicy
from apps.exchange.actions.choosing import choice_field, chosen
from apps.exchange.policy import may_choose


@action(
    "silent_policy.choose",
    model=MatchPolicy,
    label=_("Choose what may be said of what we hold"),
    policy=may_choose,
    ends="kept",
    takes={"policy": choice_field(MatchPolicy.Policy.choices)},
)
def choose(actor: Actor, _row: None, *, policy: str) -> MatchPolicy:
    """Say for your party, from today on, who learns that it and another party hold the same."""
    row: MatchPolicy = chosen(MatchPolicy, actor, policy)
    return row
