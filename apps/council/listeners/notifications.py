"""Who is told of what: one row for each topic of the Council's actions. Numbers go into mails, titles never."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apps.access import outbox
from apps.access.grants import groups_that_see
from apps.access.models import Dispatch
from apps.council.models import AgendaItem, Decision, Meeting, Paper, WrittenProcedure
from apps.council.papers.queries.receipts import openers
from apps.council.queries import concerned_parties as queries
from apps.council.queries.audience import ministries
from apps.notices import actions as notices
from apps.people.queries import desk_ids, service_actor

Row = Any


def everybody(row: Row, dispatch: Dispatch) -> list[int]:
    """Every desk that sees the record, but the portal's clock."""
    clock = set(desk_ids("IMPACS.automation"))
    return [group for group in groups_that_see(row) if group not in clock]


def secretariat(row: Row, dispatch: Dispatch) -> list[int]:
    """The Council's Secretariat."""
    return desk_ids("IMPACS.secretariat")


def chair_and_secretariat(row: Row, dispatch: Dispatch) -> list[int]:
    """The State in the chair, and the Secretariat."""
    return desk_ids("IMPACS.secretariat", f"{row.chair_id}.ministry")


def addressees(row: Decision, dispatch: Dispatch) -> list[int]:
    """Ministries of the States that the clauses address, and the Secretariat."""
    return [*ministries(queries.addressed(row)), *secretariat(row, dispatch)]


def subject_to_cabinet(row: Decision, dispatch: Dispatch) -> list[int]:
    """Ministries whose State voted subject to confirmation, and the Secretariat."""
    return [*ministries(queries.subject_to_cabinet(row)), *secretariat(row, dispatch)]


def without_reply(row: WrittenProcedure, dispatch: Dispatch) -> list[int]:
    """Ministries named by the event; all that see the procedure where none is named."""
    named = dispatch.payload.get("parties")
    return ministries(sorted(named)) if named else everybody(row, dispatch)


def named(row: Row, dispatch: Dispatch) -> list[int]:
    """Ministries of the States that the act named."""
    return ministries(sorted(dispatch.payload["parties"]))


def readers_of_the_earlier(row: Paper, dispatch: Dispatch) -> list[int]:
    """Ministries that have opened the paper in whose place this one stands, and the Secretariat."""
    return [*ministries(openers(row.supersedes)), *secretariat(row, dispatch)]


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice: of which event, about which record, to whom, due when."""

    topic: str
    event: str
    model: Any
    to: Callable[[Row, Dispatch], Iterable[int]]
    due: str | Callable[[Row], Any] = ""
    receipt: bool = False


TELLINGS = [
    Telling("meeting.convened", "meeting.convened", Meeting, everybody, due="starts_at"),
    Telling("meeting.changed", "meeting.changed", Meeting, everybody, due="starts_at"),
    Telling("meeting.moved", "meeting.changed", Meeting, everybody, due="starts_at"),
    Telling("meeting.admitted", "meeting.convened", Meeting, named, due="starts_at"),
    Telling("credentials.missing", "credentials.missing", Meeting, named, due="starts_at"),
    Telling("agenda.majority_unreachable", "agenda.majority_unreachable", AgendaItem, chair_and_secretariat),
    Telling("meeting.agenda_version", "meeting.agenda_version", Meeting, everybody),
    Telling("meeting.minutes_drafted", "meeting.minutes", Meeting, everybody, due="corrections_until"),
    Telling("paper.issued", "paper.issued", Paper, everybody),
    Telling("paper.corrected", "paper.corrected", Paper, readers_of_the_earlier),
    Telling("paper.missing", "paper.missing", AgendaItem, secretariat),
    Telling("translation.stale", "translation.stale", Paper, secretariat),
    Telling("decision.proposed", "decision.proposed", Decision, everybody),
    Telling("decision.amendment", "decision.amendment", Decision, chair_and_secretariat),
    Telling("vote.opened", "vote.opened", Decision, everybody),
    Telling("vote.opened_in_writing", "vote.opened", Decision, everybody, due=queries.vote_closes_at, receipt=True),
    Telling("vote.reminder", "vote.reminder", Decision, named, due=queries.vote_closes_at),
    Telling("vote.no_receipt", "written.no_receipt", Decision, secretariat),
    Telling("vote.closed", "vote.closed", Decision, everybody),
    Telling("adref.pending", "adref.pending", Decision, subject_to_cabinet),
    Telling("decision.sealed", "decision.numbered", Decision, everybody),
    Telling("decision.in_force", "decision.in_force", Decision, addressees),
    Telling("decision.statement", "decision.statement", Decision, everybody),
    Telling("written.dispatched", "written.dispatched", WrittenProcedure, everybody, receipt=True),
    Telling("written.no_receipt", "written.no_receipt", WrittenProcedure, secretariat),
    Telling("written.started", "written.started", WrittenProcedure, everybody, due="deadline"),
    Telling("written.reminder", "written.reminder", WrittenProcedure, without_reply, due="deadline"),
    Telling("written.objected", "written.objected", WrittenProcedure, everybody),
    Telling("written.deadline_moved", "written.deadline_moved", WrittenProcedure, everybody, due="deadline"),
    Telling("written.concluded", "written.concluded", WrittenProcedure, everybody),
]


def number_of(row: Row) -> str:
    """What a mail may carry of a record: its number, nothing of its title."""
    if isinstance(row, Meeting):
        return f"{row.organ_id}/{row.starts_at.year}/{row.number}"
    if isinstance(row, AgendaItem):
        return f"{number_of(row.meeting)}/{row.position}"
    return row.reference if isinstance(row, WrittenProcedure) else row.number or getattr(row, "working_no", "")


def title_of(row: Row) -> str:
    """What the portal shows of it to those who may see it."""
    if isinstance(row, WrittenProcedure):
        return row.decision.title
    return getattr(row, "title", "") or str(row)


def _due(row: Row, telling: Telling) -> Any:
    if callable(telling.due):
        return telling.due(row)
    return getattr(row, telling.due) if telling.due else None


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        clock = service_actor("IMPACS.automation", request_id=dispatch.request_id)
        row = telling.model.objects.visible_to(clock).filter(pk=dispatch.object_id).first()
        desks = sorted(set(telling.to(row, dispatch))) if row is not None else []
        if not desks:
            return
        notices.create_notices(
            clock,
            None,
            event=telling.event,
            desks=desks,
            object_type=row._meta.label_lower,
            object_id=row.pk,
            number=number_of(row),
            title=title_of(row),
            due_at=_due(row, telling),
            step=str(dispatch.payload.get("step", "")) or str(row.version),
            needs_receipt=telling.receipt,
            level=row.level,
        )

    tell.__name__ = f"tell_{telling.event.replace('.', '_')}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))
