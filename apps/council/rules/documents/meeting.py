"""The report of a meeting: who was there, what was on the agenda, what was decided and said, and the minutes."""

from collections.abc import Iterator
from typing import Any

from apps.council.rules.documents import words
from apps.council.rules.documents.facts import MeetingFacts, SittingFacts
from apps.council.rules.titles import meeting_name, ordinal
from apps.documents.rendering import (
    Block,
    Document,
    Heading,
    KeyValues,
    Marking,
    Note,
    Paragraph,
    Table,
    from_markdown,
)

WORKING = "Working copy – minutes not agreed"
COPY = "Working copy – not issued"


def report(facts: MeetingFacts, *, version: str = "1", issued: bool = True) -> Document:
    """The report, without closing and copy mark; before the minutes are agreed it is marked as a working copy."""
    meeting = facts.meeting
    agreed = meeting.state == "minutes_agreed"
    standing = "" if agreed and issued else COPY if agreed else WORKING
    name = meeting_name(meeting.number, meeting.kind)
    return Document(
        title=f"Report of the {name}, {meeting.organ.name}",
        reference=number(meeting),
        marking=Marking(words.level(meeting.level), " – ".join(part for part in (facts.caveat, standing) if part)),
        version=version,
        date=meeting.ends_at,
        blocks=(
            *_about(facts, standing),
            *_attendance(facts),
            *_agenda(facts),
            *_decisions(facts),
            *_statements(facts),
            *_papers(facts),
            *_minutes(meeting, agreed),
        ),
        fictional=meeting.fictional,
    )


def number(meeting: Any) -> str:
    """ "CONSLE/2008/5/REPORT", a special meeting "CONSLE/2008/S2/REPORT"."""
    series = {"special": "S", "inter_sessional": "I", "joint": "J"}.get(meeting.kind, "")
    year = meeting.starts_at.astimezone(words.ZoneInfo(meeting.time_zone)).year
    return f"{meeting.organ_id}/{year}/{series}{meeting.number}/REPORT"


def _about(facts: MeetingFacts, standing: str) -> Iterator[Block]:
    meeting = facts.meeting
    if standing:
        yield Note("What counts is the issued report with the minutes as agreed.", standing)
    chair = facts.names.get(meeting.chair_id, "–")
    pairs = [
        ("Organ", meeting.organ.name),
        ("Meeting", meeting_name(meeting.number, meeting.kind)),
        ("Place", meeting.place or "–"),
        ("Held", meeting.get_mode_display().lower()),
        ("From", words.local(meeting.starts_at, meeting.time_zone)),
        ("To", words.local(meeting.ends_at, meeting.time_zone)),
        ("Time zone", meeting.time_zone),
        *(("Moved", _moved(one, meeting.time_zone)) for one in meeting.moved),
        ("In the chair", chair),
        ("Rule set", meeting.rule_set_id or "–"),
        ("State", meeting.get_state_display()),
    ]
    yield KeyValues(tuple(pairs))
    yield Note("Only what every reader of this report may see stands in it.")


def _moved(one: dict[str, Any], zone: str) -> str:
    """ "from 1 Dec 2026, 09:00 EST to 29 Nov 2026, 09:00 EST: the season begins"."""
    what = "" if one["what"] == "start" else "end "
    return f"{what}from {words.local(one['before'], zone)} to {words.local(one['after'], zone)}: {one['reason']}"


def _attendance(facts: MeetingFacts) -> Iterator[Block]:
    yield Heading("Delegations")
    if facts.delegations:
        head = ("State", "Head of delegation", "Credentials", "Part")
        yield Table(head, tuple(_delegation(row) for row in facts.delegations))
    yield Heading("Attendance by sitting")
    if not facts.sittings:
        yield Paragraph("No sitting was opened.")
    for one in facts.sittings:
        yield from _sitting(one, facts)


def _delegation(row: Any) -> tuple[str, ...]:
    part = "Member State" if row.votes else "Associate Member, without a vote"
    return (row.party.short_name, row.head or "–", row.get_credentials_display(), part)


def _sitting(one: SittingFacts, facts: MeetingFacts) -> Iterator[Block]:
    row, zone = one.sitting, facts.meeting.time_zone
    yield Heading(f"{ordinal(row.number)} sitting", 2)
    closed = words.local(row.closed_at, zone)
    yield KeyValues(
        (
            ("Opened", words.local(row.opened_at, zone)),
            ("Closed", f"{closed} ({row.closed_reason})" if row.closed_reason else closed),
            ("Quorum", f"{row.quorum_required} Member States; {len(row.present)} present at the opening"),
            ("Present at the opening", ", ".join(one.present) or "none"),
        )
    )
    if one.moves:
        head = ("Time", "State", "Movement")
        rows = tuple((words.local(at, zone), name, "came" if came else "left") for at, name, came in one.moves)
        yield Table(head, rows, caption="Came and left during the sitting")


def _agenda(facts: MeetingFacts) -> Iterator[Block]:
    yield Heading("Agenda and outcomes")
    if not facts.items:
        yield Paragraph("No items.")
        return
    rows = tuple(
        (str(row.position or "–"), row.title, row.get_state_display(), row.outcome or row.reason) for row in facts.items
    )
    yield Table(("No.", "Item", "State", "Outcome"), rows)


def _decisions(facts: MeetingFacts) -> Iterator[Block]:
    yield Heading("Decisions")
    if not facts.decisions:
        yield Paragraph("None.")
        return
    rows = tuple(
        (str(row), row.title, row.get_state_display(), (row.result or {}).get("sentence", ""))
        for row in facts.decisions
    )
    yield Table(("Number", "Title", "State", "Result"), rows, kinds=("code", "text", "text", "text"))


def _statements(facts: MeetingFacts) -> Iterator[Block]:
    yield Heading("Statements")
    if not facts.statements:
        yield Paragraph("None.")
        return
    rows = tuple(
        (
            facts.names.get(row.party_id, row.party_id),
            f"{row.get_kind_display()} to {row.decision}",
            row.text,
            row.get_state_display(),
        )
        for row in facts.statements
    )
    yield Table(("State", "Statement", "Text", "Standing"), rows)


def _papers(facts: MeetingFacts) -> Iterator[Block]:
    yield Heading("Papers")
    if not facts.papers:
        yield Paragraph("None.")
        return
    rows = tuple((row.number or "–", row.title, row.get_state_display()) for row in facts.papers)
    yield Table(("Number", "Title", "State"), rows, kinds=("code", "text", "text"))


def _minutes(meeting: Any, agreed: bool) -> Iterator[Block]:
    yield Heading("Minutes")
    if not agreed:
        yield Paragraph("The minutes are not agreed yet.")
        return
    yield KeyValues((("Minutes (SHA-256)", meeting.minutes_hash),))
    yield from from_markdown(meeting.minutes)
