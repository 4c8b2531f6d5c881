"""Finding reports: boxes, filters, the version that an address means, and what stands in its place after a recall."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.declared_actions import Spec
from apps.access.refusal import Refused
from apps.people.models import User
from apps.rifc.managers import addressed_to
from apps.rifc.models import Recall, RecallAck, Receipt, Report, ReportText
from apps.rifc.rules.facts import WORKING

R, S = Report.State, Receipt.State
DRAFTS = tuple(sorted(WORKING - {R.WITHDRAWN}))
BOXES = ("inbox", "sent", "drafts", "community")


def rows(actor: Actor | None, before: Any = None) -> Any:
    """Versions that the actor sees, with the desk and party that wrote them."""
    return Report.objects.visible_to(actor, before=before).select_related("owner", "originator")


def boxed(found: Any, box: str, actor: Actor) -> Any:
    """Versions in a box: sent to one's desk or oneself, sent by it, written there, or open to the whole community.

    ValueError for a box that there is not.
    """
    if box not in BOXES:
        raise ValueError(box)
    mine = addressed_to(actor)
    live = Receipt.objects.filter(mine, report=OuterRef("pk")).exclude(state__in=[S.WITHDRAWN, S.VOID])
    if box == "inbox":
        return found.filter(Exists(live)).exclude(owner_id=actor.desk_id)
    if box == "sent":
        return found.filter(owner_id=actor.desk_id, state__in=sorted(Report.OUT))
    if box == "drafts":
        return found.filter(owner_id=actor.desk_id, state__in=DRAFTS)
    return found.filter(~Exists(live), state=R.SHARED).exclude(owner_id=actor.desk_id)


def worded(found: Any, words: str) -> Any:
    """Versions with these words in title or text, or of this number."""
    text = words.strip()
    if not text:
        return found
    query = SearchQuery(text, config="english", search_type="websearch")
    texts = ReportText.objects.filter(text=query).values("pk")
    return found.filter(Q(pk__in=texts) | Q(number__istartswith=text))


def unanswered(found: Any, actor: Actor) -> Any:
    """Versions whose receipt one's desk, or oneself, still has to give."""
    mine = addressed_to(actor)
    waiting = Receipt.objects.filter(mine, report=OuterRef("pk"), ack_required=True, ack_at=None)
    return found.filter(Exists(waiting.filter(state__in=sorted(Receipt.LIVE))))


def versions(actor: Actor, thread: Any) -> list[Report]:
    """Versions of a report that the actor sees, newest first."""
    return list(rows(actor).filter(thread=thread).order_by("-edition"))


def meant(actor: Actor, pk: Any, spec: Spec | None = None, edition: int | None = None) -> Report:
    """The version that an address means: by the report's id or a version's own; newest, but fit for the verb.

    While the next version is drafted the one in force is the one that is recalled. Refused("not-visible") for none.
    """
    try:
        key = uuid.UUID(str(pk))
    except ValueError:
        raise Refused("not-visible") from None
    found = list(rows(actor).filter(Q(thread=key) | Q(pk=key)).order_by("-edition"))
    if edition is not None:
        found = [row for row in found if row.edition == edition]
    if not found:
        raise Refused("not-visible")
    if spec is not None:
        fit = next((row for row in found if row.state in spec.starts), None)
        return fit or found[0]
    return next((row for row in found if row.state != R.WITHDRAWN), found[0])


def tombstone(actor: Actor, pk: Any) -> dict[str, Any] | None:
    """What stands in place of a report that the actor had and has no more; None where there is nothing to say."""
    try:
        key = uuid.UUID(str(pk))
    except ValueError:
        return None
    rows: Any = Report.objects
    gone = beyond(rows.tombstones_for(actor), "sharing").filter(Q(thread=key) | Q(pk=key))
    gone = gone.select_related("originator")
    row = gone.order_by("-edition").first()
    if row is None:
        return None
    recalls = beyond(Recall.objects.all(), "sharing").filter(report=row, undone_at=None)
    recall = recalls.order_by("-pk").first() if row.recalled_at else None
    entry = own_entry(actor, row) if recall is None else None
    return {
        "report": row,
        "recalled": True,
        "number": row.number,
        "originator": row.originator_id,
        "recalled_at": row.recalled_at or (entry.withdrawn_at if entry else None),
        "text": recall.text if recall else (entry.reason if entry else ""),
        "ack_due": recall.ack_due if recall else None,
    }


def own_entry(actor: Actor, report: Report) -> Receipt | None:
    """One's own entry of a version, whether or not one still sees it."""
    mine = addressed_to(actor)
    found: Receipt | None = Receipt.objects.filter(mine, report=report).order_by("-pk").first()
    return found


def own_ack(actor: Actor, pk: Any, *, waiting: bool = False) -> RecallAck | None:
    """What one's desk, or oneself, has to say of the copies of a recalled report, the newest first."""
    try:
        key = uuid.UUID(str(pk))
    except ValueError:
        return None
    mine = addressed_to(actor)
    found = beyond(RecallAck.objects.visible_to(actor), "sharing")
    found = found.filter(mine).filter(Q(report__thread=key) | Q(report=key))
    if waiting:
        found = found.filter(state__in=sorted(RecallAck.WAITING))
    row: RecallAck | None = found.select_related("recall", "report", "desk").order_by("-pk").first()
    return row


def recall_acks(actor: Actor, thread: Any) -> list[RecallAck]:
    """For the originator, what all recipients of a recalled report said. One query."""
    found = RecallAck.objects.visible_to(actor).filter(report__thread=thread)
    mine = found.filter(report__originator_id=actor.party_code)
    return list(mine.select_related("desk", "user", "recall", "report").order_by("desk__code", "pk"))


def last_recall(actor: Actor, report: Report) -> Recall | None:
    """The recall of a version that the actor sees and that was not undone."""
    found: Recall | None = (
        Recall.objects.visible_to(actor).filter(report=report, undone_at=None).order_by("-pk").first()
    )
    return found


def late_answers(actor: Actor) -> list[RecallAck]:
    """Answers that are still to come, with their recall."""
    found = RecallAck.objects.visible_to(actor).filter(state__in=sorted(RecallAck.WAITING))
    return list(found.select_related("recall", "report").order_by("pk")[:500])


def names_of(user_ids: Sequence[int]) -> dict[int, str]:
    """User names by id. One query."""
    return dict(User.objects.filter(pk__in=list(user_ids)).values_list("pk", "username"))


def due_steps(now: datetime.datetime, recall: Recall, factors: Sequence[int]) -> int:
    """How many reminders of an answer are due by now: one for each factor of the period that has passed."""
    return sum(now >= recall.at + recall.period * factor for factor in factors)
