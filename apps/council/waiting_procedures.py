"""What of the written procedures waits for a seat, for My desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.models import ObjectionProposal, WrittenProcedure
from apps.council.policy import may_commit
from apps.council.queries import procedures as queries
from apps.people.waiting import WorkRow, register

MOST = 20
W = WrittenProcedure.State


def _open(actor: Actor) -> list[WrittenProcedure]:
    rows = WrittenProcedure.objects.visible_to(actor).filter(state__in=[W.DISPATCHED, W.RUNNING, W.EXTENDED])
    return list(rows.select_related("decision").order_by("deadline", "pk")[:MOST])


@register
def procedures_to_answer(actor: Actor) -> Iterator[WorkRow]:
    """For a ministry: receipts to confirm and procedures without its answer. Three queries at most."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = _open(actor)
    if not rows:
        return
    mine = {row.procedure_id: row for row in queries.circulations_of(actor, rows) if row.party_id == actor.party_code}
    answered = {
        reply.procedure_id
        for reply in queries.replies_to(actor, rows)
        if reply.party_id == actor.party_code and reply.kind in {"support", "object"} and not reply.code
    }
    for row in rows:
        sent = mine.get(row.pk)
        if sent is None or (sent.receipt_at is not None and row.pk in answered):
            continue
        todo = _("Confirm receipt") if sent.receipt_at is None else _("Silence is support: reply or object in time")
        yield WorkRow(
            title=_("Written procedure %(reference)s: %(title)s")
            % {"reference": row.reference, "title": row.decision.title},
            url=reverse("council:procedure", args=[row.pk]),
            due=row.deadline,
            detail=todo,
            kind="clock",
        )


@register
def objections_to_decide(actor: Actor) -> Iterator[WorkRow]:
    """For those who decide in a ministry: officers' proposals to object. One query."""
    if actor.function != "ministry" or not may_commit(actor):
        return
    rows = ObjectionProposal.objects.visible_to(actor).filter(
        state=ObjectionProposal.State.PROPOSED, procedure__state__in=WrittenProcedure.OPEN
    )
    for row in rows.select_related("procedure").order_by("procedure__deadline")[:MOST]:
        yield WorkRow(
            title=_("%(person)s proposes to object to %(reference)s")
            % {"person": row.person, "reference": row.procedure.reference},
            url=reverse("council:procedure", args=[row.procedure_id]),
            due=row.procedure.deadline,
            detail=row.reason[:120],
            kind="alert",
        )


@register
def receipts_to_chase(actor: Actor) -> Iterator[WorkRow]:
    """For the Secretariat: States to be called because the text has not arrived. Two queries."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    rows = [row for row in _open(actor) if row.state == W.DISPATCHED]
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
