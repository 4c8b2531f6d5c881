"""Forms of the notices: ways of being told, and which calendar to show."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.notices import queries
from apps.notices.actions.calendars import FIRST_YEAR, LAST_YEAR
from apps.notices.actions.reading import QUIET
from apps.notices.models import Subscription
from apps.people.queries import states_on

GROUPS = {
    "tasks": _("Tasks and mandates"),
    "meetings": _("Meetings and agendas"),
    "papers": _("Papers and translations"),
    "decisions": _("Votes and decisions"),
    "reports": _("Reports that leave the Community"),
    "written": _("Written procedures"),
    "actions": _("State actions, evidence and assistance"),
    "region": _("The region's register"),
    "roles": _("Roles"),
    "shared_reports": _("Shared reports"),
    "assessments": _("Joint threat assessments"),
    "searches": _("Saved searches"),
    "watchlists": _("Entries of watchlists to look at again"),
    "hits": _("Hits"),
    "receipts": _("Receipts of reports"),
    "rfi": _("Requests for information"),
    "rfi_late": _("Late answers"),
    "bulletins": _("Watch and bulletins"),
    "deadlines": _("Deadlines"),
    "oversight": _("Oversight"),
    "sign_in": _("Signing in"),
}
"""What groups of events are called; a group without an entry is written as its code."""

AS_USUAL = "usual"
"""The choice of a person who chooses nothing: each event's own way."""


class WaysForm(forms.Form):
    """One choice for each group of events that leaves a choice."""

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        chosen = queries.ways_of(actor)
        for group, events in queries.groups().items():
            self.fields[group] = forms.ChoiceField(
                label=GROUPS.get(group, group),
                initial=chosen.get(group, AS_USUAL),
                choices=[(AS_USUAL, _("As the portal proposes")), *Subscription.Way.choices],
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
        self.fields["state"] = forms.ChoiceField(label=_("State"), choices=list(self.states.items()), required=False)
        self.fields["year"] = forms.IntegerField(
            label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
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
