"""What hands do to a draft: words between the figures, and saying that a figure may move."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.reports import policy
from apps.reports.models import HandEdit, RenderedSentence, Report
from apps.reports.queries.drafts import sentences_of
from apps.reports.rules import hands

LONGEST = 4000
KEY = forms.CharField(label=_("Sentence"), max_length=60, widget=forms.HiddenInput)


@action(
    "report.edit",
    model=Report,
    label=_("Edit"),
    policy=policy.may_write,
    starts=Report.WORKED_ON,
    ends=Report.WORKED_ON,
    takes={
        "key": KEY,
        "text": forms.CharField(
            label=_("Text"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Words between the figures are yours, figures stay as they are. Empty: as computed."),
        ),
    },
)
def edit(actor: Actor, report: Report, *, key: str, text: str = "") -> Report:
    """Write a sentence in other words, beside what is computed; figures stay as they are."""
    row = _sentence(report, key)
    text = " ".join(text.split())
    if not row.text:
        sentence = _now("This sentence has a gap. Record the fact that it needs, then look for moved figures.")
        raise ValidationError({"text": sentence})
    gone = hands.lost(text, row.stretches) if text else ""
    if gone:
        sentence = _now("Keep “%(phrase)s” as it stands: it comes from the record. If it is wrong, correct the fact.")
        raise ValidationError({"text": sentence % {"phrase": gone}})
    hand = "" if text == row.text else text
    if hand == row.hand:
        raise ValidationError({"text": _now("Nothing is changed. Write other words, or cancel.")})
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
    label=_("Accept"),
    policy=policy.may_write,
    starts=Report.WORKED_ON,
    ends=Report.WORKED_ON,
    takes={"key": forms.CharField(label=_("Sentence"), required=False, max_length=60, help_text=_("all if empty"))},
)
def accept(actor: Actor, report: Report, *, key: str = "") -> Report:
    """Accept the figure that moved in a sentence, or every one."""
    rows = sentences_of(report).filter(moved=True)
    found = rows.filter(key=key) if key else rows
    if not found.update(moved=False):
        raise ValidationError({"key": _now("No figure has moved here since the draft before.")})
    return report


def _sentence(report: Report, key: str) -> RenderedSentence:
    row = sentences_of(report).filter(key=key).first()
    if row is None:
        raise ValidationError({"key": _now("The report has no sentence of this name.")})
    return row
