"""Decisions, meetings, papers and written procedures: the lists of the Council."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import Banner
from apps.access.templatetags.names import as_party, as_words
from apps.access.templatetags.portal import in_words
from apps.access.urgency import due
from apps.council.forms.decisions import meeting_line
from apps.council.models import Decision, Paper, WrittenProcedure
from apps.council.papers.actions import fields
from apps.council.papers.queries import papers
from apps.council.procedures.policy import may_prepare
from apps.council.procedures.queries.list_lines import list_lines
from apps.council.queries import briefs, decision_words, decisions, meetings
from apps.council.queries.meetings import title_of
from apps.pages.cells import Cell, Small
from apps.pages.columns import HIDE, RIGHT, Around, Col, Day, Moment, Party, Status, Title
from apps.pages.filters import Choice, Flag, Words
from apps.pages.lists import Blank, Button, List

MEMBERS: Banner = {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")}
PAPER_STATES = {
    "issued": ("ok", "circle-check"),
    "returned": ("warn", "undo"),
    "withdrawn": ("bad", "circle-x"),
    "superseded": ("mute", "history"),
    "draft": ("mute", "pen"),
}
FICTIONAL = pgettext_lazy("column, council", "fictional")


def _small_of_decision(row: Any) -> str:
    parts = [str(row.get_kind_display()), as_words(row.subject), str(FICTIONAL) if row.fictional else ""]
    return ", ".join(filter(None, parts))


def _news(row: Any) -> tuple[Any, ...]:
    """What the seat has not read yet."""
    words = {"new": pgettext("words, council", "New"), "changed": pgettext("words, council", "Changed")}
    return (words[row.news],) if row.news else ()


def _in_force(row: Any) -> Cell | None:
    if row.in_force_on:
        return Cell(Day.in_words(row.in_force_on), stamp=row.in_force_on.isoformat())
    if row.adopted_on and row.effective_on:
        return Cell(f"{pgettext('words, council', 'from')} {Day.in_words(row.effective_on)}", tone="q")
    return None


class Decisions(List):
    """Everything that the Council and its bodies have decided, or have before them."""

    of, address, opens = "council.decision", "council:decisions", "council:decision"
    creates = ("decision.draft", "council:decision_new")
    banner = MEMBERS
    title = pgettext_lazy("heading, council", "Decisions")
    sub = _("Decisions of the Council and its bodies, and proposals before them, that you may see.")
    noun = ngettext_lazy("%(n)d decision", "%(n)d decisions", "n")
    read = decisions.register
    columns = (
        Title(
            "title",
            pgettext_lazy("column, council", "Decision"),
            code="shown_number",
            small=_small_of_decision,
            marks=_news,
        ),
        Status("state", pgettext_lazy("column, council", "Status"), value=decision_words.state_chip),
        Day("adopted_on", pgettext_lazy("column, council", "Adopted"), sort="adopted_on"),
        Col(
            "in_force_on",
            pgettext_lazy("column, council", "In force"),
            value=_in_force,
            sort="in_force_on",
            nowrap=True,
        ),
        Col(
            "result",
            pgettext_lazy("column, council", "Result"),
            value=lambda row: decision_words.short_result(row.result),
        ),
        Party("proposer", pgettext_lazy("column, council", "Proposed by"), phone=HIDE),
    )
    search = Words(
        "q",
        _("Words or number"),
        by=lambda rows, words, _actor: decisions.found(rows, words),
        longest=200,
    )
    filters = (
        Choice("state", pgettext_lazy("field, council", "Status"), choices=Decision.State.choices),
        Choice("kind", pgettext_lazy("field, council", "Kind"), choices=Decision.Kind.choices),
        Choice(
            "meeting",
            pgettext_lazy("field, council", "Meeting"),
            choices=lambda actor: [(str(row.pk), meeting_line(row)) for row in decisions.meetings(actor)],
        ),
        Choice(
            "subject",
            pgettext_lazy("field, council", "Subject"),
            choices=lambda actor: [(name, as_words(name)) for name in decisions.subjects(actor)],
        ),
        Flag("binds_us", _("Only decisions that bind us"), by=lambda rows, _on, actor: decisions.binding(rows, actor)),
    )
    empty = Blank(
        _("No decisions yet"),
        _("Decisions appear here when they are proposed; your own drafts appear at once."),
        "landmark",
    )

    def lines(self, rows: list[Decision]) -> list[Any]:
        """Decisions, with whether the seat has read them as they are."""
        reads = decisions.last_reads(self.actor, rows) if rows else {}
        for row in rows:
            read, known = reads.get(str(row.pk)), row  # type: tuple[Any, Any]
            known.news = "" if read and read >= row.changed_at else ("changed" if read else "new")
            known.shown_number = str(row)
        return rows

    def more(self) -> list[Button]:
        """All of it as a book, and what the public sees."""
        return [
            Button(_("Book of decisions"), reverse("council:decision_book", args=["pdf"]), "download"),
            Button(pgettext("link, council", "Public register"), reverse("register"), "landmark"),
        ]


MEETING_COLUMNS = (
    Title(
        "title",
        pgettext_lazy("column, council", "Meeting"),
        value=title_of,
        small=lambda row: pgettext("column, council", "Demonstration") if row.fictional else "",
    ),
    Col("place", pgettext_lazy("column, council", "Place")),
    Moment("starts_at", pgettext_lazy("column, council", "Opening"), zone="time_zone"),
    Party(
        "chair",
        pgettext_lazy("field, council", "Chair"),
        small=lambda row: as_party(row.chair.short_name) if row.chair else "",
    ),
    Status("state", pgettext_lazy("column, council", "Status"), value=briefs.state_chip, phone=RIGHT),
)


class Coming(List):
    """Meetings to come, the next one first."""

    of, address, opens = "council.meeting", "council:meetings", "council:meeting"
    title = pgettext_lazy("heading, council", "Meetings")
    sub = _("Meetings of the Council and its bodies, from the call to the agreed minutes.")
    name = pgettext_lazy("words, council", "Upcoming meetings")
    noun = ngettext_lazy("%(n)d meeting to come", "%(n)d meetings to come", "n")
    read = meetings.coming
    columns = MEETING_COLUMNS
    order = ""
    ordered = _("the next one first")
    template = "council/meetings.html"
    creates = ("meeting.create", "council:meeting_new")
    banner = MEMBERS
    empty = Blank(_("No meeting has been called"), _("You are notified when the Secretariat calls one."), "calendar")


class Past(List):
    """Meetings of the past, the last one written first."""

    of, opens = "council.meeting", "council:meeting"
    title = pgettext_lazy("words, council", "Past meetings")
    noun = ngettext_lazy("%(n)d past meeting", "%(n)d past meetings", "n")
    read = meetings.over
    columns = MEETING_COLUMNS
    prefix = "past"
    export = None
    empty = Blank(_("No past meetings yet"), "", "history")


def _paper_for(row: Paper) -> Cell:
    """Its organ, and the meeting and item that it is for."""
    if not row.meeting:
        return Cell(row.organ.name)
    item = f": {row.item.title}" if row.item else ""
    return Cell(row.organ.name, (Small(f"{row.meeting.get_kind_display()} {row.meeting.number}{item}"),))


class Papers(List):
    """Papers of the Council's meetings: drafts of the desk, and what was issued to it."""

    of, address, opens = "council.paper", "council:papers", "council:paper"
    creates = ("paper.draft", "council:paper_new")
    title = pgettext_lazy("heading, council", "Papers")
    sub = _("Papers for Council meetings: your desk's drafts and papers issued to you.")
    name = _("Papers you can see")
    noun = ngettext_lazy("%(n)d paper", "%(n)d papers", "n")
    read = papers.rows
    columns = (
        Title(
            "title",
            pgettext_lazy("column, council", "Paper"),
            code="number",
            lang="language",
            marks=lambda row: (pgettext("words, council", "not opened yet"),) if row.unread else (),
        ),
        Col("organ", pgettext_lazy("column, council", "For"), value=_paper_for),
        Party("originator", pgettext_lazy("column, council", "From")),
        Day(
            "issued_at",
            pgettext_lazy("column, council", "Issued"),
            sort="issued_at",
            empty=pgettext_lazy("words, council", "not yet"),
        ),
        Status(
            "state",
            pgettext_lazy("column, council", "Status"),
            value=lambda row: (*PAPER_STATES.get(row.state, ("info", "clock")), row.get_state_display()),
            small=lambda row: Small(pgettext("words, council", "Late"), "warn", "timer") if row.late else "",
            phone=RIGHT,
        ),
    )
    search = Words(
        "q", _("Words or number"), by=lambda rows, words, _actor: papers.found(rows, words.strip()), longest=200
    )
    filters = (
        Choice("meeting", pgettext_lazy("field, council", "Meeting"), choices=papers.meetings_with_papers),
        Choice("state", pgettext_lazy("field, council", "Status"), choices=Paper.State.choices),
        Choice("language", pgettext_lazy("field, council", "Original language"), choices=fields.LANGUAGES),
        Flag("unread", _("Not opened by your desk yet"), by=lambda rows, _on, actor: papers.unread(rows, actor)),
    )
    empty = Blank(
        _("No papers yet"),
        _("Papers appear here when they are issued to your State; your desk's drafts appear at once."),
        "file-text",
    )

    def lines(self, rows: list[Paper]) -> list[Any]:
        """Papers, with whether they are still to be opened here."""
        unread = papers.unread_keys(self.actor, rows)
        found: list[Any] = rows
        for row in found:
            row.unread = row.pk in unread
        return found

    def marking(self, rows: list[Any]) -> Banner:
        """As the papers are."""
        return {"level": max((row.level for row in rows), default=1)}


def _own_answer(line: dict[str, Any]) -> Cell | None:
    """What the seat's own State has said or has still to do."""
    if line["said"]:
        return Cell(line["said"].get_kind_display())
    if line["sent"] and not line["sent"].receipt_at:
        return Cell(pgettext("button, council", "Confirm receipt"), chip=("warn", "mail"))
    return Cell(pgettext("words, council", "Silent")) if line["sent"] else None


class Deadline(Moment):
    """When a procedure ends, in the reader's time and in UTC."""

    def cell(self, row: Any, around: Around) -> Cell:
        """Both, or that it begins to run when all have received it."""
        at = row["it"].deadline
        if not at:
            return Cell(_("When all have confirmed receipt"))
        left = () if row["it"].state == "objected" else (Small(due(at, around.now)),)
        return Cell(in_words(at, around.zone), (*left, Small(in_words(at))), stamp=at.isoformat())


PROCEDURE = Title(
    "it.decision.title", pgettext_lazy("column, council", "Procedure"), code="it.reference", name="procedure"
)
PROCEDURE_STATUS = Status(
    "state", pgettext_lazy("column, council", "Status"), value=lambda line: line["chip"], phone=RIGHT
)


class Running(List):
    """Written procedures that run, the next deadline first."""

    of, address, opens, key = "council.writtenprocedure", "council:procedures", "council:procedure", "it.pk"
    title = pgettext_lazy("heading, council", "Written procedures")
    sub = _("A text sent to the States is adopted if no State with a vote objects before the deadline.")
    name = pgettext_lazy("words, council", "Running procedures")
    noun = ngettext_lazy("%(n)d running procedure", "%(n)d running procedures", "n")
    related = ("decision",)
    columns = (
        PROCEDURE,
        PROCEDURE_STATUS,
        Deadline("it.deadline", pgettext_lazy("column, council", "Deadline"), sort="deadline", name="deadline"),
        Col(
            "said",
            pgettext_lazy("column, council", "Your State"),
            value=_own_answer,
            may=lambda actor: actor.function == "ministry",
        ),
    )
    order = "deadline"
    ordered = _("the next deadline first")
    template = "council/procedures.html"
    empty = Blank(
        _("No running procedures"),
        _("Written procedures sent to your State appear here until their deadline."),
        "clock",
    )

    @staticmethod
    def read(actor: Actor | None) -> Any:
        """Those that have not ended."""
        return WrittenProcedure.objects.visible_to(actor).exclude(state__in=WrittenProcedure.ENDED)

    def lines(self, rows: list[Any]) -> list[Any]:
        """Each with its chip, and what the own State has received and answered."""
        return list_lines(self.actor, rows)

    def primary(self) -> Button | None:
        """Putting a decision in writing."""
        if not may_prepare(self.actor, None):
            return None
        return Button(_("Prepare a written procedure"), reverse("council:procedure_new"), "plus")


class Ended(List):
    """Written procedures that have ended, the last one first."""

    of, opens, key = "council.writtenprocedure", "council:procedure", "it.pk"
    title = pgettext_lazy("words, council", "Ended procedures")
    noun = ngettext_lazy("%(n)d ended procedure", "%(n)d ended procedures", "n")
    related = ("decision",)
    columns = (
        PROCEDURE,
        PROCEDURE_STATUS,
        Moment("it.ended_at", pgettext_lazy("column, council", "Ended"), name="ended"),
        Col("it.result.sentence", pgettext_lazy("column, council", "Result"), name="result"),
    )
    prefix = "past"
    export = None
    empty = Blank(pgettext_lazy("words, council", "None yet."), "", "history")

    @staticmethod
    def read(actor: Actor | None, before: Any = None) -> Any:
        """Those that have ended."""
        rows = WrittenProcedure.objects.visible_to(actor, before=before)
        return rows.filter(state__in=WrittenProcedure.ENDED)

    def lines(self, rows: list[Any]) -> list[Any]:
        """Each with its chip."""
        return list_lines(self.actor, rows)
