"""Input of the actions on assessments."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.access.templatetags.portal import percent
from apps.assessments.models import Assessment
from apps.assessments.queries import parts, released_judgements
from apps.assessments.rules import yardsticks
from apps.exchange.actions.fields import Texts as Texts
from apps.rifc.actions import fields as rifc
from apps.rifc.rules.facts import RED, TLP

LONGEST_TEXT = 200_000
LONGEST_CHOICE = 90
DAYS = {
    Assessment.State.CALL_OPEN: 14,
    Assessment.State.DRAFTING: 21,
    Assessment.State.COORDINATION: 10,
    Assessment.State.POSITIONS: 7,
    Assessment.State.SIGN_OFF: 5,
    Assessment.State.UNDER_REVIEW: 14,
}
"""Days that a step has where the terms of reference give no date. Portal rule."""

reason_field, Codes, Classification, Terms = rifc.reason_field, rifc.Codes, rifc.Classification, rifc.Terms


class Label(forms.ChoiceField):
    """A label of sharing; none is for persons by name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[(one, f"TLP:{one}") for one in TLP if one != RED], **more)


class Likelihood(forms.ChoiceField):
    """A term of the assessment's yardstick, or n/a for a statement of the present."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the yardstick's terms with their bands."""
        codes = [row.yardstick] if row is not None else list(yardsticks.YARDSTICKS)
        bands = [one for code in codes for one in yardsticks.bands(code)]
        terms = [(one.term, f"{one.term}, {percent(f'{one.low}–{one.high}')}") for one in bands]
        self.choices = [("", "–"), *terms, (yardsticks.NOT_GIVEN, _now("statement about the present"))]


class Citations(forms.JSONField):
    """[{report, para}]: reports by id, paragraphs by number. The page sends one a line: id, blank, number."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=CitationLines(attrs={"rows": 3}), **more)

    def clean(self, value: Any) -> Any:
        """[(report, para or None)], each once."""
        rows = super().clean(value)
        if rows in (None, ""):
            rows = []
        if not isinstance(rows, list) or len(rows) > 50:
            raise ValidationError(_now("Send a list of up to 50 reports."))
        return list(dict.fromkeys(self._one(row) for row in rows))

    def _one(self, row: Any) -> tuple[str, int | None]:
        report, para = (row.get("report"), row.get("para")) if isinstance(row, dict) else (None, None)
        if not isinstance(report, str) or len(report) > 60:
            raise ValidationError(_now('Enter a report id, for example {"report": "…", "para": 2}.'))
        if para in (None, ""):
            return report, None
        text = str(para)
        if isinstance(para, bool) or not text.isdecimal() or not 0 < int(text[:4]) <= 999 or len(text) > 3:
            raise ValidationError(_now("Enter a paragraph number, starting from 1."))
        return report, int(text)

    def prepare_value(self, value: Any) -> Any:
        """As the lines of the page."""
        if isinstance(value, list):
            return "\n".join(f"{report} {para or ''}".strip() for report, para in value)
        return value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, again."""
        return data


class CitationLines(forms.Textarea):
    """One report a line, then its paragraph; programs send the list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list."""
        value = data.get(name)
        if not isinstance(value, str):
            return value
        lines = [line.split() for line in value.splitlines() if line.strip()]
        return [{"report": words[0], "para": words[1] if len(words) > 1 else None} for words in lines[:51]]

    def format_value(self, value: Any) -> Any:
        """The lines."""
        if isinstance(value, list):
            return "\n".join(f"{row.get('report', '')} {row.get('para') or ''}".strip() for row in value if row)
        return value


class Predecessor(forms.UUIDField):
    """A released judgement of another assessment that the writer takes part in, from which this one goes on."""

    widget = forms.Select

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those judgements by the number of their assessment, the newest assessment first."""
        if actor is None or row is None:
            return
        named = [
            (str(one.pk), f"{one.assessment.number}, {one.order}: {Truncator(one.text).chars(LONGEST_CHOICE)}")
            for one in released_judgements.to_go_on_from(actor, row)
        ]
        self.widget.choices = [("", pgettext("no judgement chosen", "none: it is new")), *named]


def words(label: Any, most: int, *, required: bool = True, **more: Any) -> forms.CharField:
    """A few lines of text."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, **more)


def day(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def key_field(label: Any) -> forms.UUIDField:
    """The id of a part of the assessment."""
    return forms.UUIDField(label=label, widget=forms.HiddenInput)


def section_of(row: Assessment, key: Any) -> Any:
    """The section of an address; Refused for none."""
    return _found(parts.section_of(row, key))


def judgement_of(row: Assessment, key: Any) -> Any:
    """The judgement of an address; Refused for none."""
    return _found(parts.judgement_of(row, key))


def comment_of(row: Assessment, key: Any) -> Any:
    """The comment of an address; Refused for none."""
    return _found(parts.comment_of(row, key))


def _found(part: Any) -> Any:
    if part is None:
        raise Refused("not-visible")
    return part


def started(row: Assessment, step: str, today: datetime.date) -> None:
    """Give a step its last day where it has none that is still to come."""
    if step in DAYS and not (row.due.get(step, "") >= today.isoformat()):
        row.due = {**row.due, step: (today + datetime.timedelta(days=DAYS[Assessment.State(step)])).isoformat()}


def threat(required: bool = False) -> forms.ChoiceField:
    """A threat category of today's list."""
    return Terms("threat_category", label=pgettext_lazy("field, assessments", "Threat category"), required=required)
