"""From the draft to the signatures: circulated, frozen, positions closed; and each way back."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.assessments import policy
from apps.assessments.actions import fields, sign_offs
from apps.assessments.actions.event_facts import contacts, emit_assessment_event, signing_desks
from apps.assessments.models import Assessment, Position
from apps.assessments.queries import checks, parts, violations
from apps.coedit.actions import rights, section_texts

S = Assessment.State


def _enter(row: Assessment, step: str) -> datetime.datetime:
    """Begin a step: its last day, its first moment, and open sections that ask again what may be written."""
    row.state_since = timezone.now()
    fields.started(row, step, row.state_since.date())
    rights.changed(row.pk)
    return row.state_since


@action(
    "assessment.circulate",
    model=Assessment,
    label=_("Circulate the draft"),
    done=_("Circulated an assessment for comment"),
    policy=policy.may_lead,
    starts={S.DRAFTING},
    ends=S.COORDINATION,
)
def circulate_assessment(actor: Actor, row: Assessment) -> Assessment:
    """Let the parties comment: from now on the lead alone writes (J-empty-section, J-judgement, J-citation, checks)."""
    found = checks.circulation(row)
    if found:
        raise violations.broken(found)
    _enter(row, S.COORDINATION)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.COORDINATION} {row.version}")
    return row


@action(
    "assessment.rework",
    model=Assessment,
    label=_("Back to drafting"),
    done=_("Took an assessment back to drafting"),
    policy=policy.may_lead,
    starts={S.COORDINATION},
    ends=S.DRAFTING,
)
def rework_assessment(actor: Actor, row: Assessment) -> Assessment:
    """Let the drafters write again, for comments that need it."""
    _enter(row, S.DRAFTING)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.DRAFTING} {row.version}")
    return row


@action(
    "assessment.freeze",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Request positions"),
    done=_("Froze the text and asked for positions"),
    policy=policy.may_lead,
    starts={S.COORDINATION},
    ends=S.POSITIONS,
)
def freeze_assessment(actor: Actor, row: Assessment) -> Assessment:
    """Freeze the text and ask each party for its position on each judgement (J-blocking)."""
    found = checks.freezing(row)
    if found:
        raise violations.broken(found)
    for section in parts.sections(row):
        section_texts.freeze(section.pk)
    _enter(row, S.POSITIONS)
    emit_assessment_event("jta.positions", row, signing_desks(row.accepted), step=f"{S.POSITIONS} {row.version}")
    return row


@action(
    "assessment.reopen_text",
    model=Assessment,
    label=_("Reopen the text"),
    done=_("Reopened the text"),
    policy=policy.may_lead,
    starts={S.POSITIONS},
    ends=S.COORDINATION,
    takes={"reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason"))},
    danger=True,
)
def reopen_assessment_text(actor: Actor, row: Assessment, *, reason: str) -> Assessment:
    """Change words after all: every position is void, and the parties are told."""
    now, row.reason = timezone.now(), reason
    Position.objects.filter(assessment=row, void_at=None).update(void_at=now)
    for section in parts.sections(row):
        section_texts.thaw(section.pk)
    _enter(row, S.COORDINATION)
    emit_assessment_event("jta.void", row, signing_desks(row.accepted), step=f"positions {row.version}")
    return row


@action(
    "assessment.close_positions",
    model=Assessment,
    label=_("Close positions and request signatures"),
    done=_("Closed the positions and asked for signatures"),
    policy=policy.may_lead,
    starts={S.POSITIONS},
    ends=S.SIGN_OFF,
)
def close_positions(actor: Actor, row: Assessment) -> Assessment:
    """Ask for signatures under text and positions (J-positions); after the last day silence is no position."""
    found = checks.find_missing_positions(row, timezone.now().date())
    if found:
        raise violations.broken(found)
    row.content_sha256 = parts.content_sha256(row)
    _enter(row, S.SIGN_OFF)
    emit_assessment_event("jta.sign", row, signing_desks(row.accepted), step=f"{S.SIGN_OFF} {row.version}")
    return row


@action(
    "assessment.reopen_positions",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Reopen positions"),
    done=_("Reopened the positions"),
    policy=policy.may_direct,
    starts={S.SIGN_OFF},
    ends=S.POSITIONS,
    takes={"reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason"))},
    danger=True,
)
def reopen_positions(actor: Actor, row: Assessment, *, reason: str) -> Assessment:
    """Let parties change their positions: every signature is void, and those who gave one are told."""
    row.reason = reason
    sign_offs.void(row, timezone.now())
    _enter(row, S.POSITIONS)
    emit_assessment_event("jta.positions", row, signing_desks(row.accepted), step=f"{S.POSITIONS} {row.version}")
    return row


@action(
    "assessment.cancel",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Cancel the assessment"),
    done=_("Cancelled an assessment"),
    policy=policy.may_direct,
    starts=Assessment.WORKING,
    ends=S.CANCELLED,
    takes={"reason": fields.reason_field(pgettext_lazy("field, assessments", "Reason"))},
    danger=True,
)
def cancel_assessment(actor: Actor, row: Assessment, *, reason: str) -> Assessment:
    """Give it up; who takes part still reads what there is."""
    row.reason, row.state_since = reason, timezone.now()
    for section in parts.sections(row):
        section_texts.freeze(section.pk)
    rights.changed(row.pk)
    emit_assessment_event("jta.step", row, contacts(row.accepted), step=f"{S.CANCELLED} {row.version}")
    return row


@action(
    "assessment.remind",
    model=Assessment,
    label=pgettext_lazy("button, assessments", "Send a reminder"),
    done=_("Reminded those who are late with an assessment"),
    policy=policy.is_clock,
    starts=(*Assessment.WORKING, S.UNDER_REVIEW),
    ends=(*Assessment.WORKING, S.UNDER_REVIEW),
    automatic=True,
)
def remind_of_assessment(actor: Actor, row: Assessment, *, step: str, parties: Any, lead: bool = False) -> Assessment:
    """Tell who is late, or nearly so, once for each step and day; and the desk that leads, where `lead`."""
    row.reminded = [*row.reminded, step]
    desks = contacts(parties) + ([row.owner_id] if lead else [])
    emit_assessment_event("jta.late", row, desks, step=step)
    return row
