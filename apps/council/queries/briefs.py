"""An agenda as one desk reads it: papers in, its own positions, and what votes will need."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.council.models import AgendaItem, Delegation, Meeting, Paper, Position
from apps.council.queries import agenda, membership
from apps.council.queries import meetings as queries
from apps.council.rules.rule_sets import ENTITLED, RuleSet
from apps.council.rules.votes import Waiver, disqualified

Chip = tuple[str, str, str]
TO_SPEAK_TO = (AgendaItem.Kind.DECISION, AgendaItem.Kind.RECOMMENDATION)
"""Kinds of items on which a State needs a position."""
STANCES = {"agree": "ok", "change": "ok", "oppose": "bad", "abstain": "info", "open": "warn"}
STATES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("draft", "convened"), ("mute", "calendar")),
    **dict.fromkeys(("agenda_open", "agenda_closed", "minutes_draft"), ("info", "list")),
    **dict.fromkeys(("in_session",), ("ok", "play")),
    **dict.fromkeys(("suspended", "adjourned"), ("warn", "pause")),
    **dict.fromkeys(("closed", "minutes_agreed"), ("mute", "check")),
    "cancelled": ("bad", "circle-x"),
}
CREDENTIALS = {
    "missing": ("warn", "clock"),
    "presented": ("info", "half"),
    "accepted": ("ok", "check"),
    "refused": ("bad", "x"),
}
ITEM_STATES: dict[str, tuple[str, str]] = {
    "proposed": ("warn", "clock"),
    "accepted": ("info", "check"),
    "scheduled": ("info", "calendar"),
    "under_discussion": ("ok", "play"),
    **dict.fromkeys(("decided", "noted"), ("ok", "circle-check")),
    **dict.fromkeys(("deferred", "referred"), ("vio", "arrow-right")),
    **dict.fromkeys(("rejected", "withdrawn"), ("mute", "circle-x")),
}


@dataclass(slots=True)
class Line:
    """One item of an agenda for one desk. `position` is None unless its own ministry wrote one."""

    item: AgendaItem
    papers: list[Any] = field(default_factory=list)
    drafts: list[Any] = field(default_factory=list)
    position: Any = None
    paper_chip: Chip = ("mute", "", "")
    position_chip: Chip = ("mute", "", "")
    expected: str = ""
    short: bool = False

    @property
    def to_decide(self) -> bool:
        """Whether the item is there to be decided."""
        return self.item.kind == AgendaItem.Kind.DECISION

    @property
    def paper_in(self) -> bool:
        """Whether a paper has arrived."""
        return any(paper.state in agenda.IN for paper in self.papers)

    @property
    def to_write(self) -> bool:
        """Whether the own State still has to say what it means to do."""
        unsaid = self.position is None or self.position.stance == "open"
        return unsaid and self.item.state in AgendaItem.OPEN and self.item.kind in TO_SPEAK_TO

    @property
    def late(self) -> bool:
        """Whether a paper came after the deadline, or is missing after it."""
        return self.paper_chip[0] == "bad"

    @property
    def changed(self) -> bool:
        """Whether an issued paper took the place of an earlier one."""
        return any(paper.state == Paper.State.ISSUED and paper.supersedes_id for paper in self.papers)

    @property
    def state_chip(self) -> Chip:
        """The state of the item in words."""
        return (*ITEM_STATES[self.item.state], self.item.get_state_display())


def lines(actor: Actor, meeting: Meeting, papers: Mapping[Any, list[Any]], *, with_positions: bool) -> list[Line]:
    """The agenda as the actor sees it: three queries, whatever its length. `papers`: queries.agenda.papers_of."""
    drafts = agenda.drafts_of(actor, meeting)
    own = queries.positions(actor, meeting) if with_positions else {}
    found = []
    for item in agenda.visible_items(actor, meeting):
        line = Line(item, papers.get(item.pk, []), drafts.get(item.pk, []), own.get(item.pk))
        line.paper_chip = paper_chip(meeting, item, line.papers)
        line.position_chip = position_chip(line)
        found.append(line)
    return found


def state_chip(meeting: Meeting) -> Chip:
    """The state of a meeting in words."""
    return (*STATES[meeting.state], meeting.get_state_display())


def paper_chip(meeting: Meeting, item: AgendaItem, papers: Iterable[Paper]) -> Chip:
    """Whether the papers to an item are in, late, due or missing."""
    there = [paper for paper in papers if paper.state in agenda.IN]
    if there:
        return (
            ("bad", "alert", pgettext("words, council", "Late"))
            if any(paper.late for paper in there)
            else ("ok", "check", pgettext("words, council", "Received"))
        )
    if not agenda.needs_paper(item):
        return ("mute", "minus", pgettext("words, council", "No paper needed"))
    due = meeting.papers_deadline
    if due is None:
        return ("warn", "clock", pgettext("words, council", "Upcoming"))
    if due < membership.day_of(timezone.now(), meeting.time_zone):
        return ("bad", "alert", pgettext("words, council", "Missing"))
    return ("warn", "clock", pgettext("words, council", "Due %(day)s") % {"day": date_format(due, "j M")})


def position_chip(line: Line) -> Chip:
    """What the own State means to say, or that it is still to be written."""
    if line.position is None:
        if line.to_write:
            return ("warn", "clock", pgettext("words, council", "Position needed"))
        unneeded = line.item.kind not in TO_SPEAK_TO
        return ("mute", "minus", _("No position needed") if unneeded else _("No position written"))
    said = line.position.get_stance_display()
    if line.position.stance == Position.Stance.OPEN:
        return ("warn", "clock", said)
    if line.position.state == Position.State.DRAFT:
        return ("info", "pen", pgettext("words, council", "%(stance)s (draft)") % {"stance": said})
    return (STANCES[line.position.stance], "check", said)


def expect_votes(meeting: Meeting, found: list[Line], voting: list[Any]) -> None:
    """Put on each item to decide what adopts it, and whether the States that announced themselves are enough.

    `voting` are the delegations of Member States. No query, two where only States with a vote are counted.
    """
    if meeting.rule_set is None:
        return
    rules = membership.rules_of(meeting.rule_set)
    coming = sum(row.answer == "accepted" for row in voting)
    asked = [(line, rules.question(line.drafts[0].question if line.drafts else "DECISION")) for line in found]
    counted = any(question and question.base == ENTITLED for _line, question in asked)
    entitled = _entitled(meeting, rules, voting) if counted else 0
    for line, question in asked:
        if not line.to_decide or question is None:
            continue
        base = entitled if question.base == ENTITLED else len(voting)
        needed = question.required(base)
        words = {"needed": needed, "base": base, "coming": coming}
        line.expected = _("%(needed)s of %(base)s needed; %(coming)s announced") % words
        line.short = coming < needed


def _entitled(meeting: Meeting, rules: RuleSet, voting: list[Any]) -> int:
    """How many of the Member States have a vote on the day of the opening. Two queries."""
    day = membership.day_of(meeting.starts_at, meeting.time_zone)
    members = [row.party_id for row in voting]
    waived = tuple(Waiver(party, day, day) for party in membership.waivers(day))
    return len(members) - len(disqualified(rules, day, members, membership.arrears(day), waived))


def quorum(meeting: Meeting, voting: list[Any]) -> int | None:
    """Member States that must be present, None before the call."""
    return membership.rules_of(meeting.rule_set).quorum.required(len(voting)) if meeting.rule_set else None


def own_open_items(actor: Actor) -> list[Any]:
    """Items that the actor's own party proposed and that are still open, in any meeting. One query."""
    rows = AgendaItem.objects.visible_to(actor).filter(originator_id=actor.party_code, state__in=[*AgendaItem.OPEN])
    return list(rows.select_related("meeting").order_by("meeting__starts_at", "position"))


def days_to(meeting: Meeting, now: datetime.datetime | None = None) -> int:
    """Calendar days to the opening at the place; negative when it is over."""
    opening = membership.day_of(meeting.starts_at, meeting.time_zone)
    return (opening - membership.day_of(now or timezone.now(), meeting.time_zone)).days


def credentials_chip(row: Delegation) -> tuple[str, str, str]:
    """The state of a delegation's credentials in words."""
    return (*CREDENTIALS[row.credentials], row.get_credentials_display())


def figures(meeting: Meeting, found: list[Line], voting: list[Any], own: Any) -> list[tuple[Any, str, str, str]]:
    """(figure, what it counts, line below, its class) of the meeting's page; only what the desk sees is counted."""
    decide = sum(line.to_decide for line in found)
    late = sum(line.late for line in found)
    coming = sum(row.answer == "accepted" for row in voting)
    rows: list[tuple[Any, str, str, str]] = [
        (
            len(found),
            pgettext("words, council", "Items"),
            pgettext("words, council", "%(n)s for decision") % {"n": decide},
            "t-mute",
        ),
        (
            sum(line.paper_in for line in found),
            pgettext("words, council", "Papers received"),
            _("%(n)s late or missing") % {"n": late} if late else "",
            "t-bad",
        ),
    ]
    if own is not None:
        to_write = sum(line.to_write for line in found)
        said = pgettext("words, council", "%(n)s to write") % {"n": to_write} if to_write else ""
        rows.append(
            (
                sum(line.position is not None for line in found),
                pgettext("words, council", "Our positions"),
                said,
                "t-warn",
            )
        )
    needed = quorum(meeting, voting)
    if needed is not None:
        enough = "t-ok" if coming >= needed else "t-warn"
        rows.append(
            (
                needed,
                pgettext("words, council", "Quorum"),
                pgettext("words, council", "%(n)s expected") % {"n": coming},
                enough,
            )
        )
    return rows
