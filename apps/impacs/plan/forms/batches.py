"""What is to become of many tasks, and of one task's dates."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.council.actions.decision_fields import DayField
from apps.impacs.models import Task
from apps.impacs.plan.queries import choices
from apps.impacs.plan.rules.schedule import Span

STAYS = ("", pgettext_lazy("words, impacs", "No change"))
VERBS = [
    ("plan", pgettext_lazy("words, impacs", "Plan them")),
    ("start", pgettext_lazy("words, impacs", "Start them")),
    ("cancel", pgettext_lazy("words, impacs", "Cancel them")),
    ("reopen", pgettext_lazy("words, impacs", "Reopen them")),
]
"""Verbs that need nothing of each single task but a reason."""


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BulkForm(forms.Form):
    """What changes in every chosen task. What is left alone stays as it is."""

    owner = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Desk"), required=False)
    programme = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Programme"), required=False)
    priority = forms.TypedChoiceField(
        label=pgettext_lazy("field, impacs", "Priority"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[STAYS, *Task.Priority.choices],
    )
    shift = forms.IntegerField(
        label=_("Move dates by days"),
        required=False,
        min_value=-730,
        max_value=730,
        help_text=_("7 is a week later, -7 a week earlier"),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Enter whole days from -730 to 730, for example 7.")
        ),
    )
    due_on = DayField(label=_("Or due on"), required=False, widget=_calendar())
    verb = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Status"), required=False, choices=[STAYS, *VERBS])
    reason = forms.CharField(
        label=pgettext_lazy("field, impacs", "Reason"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to cancel and to reopen"),
    )

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["owner"].choices = [STAYS, *choices.desks(actor)]
        fields["programme"].choices = [STAYS, *choices.programmes(actor)]

    def clean(self) -> dict[str, Any]:
        """One way to move dates, a reason where one is due, and something at all."""
        given = dict(super().clean() or {})
        if given.get("shift") and given.get("due_on"):
            self.add_error("due_on", _now("Move dates by days or set one date for all tasks, not both."))
        if given.get("verb") in {"cancel", "reopen"} and not (given.get("reason") or "").strip():
            self.add_error("reason", _now("Write a reason that others will understand later."))
        if not self.errors and not any(given.get(name) for name in ("verb", "shift", *PLAIN)):
            self.add_error(None, _now("Choose what to change."))
        return given


PLAIN = ("owner", "programme", "priority", "due_on")


class MoveForm(forms.Form):
    """New dates of a task."""

    starts_on = DayField(label=pgettext_lazy("field, impacs", "Start"), required=False, widget=_calendar())
    due_on = DayField(
        label=pgettext_lazy("field, impacs", "Due"),
        widget=_calendar(),
        error_messages={"required": _("Enter the due date, for example 2026-06-30.")},
    )

    def clean(self) -> dict[str, Any]:
        """Never the wrong way round."""
        given = dict(super().clean() or {})
        start, due = given.get("starts_on"), given.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", _now("This is before the start. Enter the same day or a later one."))
        return given

    def span(self) -> Span:
        """The dates of a valid form."""
        given = self.cleaned_data
        return Span(given["starts_on"] or given["due_on"], given["due_on"])
