"""Who has opened a paper: from the reading log, one line for each party, never for a person."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.council.models import PaperDeskGrant
from apps.council.papers import policy
from apps.council.papers.queries.papers import OPENING
from apps.people.models import Desk


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a delegation first opened and first downloaded a paper; None for not yet."""

    party: str
    name: str
    opened_at: datetime.datetime | None
    downloaded_at: datetime.datetime | None


def receipts(actor: Actor, papers: Sequence[Any]) -> dict[Any, list[Receipt]]:
    """{paper: its lines in roll-call order}: all delegations for those who circulated it, else one's own alone.

    A paper is absent when nobody has it yet or its sender wants no receipts. At most two queries for all together.
    Ministries alone count: another desk of a State does not receive papers for it.
    """
    wanted = [paper for paper in papers if paper.wants_receipt and paper.shared_at is not None]
    if not wanted:
        return {}
    whole = [paper for paper in wanted if policy.sees_receipts(actor, paper)]
    told = _delegations(whole) if whole else {}
    own = [(actor.party_code, actor.party_name)] if actor.function == "ministry" else []
    moments = _moments(wanted)
    return {
        paper.pk: [
            Receipt(code, name, *moments.get((str(paper.pk), code), (None, None)))
            for code, name in told.get(paper.pk, own)
        ]
        for paper in wanted
    }


def openers(paper: Any) -> list[str]:
    """Codes of the parties whose ministry has opened a paper, for those who tell them of a correction."""
    return sorted(party for _, party in _moments([paper]))


def _delegations(papers: Sequence[Any]) -> dict[Any, list[tuple[str, str]]]:
    """{paper: (code, name) of those that it was given to}, without its sender. One query."""
    desk = Desk.objects.filter(pk=OuterRef("group_id"), function="ministry")
    order = Coalesce(NullIf("roll_call", Value(0)), Value(999))
    grants = PaperDeskGrant.objects.filter(content_object__in=papers).exclude(group_id=F("content_object__owner_id"))
    ministries = grants.annotate(
        party=Subquery(desk.values("party_id")),
        name=Subquery(desk.values("party__short_name")),
        roll_call=Subquery(desk.values("party__roll_call_order")),
    ).exclude(party=None)
    told: dict[Any, list[tuple[str, str]]] = {paper.pk: [] for paper in papers}
    for paper_id, code, name in ministries.order_by(order, "name").values_list("content_object_id", "party", "name"):
        told[paper_id].append((code, name))
    return told


def _moments(papers: Sequence[Any]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """{(paper's key, party): (first opened, first downloaded)} of the ministries."""
    read = AuditRecord.objects.filter(
        object_id__in=[str(paper.pk) for paper in papers],
        object_type="council.paper",
        verb__in=OPENING,
        outcome=AuditRecord.Outcome.READ,
        desk__endswith=".ministry",
    )
    counted = read.values("object_id", "party").annotate(
        opened=Min("at"), downloaded=Min("at", filter=Q(verb="paper.download"))
    )
    return {(row["object_id"], row["party"]): (row["opened"], row["downloaded"]) for row in counted}
