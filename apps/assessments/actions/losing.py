"""What an assessment rests on is taken back: by the State that contributed it, or with a report that is recalled."""

import datetime
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.assessments import policy
from apps.assessments.actions import fields, releasing, signing
from apps.assessments.actions.told import signing_desks, tell, writers
from apps.assessments.models import Assessment
from apps.coedit import rights

S = Assessment.State
RESTING = (S.CALL_OPEN, S.DRAFTING, S.COORDINATION, S.POSITIONS, S.SIGN_OFF, *Assessment.OUT)
"""States in which an assessment can lose what it rests on."""
THEN = (S.CALL_OPEN, S.DRAFTING, S.COORDINATION, S.POSITIONS, S.UNDER_REVIEW)
"""And those in which it is afterwards."""


def lost(row: Assessment, what: uuid.UUID, reason: str, now: datetime.datetime) -> None:
    """Before the release signatures are void and positions open again; a released assessment comes under review."""
    if row.state in Assessment.OUT:
        releasing.under_review(row, reason).state = S.UNDER_REVIEW
        return
    row.withdrawn = [*row.withdrawn, what]
    if row.state == S.SIGN_OFF:
        signing.void(row, now)
        row.state, row.state_since = S.POSITIONS, now
        fields.started(row, S.POSITIONS, now.date())
        rights.changed(row.pk)
    if row.state == S.POSITIONS:
        tell("jta.positions", row, signing_desks(row.accepted), step=f"{S.POSITIONS} {row.version}")


@action(
    "assessment.lose_source",
    model=Assessment,
    label=_("Lose a source"),
    policy=policy.is_clock,
    starts=RESTING,
    ends=THEN,
    automatic=True,
)
def lose_source(actor: Actor, row: Assessment, *, report: uuid.UUID, reason: str, now: Any) -> Assessment:
    """A report that it rests on was recalled: who writes it is told, and what was signed or released holds no more."""
    lost(row, report, reason, now)
    for desk, seats in writers(row).items():
        tell("jta.source", row, [desk], step=f"{report} {row.version}", seats=seats)
    return row
