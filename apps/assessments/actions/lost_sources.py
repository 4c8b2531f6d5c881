"""What an assessment rests on is taken back: by the State that contributed it, or with a report that is recalled."""

import datetime
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.assessments import policy
from apps.assessments.actions import fields, releases, sign_offs
from apps.assessments.actions.event_facts import emit_assessment_event, signing_desks, writers
from apps.assessments.models import Assessment
from apps.coedit.actions import rights

S = Assessment.State
RESTING = (S.CALL_OPEN, S.DRAFTING, S.COORDINATION, S.POSITIONS, S.SIGN_OFF, *Assessment.OUT)
"""States in which an assessment can lose what it rests on."""
THEN = (S.CALL_OPEN, S.DRAFTING, S.COORDINATION, S.POSITIONS, S.UNDER_REVIEW)
"""And those in which it is afterwards."""


def lost(row: Assessment, what: uuid.UUID, reason: str, now: datetime.datetime) -> None:
    """Before the release signatures are void and positions open again; a released assessment comes under review."""
    if row.state in Assessment.OUT:
        releases.under_review(row, reason).state = S.UNDER_REVIEW
        return
    row.withdrawn = [*row.withdrawn, what]
    if row.state == S.SIGN_OFF:
        sign_offs.void(row, now)
        row.state, row.state_since = S.POSITIONS, now
        fields.started(row, S.POSITIONS, now.date())
        rights.changed(row.pk)
    if row.state == S.POSITIONS:
        emit_assessment_event("jta.positions", row, signing_desks(row.accepted), step=f"{S.POSITIONS} {row.version}")


@action(
    "assessment.lose_source",
    model=Assessment,
    label=_("Record a lost source"),
    done=_("Noted that a source was recalled"),
    policy=policy.is_clock,
    starts=RESTING,
    ends=THEN,
    automatic=True,
)
def lose_source(actor: Actor, row: Assessment, *, report: uuid.UUID, reason: str, now: Any) -> Assessment:
    """A report that it rests on was recalled: who writes it is told, and what was signed or released holds no more."""
    lost(row, report, reason, now)
    for desk, seats in writers(row).items():
        emit_assessment_event("jta.source", row, [desk], step=f"{report} {row.version}", seats=seats)
    return row
