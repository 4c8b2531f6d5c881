"""What of the written procedures waits for a seat, for My desk."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.models import Circulation, ObjectionProposal, Reply, WrittenProcedure
from apps.council.policy import may_commit
from apps.council.queries import procedures as queries
from apps.people.waiting import WorkRow, cut, register

MOST = 50
W = WrittenProcedure.State
ANSWERS = (Reply.Kind.SUPPORT, Reply.Kind.OBJECT)


def _open(actor: Actor) -> QuerySet[Any]:
    rows = WrittenProcedure.objects.visible_to(actor).filter(state__in=WrittenProcedure.OPEN)
    return rows.select_related("decision").order_by("deadline", "pk")


@register
def procedures_to_answer(actor: Actor) -> Iterator[WorkRow]:
    """For a ministry: receipts to confirm, procedures without its answer, officers' proposals to object. One query."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    for row in _open(actor).annotate(**_own(actor)).filter(Q(to_answer=True) | Q(proposal__isnull=False))[:MOST]:
        if row.to_answer:
            yield _answer(row)
        if row.proposal is not None:
            yield _proposal(row)


def _own(actor: Actor) -> dict[str, Any]:
    """What a State's own part of a procedure says: has it the text, has it to answer, does an officer propose more."""
    this = {"procedure": OuterRef("pk")}
    sent = Circulation.objects.visible_to(actor).filter(party_id=actor.party_code, **this)
    replies = Reply.objects.visible_to(actor).filter(party_id=actor.party_code, kind__in=ANSWERS, code="", **this)
    proposals = ObjectionProposal.objects.visible_to(actor).filter(state=ObjectionProposal.State.PROPOSED, **this)
    # a ministry has one open proposal to a procedure at most; who cannot decide on it is not asked
    asked = proposals if may_commit(actor) else proposals.none()
    running = Q(state__in=[W.DISPATCHED, W.RUNNING, W.EXTENDED])
    return {
        "received": Exists(sent.filter(receipt_at__isnull=False)),
        "to_answer": Case(
            When(running & Exists(sent) & ~(Q(received=True) & Exists(replies)), then=True),
            default=False,
        ),
        "proposal": Subquery(asked.values_list(JSONObject(person="person", reason="reason"))[:1]),
    }


def _answer(row: Any) -> WorkRow:
    return WorkRow(
        title=_("Written procedure %(reference)s: %(title)s")
        % {"reference": row.reference, "title": row.decision.title},
        url=reverse("council:procedure", args=[row.pk]),
        due=row.deadline,
        detail=_("Silence is support: reply or object in time") if row.received else _("Confirm receipt"),
        kind="clock",
    )


def _proposal(row: Any) -> WorkRow:
    return WorkRow(
        title=_("%(person)s proposes to object to %(reference)s")
        % {"person": row.proposal["person"], "reference": row.reference},
        url=reverse("council:procedure", args=[row.pk]),
        due=row.deadline,
        detail=cut(row.proposal["reason"], 120),
        kind="alert",
    )


@register
def receipts_to_chase(actor: Actor) -> Iterator[WorkRow]:
    """For the Secretariat: States to be called because the text has not arrived. Two queries."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    rows = list(_open(actor).filter(state=W.DISPATCHED)[:MOST])
    if not rows:
        return
    sent = queries.circulations_of(actor, rows)
    for row in rows:
        of_row = [way for way in sent if way.procedure_id == row.pk]
        late = queries.to_be_called(of_row, (row.poll or {}).get("members", []), timezone.now())
        if late:
            yield WorkRow(
                title=_("Missing receipts: %(reference)s") % {"reference": row.reference},
                url=reverse("council:procedure", args=[row.pk]),
                due=None,
                detail=_("Call %(states)s") % {"states": ", ".join(way.party_id for way in late)},
                kind="phone",
            )
