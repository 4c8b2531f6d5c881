"""What of the States' actions waits for IMPACS: submissions, requests for time, claims, assistance."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.urgency import days_late, late_by
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, Secondment, StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.status import Row, Standing

S = StateAction.State
MOST = 200


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A submission: since when it waits, how many of its proofs are judged, whether the seat may judge it."""

    row: Row
    at: Standing
    proofs: int
    judged: int
    barred: bool

    @property
    def since(self) -> datetime.date | None:
        """The day of the submission."""
        return self.at.facts.evidence_submitted_on

    @property
    def waited(self) -> int:
        """Days since the submission."""
        return (self.at.day - self.since).days if self.since else 0

    @property
    def late(self) -> str:
        """By how long it has waited longer than the verifier should take: "6 days late", or nothing."""
        last = self.since + datetime.timedelta(days=self.at.limits.verify_sla_days) if self.since else None
        return late_by(days_late(last, self.at.day))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything on the worklist."""

    submissions: list[ToVerify]
    extensions: list[Any]
    claims: list[Row]
    assistance: list[Any]

    @property
    def all(self) -> int:
        """How many things wait."""
        return len(self.submissions) + len(self.extensions) + len(self.claims) + len(self.assistance)

    def of_clause(self, clause: str) -> "Waiting":
        """What of it is under one clause."""
        return Waiting(
            [one for one in self.submissions if str(one.row.clause) == clause],
            [one for one in self.extensions if str(one.action.clause_id) == clause],
            [one for one in self.claims if str(one.clause) == clause],
            [one for one in self.assistance if str(one.action.clause_id) == clause],
        )


def worklist(actor: Actor, day: datetime.date) -> Waiting:
    """What waits, longest waiting first. Nine queries."""
    rows = StateAction.objects.visible_to(actor).filter(Q(state=S.SUBMITTED) | ~Q(claimed_on=None))
    found = status.standings(rows.order_by("claimed_on", "pk"), day)
    claims = [row for row, _at in found.values() if row.claimed_on is not None]
    return Waiting(_submissions(actor, day, found), extensions(actor), claims, assistance(actor))


def _submissions(actor: Actor, day: datetime.date, found: dict[Any, tuple[Row, Standing]]) -> list[ToVerify]:
    """Submitted actions, the longest waiting first. Two queries."""
    proofs: dict[Any, list[str]] = {}
    seen = Evidence.objects.visible_to(actor).filter(action__in=list(found))
    for action, state in seen.values_list("action_id", "state"):
        proofs.setdefault(action, []).append(state)
    sent = Secondment.objects.visible_to(actor).filter(user=actor.user_id, valid_from__lte=day)
    sent_by = {actor.seconded_from, *sent.exclude(valid_to__lte=day).values_list("sending_state_id", flat=True)}
    listed = [
        _to_verify(row, at, proofs.get(pk, []), row.party in sent_by)
        for pk, (row, at) in found.items()
        if row.state == S.SUBMITTED
    ]
    return sorted(listed, key=lambda one: (one.since or day, str(one.row.pk)))


def _to_verify(row: Row, at: Standing, states: list[str], barred: bool) -> ToVerify:
    judged = sum(state in {"accepted", "rejected"} for state in states)
    shown = sum(state in {"submitted", "accepted", "rejected"} for state in states)
    return ToVerify(row, at, shown, judged, barred)


def extensions(actor: Actor) -> list[Any]:
    """Requests for a later date without an answer, the nearest end of the clock first. One query."""
    rows = ExtensionRequest.objects.visible_to(actor).filter(state=ExtensionRequest.State.REQUESTED)
    related = ("action__clause", "action__decision", "party", "item__meeting")
    return list(rows.select_related(*related).order_by("answer_by", "pk")[:MOST])


def assistance(actor: Actor) -> list[Any]:
    """Requests for help that are not answered, the nearest wanted day first. One query."""
    rows = AssistanceRequest.objects.visible_to(actor).filter(state__in=["asked", "accepted"])
    related = ("action__clause", "action__decision", "party")
    return list(rows.select_related(*related).order_by("wanted_by", "pk")[:MOST])


def secondments(actor: Actor) -> list[Any]:
    """Who was sent to the agency by which State, the latest first. One query."""
    rows = Secondment.objects.visible_to(actor).select_related("user", "sending_state")
    return list(rows.order_by("-valid_from", "-pk"))
