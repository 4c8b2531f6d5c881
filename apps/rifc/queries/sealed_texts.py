"""Sealed texts: what there is of one, who can open it, and who asks to."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.people.queries.register import actor_at, seats_in_force
from apps.rifc.models import Opening, ReleasedShare, Report, SealedShare, SealedText
from apps.sealing.managers import USABLE
from apps.sealing.rules.envelopes import NEEDED

HEAVY = ("text__body", "text__author")
"""Columns of a sealed text that nothing needs but what opens it: hundreds of kilobytes each."""

ANSWERED_WITHIN = datetime.timedelta(days=3)
READ_WITHIN = datetime.timedelta(hours=12)


def text_of(report: Report) -> SealedText | None:
    """The sealed text of a version. One query."""
    found: SealedText | None = SealedText.objects.filter(report=report).first()
    return found


def usable(text: uuid.UUID, party: str) -> Any:
    """Shares of a party by which a text (its key, as rows refer to it) can be opened now, with their keys."""
    rows = SealedShare.objects.filter(text=text, party=party, key__state__in=USABLE, holder__state="active")
    rows = rows.select_related("key", "key__desk", "holder", "text").defer(*HEAVY)
    return beyond(rows.order_by("x"), "sealed texts")


def parties_of(report: Report) -> set[str]:
    """Parties with enough shares to open the text of a version. One query."""
    rows = SealedShare.objects.filter(text__report=report, key__state__in=USABLE, holder__state="active")
    found = list(rows.values_list("party", flat=True))
    return {party for party in found if found.count(party) >= NEEDED}


def own_share(actor: Actor, text: uuid.UUID) -> SealedShare | None:
    """The actor's own share of a text for their State. One query."""
    found: SealedShare | None = usable(text, actor.party_code).filter(holder_id=actor.user_id).first()
    return found


def with_own_shares(actor: Actor, rows: list[Opening]) -> list[Opening]:
    """Openings with `held`: the actor's own share of each of their State's, None for others. One query."""
    texts = [row.text_id for row in rows if row.party_id == actor.party_code]
    held = SealedShare.objects.filter(text__in=texts, key__state__in=USABLE, holder_id=actor.user_id)
    held = held.filter(party=actor.party_code).select_related("key")
    found = {one.text_id: one for one in held} if texts else {}
    for row in rows:
        row.held = found.get(row.text_id) if row.party_id == actor.party_code else None
    return rows


def reader_of(opening: Opening) -> Actor | None:
    """The actor of who asked, if their seat is in force and they still see the report; None else."""
    seat = seats_in_force().filter(pk=opening.seat_id, user_id=opening.user_id).first()
    if seat is None:
        return None
    actor = actor_at(seat, request_id="", via="web")
    return actor if Report.objects.visible_to(actor).filter(pk=opening.report_id).exists() else None


def seen_openings(actor: Actor) -> Any:
    """Openings that the actor sees, with number and originator of their report: a holder sees no more of that."""
    return beyond(Opening.objects.visible_to(actor), "sealed texts")


def opening_rows(actor: Actor) -> Any:
    """The same with what their pages show of report, desk and person; without the text."""
    return seen_openings(actor).select_related("report__originator", "desk", "user", "text", "party").defer(*HEAVY)


def openings_of(actor: Actor, report: Report) -> list[Opening]:
    """Of a version: the actor's own openings that are not over, the newest first. One query."""
    live = [Opening.State.ASKED, Opening.State.OPEN]
    rows = Opening.objects.visible_to(actor).filter(report=report, user_id=actor.user_id, state__in=live)
    return list(rows.filter(until__gt=timezone.now()).order_by("-pk"))


def told_openings(actor: Actor, report: Report) -> list[Any]:
    """For the originator: who asked to read a version, the newest first. One query."""
    if actor.party_code != report.originator_id:
        return []
    rows = Opening.objects.visible_to(actor).filter(report__thread=report.thread)
    return list(rows.select_related("desk", "user", "report").order_by("-pk")[:100])


def _held(actor: Actor) -> Any:
    return SealedShare.objects.filter(party=actor.party_code, holder_id=actor.user_id, key__state__in=USABLE)


def holds_shares(actor: Actor) -> bool:
    """Whether the actor can be asked to open anything, which few people can. One small query."""
    return bool(_held(actor).exists())


def waiting_for(actor: Actor) -> Any:
    """Openings that wait for the actor's share: theirs to give, and not given."""
    given = ReleasedShare.objects.filter(holder_id=actor.user_id).values("opening")
    rows = Opening.objects.visible_to(actor).filter(state=Opening.State.ASKED, until__gt=timezone.now())
    return rows.filter(party=actor.party_code, text__in=_held(actor).values("text")).exclude(pk__in=given)


def released(opening: Opening) -> list[ReleasedShare]:
    """What holders released for an opening, in the order in which they did. One query."""
    return list(ReleasedShare.objects.filter(opening=opening).order_by("at", "pk"))


def to_carry_over(actor: Actor) -> Any:
    """The actor's shares that are under a key of theirs that a newer one has replaced."""
    rows = SealedShare.objects.filter(party=actor.party_code, holder_id=actor.user_id, key__state="replaced")
    return beyond(rows.select_related("text", "key").defer(*HEAVY).order_by("pk"), "sealed texts")


def lapsed(actor: Actor, now: datetime.datetime) -> list[Opening]:
    """Openings whose time is over."""
    live = [Opening.State.ASKED, Opening.State.OPEN]
    return list(Opening.objects.visible_to(actor).filter(state__in=live, until__lte=now).order_by("pk")[:200])


def envelope_for(actor: Actor, text: SealedText) -> dict[str, Any]:
    """What a browser or program of a party needs to open a text: the body, and the author's own way for its author."""
    own = text.author if text.author and text.made_by_id == actor.user_id else None
    return {"v": 1, "id": str(text.text_id), "body": text.body, "author": own}
