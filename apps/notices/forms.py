"""Forms of the notices: ways of being told, and which calendar to show."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.notices import queries
from apps.notices.actions.calendars import FIRST_YEAR, LAST_YEAR
from apps.notices.actions.receipts import QUIET
from apps.notices.models import Subscription
from apps.people.queries import states_on

AS_USUAL = "usual"
"""The choice of a person who chooses nothing: each event's own way."""


class WaysForm(forms.Form):
    """One choice for each group of events that leaves a choice."""

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        chosen = queries.ways_of(actor)
        labels = {group: label for app in registry.apps.values() for group, label in app.groups.items()}
        for group, events in queries.groups().items():
            self.fields[group] = forms.ChoiceField(
                label=labels.get(group, group),
                initial=chosen.get(group, AS_USUAL),
                choices=[(AS_USUAL, pgettext_lazy("field, notices", "Portal default")), *Subscription.Way.choices],
                help_text="; ".join(str(event.label) for event in events),
            )

    def ways(self) -> dict[str, str]:
        """{group: way}, with "" for what is to follow the events again."""
        return {group: "" if way == AS_USUAL else way for group, way in self.cleaned_data.items()}


class QuietForm(forms.Form):
    """The hours in which mails wait, and the alarms that come all the same."""

    quiet_from, quiet_until = QUIET["quiet_from"], QUIET["quiet_until"]
    passes = QUIET["passes"]


class CalendarFilter(forms.Form):
    """A State and a year; what is none of the choices falls back to the asker's own and this year's."""

    def __init__(self, data: Any, *, actor: Actor, today: datetime.date) -> None:
        super().__init__(data, auto_id="f-%s")
        self.today = today
        self.states = {party.code: party.short_name for party in states_on(today)}
        own = actor.party_code if actor.party_code in self.states else next(iter(self.states), "")
        self.own = own
        self.fields["state"] = forms.ChoiceField(
            label=pgettext_lazy("field, notices", "State"), choices=list(self.states.items()), required=False
        )
        self.fields["year"] = forms.IntegerField(
            label=pgettext_lazy("field, notices", "Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
        )

    def chosen(self) -> tuple[str, int]:
        """(party code, year)."""
        self.is_valid()
        return self.cleaned_data.get("state") or self.own, self.cleaned_data.get("year") or self.today.year

    def shown(self) -> "CalendarFilter":
        """The same filter with what is shown filled in."""
        state, year = self.chosen()
        self.data = {"state": state, "year": str(year)}
        self.full_clean()
        return self
