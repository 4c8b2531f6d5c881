"""What of the written procedures waits for a seat, for My work."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.council import titles
from apps.council.models import Circulation, ObjectionProposal, Reply, WrittenProcedure
from apps.council.policy import may_commit
from apps.council.procedures.queries.procedures import CALL_AFTER
from apps.people.queries.work import Ask, Facts, Together, WorkRow, cut, moment, same_for_a_seat

W = WrittenProcedure.State
ANSWERS = (Reply.Kind.SUPPORT, Reply.Kind.OBJECT)


def _open(actor: Actor) -> QuerySet[Any]:
    return WrittenProcedure.objects.visible_to(actor).filter(state__in=WrittenProcedure.OPEN)


@same_for_a_seat
def procedures_to_answer(actor: Actor) -> Iterator[Ask]:
    """For a ministry: receipts to confirm, procedures without its answer, officers' proposals to object."""
    if actor.function != "ministry" or actor.rank < WORKS:
        return
    rows = _open(actor).annotate(**_own(actor)).filter(Q(to_answer=True) | Q(proposal__isnull=False))
    columns = ("pk", "reference", "deadline", "received", "to_answer", "proposal")
    facts = {name: name for name in columns} | {"title": "decision__title"}
    yield Ask(rows, ["deadline", "pk"], facts, _of_procedure)


def _of_procedure(facts: Facts) -> Iterator[WorkRow]:
    if facts["to_answer"]:
        yield _answer(facts)
    if facts["proposal"] is not None:
        yield _proposal(facts)


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


def _answer(facts: Facts) -> WorkRow:
    received = facts["received"]
    return WorkRow(
        title=titles.written_procedure(facts["title"]),
        url=reverse("council:procedure", args=[facts["pk"]]),
        due=moment(facts["deadline"]),
        detail=_("No reply counts as support: reply in time")
        if received
        else pgettext("button, council", "Confirm receipt"),
        kind="clock",
        code=facts["reference"],
        act=pgettext("button, council", "Answer") if received else pgettext("button, council", "Confirm"),
        step="answer" if received else "receipt",
        together=_of_one(facts),
    )


def _of_one(facts: Facts) -> Together:
    """The State's own answer and what its officers propose are done on the procedure's page."""
    title = titles.written_procedure(facts["title"])
    return Together(title, reverse("council:procedure", args=[facts["pk"]]), pgettext("button, council", "Answer"))


def _proposal(facts: Facts) -> WorkRow:
    proposal = facts["proposal"]
    return WorkRow(
        title=_("%(person)s proposes to object: %(title)s") % {"person": proposal["person"], "title": facts["title"]},
        url=reverse("council:procedure", args=[facts["pk"]]),
        due=moment(facts["deadline"]),
        detail=cut(proposal["reason"], 120),
        kind="alert",
        code=facts["reference"],
        act=pgettext("button, council", "Decide"),
        step="proposal",
        together=_of_one(facts),
    )


def receipts_to_chase(actor: Actor) -> Iterator[Ask]:
    """For the Secretariat: States to be called because the text has not arrived."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    ways = Circulation.objects.visible_to(actor).filter(procedure=OuterRef("pk"), receipt_at=None).order_by("party_id")
    late = ways.filter(Q(bounced_at__isnull=False) | Q(sent_at__lte=timezone.now() - CALL_AFTER))
    columns = {"pk": "pk", "reference": "reference", "title": "decision__title", "members": "poll__members"}
    facts = {**columns, "late": ArraySubquery(late.values("party_id"))}
    yield Ask(_open(actor).filter(state=W.DISPATCHED), ["deadline", "pk"], facts, _to_chase)


def _to_chase(facts: Facts) -> Iterator[WorkRow]:
    late = [party for party in facts["late"] if party in (facts["members"] or [])]
    if late:
        yield WorkRow(
            title=pgettext("heading, council", "Missing receipts: %(title)s") % facts,
            url=reverse("council:procedure", args=[facts["pk"]]),
            due=None,
            detail=pgettext("words, council", "Telephone %(states)s") % {"states": ", ".join(late)},
            kind="phone",
            code=facts["reference"],
            act=pgettext("button, council", "Record"),
        )
