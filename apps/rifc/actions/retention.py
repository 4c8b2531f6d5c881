"""How long reports are kept: what is in force is looked at again, what was thrown away is forgotten."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.files.actions import destroy, purged
from apps.files.models import Purge
from apps.rifc import policy
from apps.rifc.actions import fields
from apps.rifc.models import NamedPerson, Paragraph, Report, SealedText
from apps.rifc.queries import retention_due as queries
from apps.rifc.queries import texts, vocabulary

R = Report.State


@action(
    "rifc_report.retain",
    model=Report,
    label=_("Keep the report"),
    done=_("Kept a report on after a review"),
    policy=policy.may_change,
    starts={R.SHARED},
    ends=R.SHARED,
    takes={
        "until": forms.DateField(
            label=pgettext_lazy("field, rifc", "Until"),
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}),
            help_text=_("date of the next review"),
        ),
        "reason": fields.reason_field(_("Why it is still needed")),
    },
)
def keep_rifc_report(actor: Actor, row: Report, *, until: datetime.date, reason: str) -> Report:
    """Say why a report is still needed, and until when. Recipients are told nothing."""
    today = vocabulary.today()
    if until <= today:
        raise ValidationError({"until": _now("This date has passed. Enter a later date.")})
    most = vocabulary.detail("period", "retain")["days"]
    if until > today + datetime.timedelta(days=most):
        said = _now("A report must be reviewed within %(days)s days. Enter an earlier date.")
        raise ValidationError({"until": said % {"days": most}})
    row.retention_review, row.reviewed_on, row.retained_for = until, today, reason
    return row


@action(
    "purge.reports",
    model=Purge,
    label=_("Delete discarded reports"),
    done=_("Deleted discarded reports"),
    policy=policy.is_clock,
    ends="done",
    automatic=True,
)
def delete_discarded_reports(actor: Actor, _row: None, *, desk_id: int, before: datetime.datetime) -> Purge:
    """Empty a desk's versions that were thrown away before a moment: text, names, sources and files."""
    rows = queries.forgettable(before).select_for_update().filter(owner_id=desk_id)[: queries.A_ROUND]
    hashes: list[str] = []
    threads: list[str] = []
    for row in rows:
        hashes += [texts.digest(row), *destroy(row)]
        _empty(row)
        threads.append(str(row.thread))
    told = purged(Report._meta.label_lower, desk_id, len(threads), hashes, before)
    emit("rifc.forgotten", told, {"threads": threads, "desk": desk_id, "before": before.isoformat()})
    return told


def _empty(row: Report) -> None:
    """What is left is the key, for what points to it; nobody reads the row any more (ReportQuerySet)."""
    queries.forget_sources(row)
    Paragraph.objects.filter(report=row).delete()
    NamedPerson.objects.filter(report=row).delete()
    SealedText.objects.filter(report=row).delete()
    words = (
        *("title", "summary", "words", "event_place", "event_precision", "reason", "change_note", "without_rifc"),
        "kept_open",
    )
    lists = ("handling", "eyes", "threat_categories", "third_parties", "checklist")
    moments = ("info_cutoff", "event_from", "event_to", "valid_to")
    Report.objects.filter(pk=row.pk).update(
        purged_at=timezone.now(),
        **dict.fromkeys(words, ""),
        **{name: [] for name in lists},
        **dict.fromkeys(moments),
    )
