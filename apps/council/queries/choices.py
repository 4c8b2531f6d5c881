"""Choices of records in the input of actions, narrowed to what the asker may see."""

from typing import Any

from django import forms

from apps.access.actor import Actor
from apps.council.models import AgendaItem, Meeting, Organ
from apps.people.models import Party

CALLED = ("convened", "agenda_open", "agenda_closed", "in_session", "suspended", "adjourned")
"""States of a meeting that is still to come or goes on."""


class OrganChoice(forms.ChoiceField):
    """An organ by its code."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """The organs that exist now, by name."""
        rows = Organ.objects.visible_to(actor).filter(valid_to=None).order_by("name")
        empty = [] if self.required else [("", "–")]
        self.choices = [*empty, *((organ.code, organ.name) for organ in rows)]


class StateChoice(forms.ChoiceField):
    """A Member State by its code; may be left empty when it is not required."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """States that are or were or will be Members, in roll-call order; the action looks at the day."""
        rows = Party.objects.visible_to(actor).filter(periods__kind=Party.Kind.MEMBER_STATE).distinct()
        rows = rows.order_by("roll_call_order", "name")
        empty = [] if self.required else [("", "–")]
        self.choices = [*empty, *((party.code, party.short_name) for party in rows)]


class MeetingChoice(forms.ChoiceField):
    """A meeting by its id. `states` names those that can be chosen; the action still says which it takes."""

    def __init__(self, *, states: tuple[str, ...] = CALLED, **kwargs: Any) -> None:
        self.states = states
        super().__init__(**kwargs)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Meetings of these states that the asker sees, the next one first."""
        rows = Meeting.objects.visible_to(actor).filter(state__in=self.states).order_by("starts_at")
        empty = [] if self.required else [("", "–")]
        self.choices = [*empty, *((str(meeting.pk), str(meeting)) for meeting in rows)]


class ItemChoice(forms.ChoiceField):
    """An agenda item by its id."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Items of meetings to come that the asker sees, in the order of the agendas."""
        rows = AgendaItem.objects.visible_to(actor).filter(meeting__state__in=CALLED).select_related("meeting")
        rows = rows.order_by("meeting__starts_at", "position")
        self.choices = [(str(item.pk), f"{item.meeting}: {item.title}") for item in rows]


class DelegationChoice(forms.ChoiceField):
    """A State that was called to the meeting, by its code."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """All States of the portal by name; the action says whether the meeting has a delegation of it."""
        kinds = (Party.Kind.MEMBER_STATE, Party.Kind.ASSOCIATE_MEMBER)
        rows = Party.objects.visible_to(actor).filter(periods__kind__in=kinds).order_by("short_name").distinct()
        self.choices = [(party.code, party.short_name) for party in rows]
