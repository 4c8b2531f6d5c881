"""What a party lets be known when another one asks about, or holds, the same: its own choice, from today on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.exchange import policy
from apps.exchange.models import MatchPolicy
from apps.exchange.queries import vocabulary


def choice_field(choices: Any) -> forms.Field:
    """The choices, each with what it means."""
    return forms.ChoiceField(label=_("What others may be told"), choices=choices, widget=forms.RadioSelect)


def chosen(model: Any, actor: Actor, choice: str) -> Any:
    """The party's row from today on; the one that held until now ends today. A second choice of a day replaces it."""
    today = vocabulary.today()
    rows = model.objects.select_for_update().filter(party=actor.party_code)
    if (row := rows.filter(valid_from=today).first()) is not None:
        row.policy, row.valid_to = choice, None
        row.save(update_fields=["policy", "valid_to"])
        return row
    rows.filter(valid_from__lt=today, valid_to=None).update(valid_to=today)
    return model.objects.create(party_id=actor.party_code, policy=choice, valid_from=today)


@action(
    "match_policy.choose",
    model=MatchPolicy,
    label=_("Choose what others may be told about our requests"),
    done=_("Chose what is said of the party's requests"),
    policy=policy.may_choose,
    ends="kept",
    takes={"policy": choice_field(MatchPolicy.Choice.choices)},
)
def choose_request_disclosure(actor: Actor, _row: None, *, policy: str) -> MatchPolicy:
    """Say for your party, from today on, who learns that it and another party ask about one subject."""
    row: MatchPolicy = chosen(MatchPolicy, actor, policy)
    return row
