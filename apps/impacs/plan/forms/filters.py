"""The filters of every view over the plan, as they stand in its address and as words above it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.impacs.models import Task
from apps.impacs.obligations.forms.matrix import DAY_FORMATS, WRONG_DAY, DayInput
from apps.impacs.plan.queries.plan import Choices, Filters

ANY = ("", pgettext_lazy("words, impacs", "Any"))
NO_CHOICE = _("No task that you can see matches this. Choose from the list.")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(attrs={"size": 11}),
        error_messages={"invalid": WRONG_DAY},
    )


class TaskFilter(forms.Form):
    """What of the plan to show. Every field may stay empty; a wrong one is told at its place."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=200)
    state = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Status"), required=False)
    owner = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Desk"), required=False)
    mandate = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Mandate"), required=False)
    decision = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Decision"), required=False)
    programme = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Programme"), required=False)
    party = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Waiting for"), required=False)
    year = forms.TypedChoiceField(
        label=pgettext_lazy("field, impacs", "Year"), required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("field, impacs", "Kind"), required=False, choices=[ANY, *Task.Kind.choices]
    )
    priority = forms.TypedChoiceField(
        label=pgettext_lazy("field, impacs", "Priority"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[ANY, *Task.Priority.choices],
    )
    due_from = _day(pgettext_lazy("words, impacs", "Due from"))
    due_to = _day(pgettext_lazy("words, impacs", "Due until"))
    mine = forms.BooleanField(label=pgettext_lazy("field, impacs", "Only mine"), required=False)
    internal = forms.BooleanField(label=_("Only internal work"), required=False)
    person = forms.UUIDField(label=pgettext_lazy("field, impacs", "Person"), required=False, widget=forms.HiddenInput)

    always = ("q", "state", "owner", "mandate", "mine")

    def __init__(self, data: Any, *, offered: Choices) -> None:
        super().__init__(data, auto_id="f_%s")
        lists: dict[str, list[tuple[Any, Any]]] = {
            "state": [
                ("open", pgettext_lazy("choice, impacs", "Open")),
                ("late", pgettext_lazy("words, impacs", "Overdue")),
                *Task.State.choices,
            ],
            "owner": list(offered.owners),
            "mandate": list(offered.mandates),
            "decision": list(offered.decisions),
            "programme": list(offered.programmes),
            "party": [(code, code) for code in offered.parties],
            "year": [(str(year), str(year)) for year in offered.years],
        }
        for name, found in lists.items():
            field: Any = self.fields[name]
            field.choices = [ANY, *found]
        for each in self.fields.values():
            if isinstance(each, forms.ChoiceField):
                each.error_messages["invalid_choice"] = NO_CHOICE

    def filters(self) -> Filters:
        """The filters of a valid form; of a wrong one those fields that could be read."""
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    def shown(self) -> list[Any]:
        """The fields that always stand in the bar."""
        return [self[name] for name in self.always]

    def more(self) -> list[Any]:
        """The fields behind "More filters"."""
        return [field for field in self.visible_fields() if field.name not in self.always]

    def more_open(self) -> bool:
        """Whether one of the fields behind "More filters" is set or wrong."""
        return any(field.errors or self.cleaned_data.get(field.name) for field in self.more())

    def words(self) -> list[dict[str, str]]:
        """Each filter that is set in words, with the address without it."""
        given = {name: value for name, value in self.data.items() if value and name not in {"after", "before"}}
        return [
            {
                "said": self._said(name, value),
                "without": "?" + urlencode({other: text for other, text in given.items() if other != name}),
            }
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _said(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, forms.ChoiceField):
            offered: Any = field.choices
            names = {str(key): str(word) for key, word in offered}
            value = names.get(str(value), value)
        elif isinstance(field, forms.DateField):
            value = date_format(value, "j M Y")
        elif isinstance(field, forms.UUIDField):
            return pgettext("choice, impacs", "One person")
        return _now("%(filter)s: %(value)s") % {"filter": field.label, "value": value}
