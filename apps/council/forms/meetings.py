"""What the forms of meetings hold to begin with."""

from typing import Any

from apps.access.actor import Actor
from apps.council.models import Meeting, Position
from apps.council.queries import meetings as queries
from apps.council.rules import schedule


def change_of(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form takes it."""
    return {
        "starts_at": schedule.written(meeting.starts_at, meeting.time_zone),
        "ends_at": schedule.written(meeting.ends_at, meeting.time_zone),
        "mode": meeting.mode,
        "place": meeting.place,
        "chair": meeting.chair_id,
        "notice_days": meeting.notice_days,
        "languages": " ".join(meeting.languages),
        "notice_waiver": meeting.notice_waiver,
    }


def delegation_of(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The own delegation as its forms take it."""
    own = queries.own_delegation(actor, meeting)
    if own is None:
        return {}
    lines = [", ".join(filter(None, (one["name"], one["office"]))) for one in own.members]
    return {
        "answer": own.answer,
        "head": own.head,
        "members": "\n".join(lines),
        "until": own.credentials_until,
        "note": own.credentials_note,
    }


def position_of(actor: Actor, position: Position) -> dict[str, Any]:
    """A position as its form takes it."""
    return {name: getattr(position, name) for name in ("stance", "note", "speaking_note")}


INITIAL: dict[str, Any] = {
    "meeting.change": change_of,
    "meeting.answer_invitation": delegation_of,
    "meeting.name_delegation": delegation_of,
    "meeting.present_credentials": delegation_of,
    "position.change": position_of,
}
"""For the generic page of a verb."""
