"""What hands do to a draft: words between the figures, and saying that a figure may move."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.reports import policy
from apps.reports.models import HandEdit, RenderedSentence, Report
from apps.reports.queries.drafts import sentences_of
from apps.reports.rules import edits

LONGEST = 4000
KEY = forms.CharField(label=pgettext_lazy("field, reports", "Sentence"), max_length=60, widget=forms.HiddenInput)


@action(
    "report.edit",
    model=Report,
    label=pgettext_lazy("button, reports", "Edit"),
    done=_("Reworded a sentence of a report"),
    policy=policy.may_write,
    starts=Report.WORKED_ON,
    ends=Report.WORKED_ON,
    takes={
        "key": KEY,
        "text": forms.CharField(
            label=pgettext_lazy("field, reports", "Text"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_(
                "Change the words between the figures; the figures stay as they are. Leave empty for the computed text."
            ),
        ),
    },
)
def edit_report_sentence(actor: Actor, report: Report, *, key: str, text: str = "") -> Report:
    """Write a sentence in other words, beside what is computed; figures stay as they are."""
    row = _sentence(report, key)
    text = " ".join(text.split())
    if not row.text:
        sentence = _now("This sentence has a gap. Record the missing fact, then check for changed figures.")
        raise ValidationError({"text": sentence})
    gone = edits.lost(text, row.stretches) if text else ""
    if gone:
        sentence = _now("Keep “%(phrase)s” unchanged: it comes from the record. If it is wrong, correct the fact.")
        raise ValidationError({"text": sentence % {"phrase": gone}})
    hand = "" if text == row.text else text
    if hand == row.hand:
        raise ValidationError({"text": _now("You have changed nothing. Change the text, or cancel.")})
    HandEdit.objects.create(
        report=report,
        key=key,
        draft=report.draft,
        before=row.said,
        after=hand,
        seat_id=actor.seat_id,
        desk_id=actor.desk_id,
    )
    row.hand = hand
    row.save(update_fields=["hand"])
    return report


@action(
    "report.accept",
    model=Report,
    label=pgettext_lazy("button, reports", "Accept"),
    done=_("Accepted figures that moved in a report"),
    policy=policy.may_write,
    starts=Report.WORKED_ON,
    ends=Report.WORKED_ON,
    takes={
        "key": forms.CharField(
            label=pgettext_lazy("field, reports", "Sentence"),
            required=False,
            max_length=60,
            help_text=_("leave empty for all"),
        )
    },
)
def accept_moved_figures(actor: Actor, report: Report, *, key: str = "") -> Report:
    """Accept the figure that moved in a sentence, or every one."""
    rows = sentences_of(report).filter(moved=True)
    found = rows.filter(key=key) if key else rows
    if not found.update(moved=False):
        raise ValidationError({"key": _now("No figure here has changed since the last draft.")})
    return report


def _sentence(report: Report, key: str) -> RenderedSentence:
    row = sentences_of(report).filter(key=key).first()
    if row is None:
        raise ValidationError({"key": _now("No sentence of the report has this code.")})
    return row
