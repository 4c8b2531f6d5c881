"""Release, and what becomes of a released assessment: a version with less in it, review, reaffirmation, recall."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, do_also, emit
from apps.access.queries import visible_or_404
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.actions.event_facts import contacts, emit_assessment_event
from apps.assessments.models import Assessment
from apps.assessments.queries import checks, consequences, parts, product, violations
from apps.coedit.actions import rights
from apps.rifc.models import Report

S = Assessment.State
MONTH = 30.44


@action(
    "assessment.release",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Release"),
    done=_("Released an assessment"),
    policy=policy.may_direct,
    starts={S.SIGN_OFF},
    ends=S.RELEASED,
    takes={
        "to": fields.Codes(
            label=pgettext_lazy("field, assessments", "Other desks"),
            required=False,
            help_text=_("desk codes; parties that sign receive it anyway"),
        )
    },
    binding=Binding(consequences.of_release, in_person=True),
)
def release_assessment(actor: Actor, row: Assessment, *, to: Iterable[str] = ()) -> Assessment:
    """Share it as a report with all who take part and may see what it rests on (J-signatures, J-audience)."""
    found = checks.release(row)
    if found:
        raise violations.broken(found)
    now = timezone.now()
    row.report = _publish(actor, row, row.level, row.tlp, row.title, to, None)
    row.released_at = row.state_since = now
    row.review_date = now.date() + datetime.timedelta(days=round(row.review_months * MONTH))
    rights.changed(row.pk)
    emit_assessment_event("jta.released", row, [*contacts(row.accepted), row.owner_id])
    return row


def _publish(
    actor: Actor, row: Assessment, level: int, tlp: str, title: str, to: Iterable[str], whole: uuid.UUID | None
) -> uuid.UUID:
    """The thread of the report that was shared with everybody who can receive it; J-audience where nobody can."""
    made = product.product(row, level)
    reach = product.audience(row, level, tlp, made.threads, to)
    if not reach.desks:
        raise violations.broken([("J-audience", "")])
    report: Report = do_also(
        "rifc_report.let_out",
        None,
        author_id=row.lead_id,
        desks=[desk.pk for desk in reach.desks],
        variant_of=whole,
        kind="jta",
        title=title,
        title_portion=0,
        summary=made.summary,
        classification=level,
        tlp=tlp,
        orcon=product.orcon(made.threads),
        threat_categories=made.categories,
        paragraphs=made.paragraphs,
        info_cutoff=timezone.now(),
    )
    return report.thread


@action(
    "assessment.cut",
    model=Assessment,
    label=_("Publish a version with a lower marking"),
    done=_("Published a version with a lower marking"),
    policy=policy.may_direct,
    starts=Assessment.OUT,
    ends=Assessment.OUT,
    takes={
        "title": forms.CharField(label=pgettext_lazy("field, assessments", "Title"), max_length=200),
        "classification": fields.Classification(label=pgettext_lazy("field, assessments", "Classification")),
        "tlp": fields.Label(label=pgettext_lazy("field, assessments", "TLP"), initial="AMBER"),
        "to": fields.Codes(
            label=pgettext_lazy("field, assessments", "Other desks"),
            required=False,
            help_text=_("desk codes; parties that sign receive it anyway"),
        ),
    },
)
def cut_assessment(
    actor: Actor, row: Assessment, *, title: str, classification: int, tlp: str, to: Iterable[str] = ()
) -> Assessment:
    """Share what is marked low enough as a report of its own; what is marked above is absent, without a gap."""
    if classification >= row.level:
        raise ValidationError({"classification": _now("Choose a classification below that of the assessment.")})
    if not any(one.level <= classification for one in parts.judgements(row)):
        raise ValidationError(
            {
                "classification": _now(
                    "No judgement is marked this low, so the version would be empty. Choose a higher marking."
                )
            }
        )
    row.made = _publish(actor, row, classification, tlp, title, to, row.report)
    return row


def under_review(row: Assessment, reason: str) -> Assessment:
    """Say why it is looked at again, and until when; everybody who takes part is told."""
    row.reason, row.state_since = reason[:1000], timezone.now()
    fields.started(row, S.UNDER_REVIEW, row.state_since.date())
    emit_assessment_event("jta.review", row, [row.owner_id, *contacts(row.accepted)], step=f"review {row.version}")
    return row


@action(
    "assessment.put_under_review",
    model=Assessment,
    label=_("Put under review"),
    done=_("Put an assessment under review"),
    policy=policy.may_steer,
    starts={S.RELEASED},
    ends=S.UNDER_REVIEW,
    takes={"reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason"))},
)
def review_assessment(actor: Actor, row: Assessment, *, reason: str) -> Assessment:
    """Say that it is looked at again; its report stays in force and says so."""
    return under_review(row, reason)


@action(
    "assessment.come_due",
    model=Assessment,
    label=_("Start the review"),
    done=_("Brought an assessment under review"),
    policy=policy.is_clock,
    starts={S.RELEASED},
    ends=S.UNDER_REVIEW,
    automatic=True,
)
def mark_assessment_due(actor: Actor, row: Assessment, *, reason: str) -> Assessment:
    """Its review date has come, or a report that it rests on was recalled."""
    return under_review(row, reason)


@action(
    "assessment.reaffirm",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Reaffirm"),
    done=_("Reaffirmed an assessment"),
    policy=policy.may_direct,
    starts={S.UNDER_REVIEW},
    ends=S.RELEASED,
    takes={
        "reason": fields.reason_field(_("Why it is still valid")),
        "review_date": fields.day(pgettext_lazy("field, assessments", "Next review"), required=True),
    },
)
def reaffirm_assessment(actor: Actor, row: Assessment, *, reason: str, review_date: datetime.date) -> Assessment:
    """Say that it still holds, until the next review."""
    if review_date <= timezone.now().date():
        raise ValidationError({"review_date": _now("This date has passed. Enter a later date.")})
    row.reason, row.review_date, row.state_since = reason, review_date, timezone.now()
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"reaffirmed {row.version}")
    return row


@action(
    "assessment.supersede",
    model=Assessment,
    label=_("Replace with a newer assessment"),
    done=_("Named the newer assessment in its place"),
    policy=policy.may_direct,
    starts=Assessment.OUT,
    ends=S.SUPERSEDED,
    takes={"by": forms.CharField(label=_("Number of the newer assessment"), max_length=40)},
)
def supersede_assessment(actor: Actor, row: Assessment, *, by: str) -> Assessment:
    """Say which released assessment takes its place."""
    newer = Assessment.objects.visible_to(actor).filter(number=by.strip(), state=S.RELEASED).exclude(pk=row.pk).first()
    if newer is None:
        raise ValidationError({"by": _now("No released assessment has this number. Check the number.")})
    row.successor, row.state_since = newer, timezone.now()
    emit("jta.replaced", row)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"superseded {row.version}")
    return row


@action(
    "assessment.recall",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Recall"),
    done=_("Recalled an assessment"),
    policy=policy.may_direct,
    starts=Assessment.OUT,
    ends=S.RECALLED,
    takes={
        "reason_code": fields.Terms("recall_reason", label=pgettext_lazy("field, assessments", "Reason")),
        "text": fields.reason_field(_("Message to recipients"), help_text=_("shown to every recipient")),
    },
    danger=True,
    binding=Binding(consequences.of_recall, in_person=True),
)
def recall_assessment(actor: Actor, row: Assessment, *, reason_code: str, text: str) -> Assessment:
    """Take the report back from everybody; recipients say what became of their copies."""
    report = Report.objects.visible_to(actor).filter(thread=row.report).order_by("-edition").first()
    if report is not None and report.state == Report.State.SHARED:
        for one in _variants(actor, report):
            do_also("rifc_report.recall", one, reason_code=reason_code, text=text)
    row.reason, row.state_since = text, timezone.now()
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"recalled {row.version}")
    return row


def _variants(actor: Actor, report: Report) -> list[Any]:
    """The report and the versions of it with a lower marking that are in force."""
    rows = Report.objects.visible_to(actor).filter(variant_of=report, state=Report.State.SHARED)
    return [visible_or_404(Report, actor, report.pk), *rows.order_by("pk")]
