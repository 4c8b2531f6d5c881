"""Reports as pages show them: lists, one report with its sections, and what waits in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.council.rules.text_differences import ADDED, REMOVED, SAME, Piece, compare_texts
from apps.reports.managers import DRAFTERS
from apps.reports.models import Clearance, HandEdit, RenderedSentence, Report, Transmission
from apps.reports.rules.edits import tinted
from apps.reports.rules.templates import Section, Template

Chip = tuple[str, str, Any]
STATES: dict[str, tuple[str, str]] = {
    "draft": ("mute", "pen"),
    "compiled": ("info", "pen"),
    "in_clearance": ("warn", "clock"),
    "returned": ("bad", "undo"),
    "approved": ("ok", "check"),
    "issued": ("ok", "check"),
    "corrected": ("mute", "history"),
}
CLEARANCES: dict[str, tuple[str, str]] = {
    "asked": ("warn", "clock"),
    "agreed": ("ok", "check"),
    "objected": ("vio", "minus"),
    "returned": ("bad", "undo"),
    "ended": ("mute", "minus"),
}
READY: Chip = ("ok", "check", pgettext_lazy("words, reports", "Ready"))


@dataclass(slots=True)
class Line:
    """One sentence of the page: its stretches as they are said, and its clearances."""

    row: RenderedSentence
    stretches: list[tuple[str, bool]]
    clearances: list[Clearance] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        """Whether it is one of several of its kind."""
        return "/" in self.row.key


@dataclass(slots=True)
class Part:
    """One section of the page."""

    section: Section
    number: int
    lines: list[Line]
    chip: Chip = READY

    @property
    def chart(self) -> list[tuple[int, str]]:
        """(depth, name) of the bodies of an organisation chart, where the section has one."""
        for line in self.lines:
            names = line.row.values.get("lines") if line.row.text else None
            if names:
                return [(name.count("– "), name.replace("– ", "")) for name in names]
        return []


def drafts(actor: Actor) -> bool:
    """Whether the actor belongs to those who write reports."""
    return actor.function in DRAFTERS


def find_reports(actor: Actor) -> Any:
    """Reports that the actor may see, with what their page names."""
    related = ("template", "request", "party", "meeting", "corrects")
    return Report.objects.visible_to(actor).select_related(*related)


def state_chip(report: Report) -> Chip:
    """The state of a report in words; a compiled one says its draft."""
    kind, picture = STATES[report.state]
    if report.state == Report.State.COMPILED:
        return kind, picture, pgettext("words, reports", "Draft %(n)s") % {"n": report.draft}
    return kind, picture, report.get_state_display()


def clearance_chip(clearance: Clearance) -> Chip:
    """The state of a clearance in words."""
    return (*CLEARANCES[clearance.state], clearance.get_state_display())


def list_draft_sentences(actor: Actor, report: Report, draft: int | None = None) -> list[RenderedSentence]:
    """Sentences of a draft that the actor may see, in their order. One query."""
    number = report.draft if draft is None else draft
    seen = RenderedSentence.objects.visible_to(actor).filter(report=report, draft=number)
    return list(seen.order_by("position"))


def list_draft_clearances(actor: Actor, report: Report) -> list[Clearance]:
    """Clearances of the present draft that the actor may see. One query."""
    seen = Clearance.objects.visible_to(actor).filter(report=report, draft=report.draft)
    return list(seen.select_related("party").order_by("party__roll_call_order", "party_id"))


def list_report_sections(
    template: Template, found: Sequence[RenderedSentence], asked: Sequence[Clearance]
) -> list[Part]:
    """The sections that have something to say or to lack, numbered as they are printed."""
    made: list[Part] = []
    for section in template.sections:
        lines = [_line(row, asked) for row in found if row.section == section.id]
        if lines:
            number = sum(part.section.place == "body" for part in made) + 1 if section.place == "body" else 0
            made.append(Part(section, number, lines, _chip(lines)))
    return made


def _line(row: RenderedSentence, asked: Iterable[Clearance]) -> Line:
    stretches = tinted(row.hand, row.stretches) if row.hand else [(text, computed) for text, computed in row.stretches]
    return Line(row, stretches, [one for one in asked if row.key in one.keys])


def _chip(lines: Sequence[Line]) -> Chip:
    """What is still open in a section, the gravest first."""
    if any(not line.row.said for line in lines):
        return "bad", "alert", pgettext("words, reports", "Gap")
    if any(line.row.moved for line in lines):
        return "bad", "alert", pgettext("words, reports", "Figure changed")
    states = {one.state for line in lines for one in line.clearances}
    if Clearance.State.RETURNED in states:
        return "bad", "undo", pgettext("words, reports", "Returned")
    if Clearance.State.ASKED in states:
        return "warn", "clock", pgettext("words, reports", "In clearance")
    if any(line.row.unnamed for line in lines):
        return "vio", "minus", _("Names left out")
    if any(line.row.hand for line in lines):
        return "info", "pen", _("Edited by hand")
    return READY


def ready(made: Sequence[Part]) -> int:
    """How many sections have nothing open."""
    return sum(part.chip[0] in {"ok", "info", "vio"} for part in made)


def moved(found: Sequence[RenderedSentence]) -> list[RenderedSentence]:
    """Sentences whose figures moved and were not accepted."""
    return [row for row in found if row.moved]


def between(before: RenderedSentence | None, after: RenderedSentence | None) -> list[Piece]:
    """What one says against the other, word by word; where one of them is a gap, the whole of both."""
    was, now = _told(before), _told(after)
    if all(row is None or row.said for row in (before, after)):
        return compare_texts(was, now)
    if was == now:
        return [Piece(was, SAME)]
    return [Piece(text, kind) for text, kind in ((was, REMOVED), (now, ADDED)) if text]


def _told(row: RenderedSentence | None) -> str:
    if row is None:
        return ""
    return row.said or pgettext("words, reports", "Gap: %(reason)s") % {"reason": row.gap_reason}


def moved_words(rows: Iterable[RenderedSentence]) -> list[tuple[str, str, str]]:
    """(sentence, words that went, words that came) of each figure that moved."""
    found = []
    for row in rows:
        pieces = compare_texts(row.was, row.text or row.gap_reason)
        gone, come = ("".join(each.text for each in pieces if each.kind == kind).strip() for kind in (REMOVED, ADDED))
        found.append((row.key, gone, come))
    return found


def moved_in_words(report: Report, count: int) -> str:
    """ "One figure moved since draft 5." """
    sentence = ngettext(
        "%(n)s figure has changed since draft %(draft)s.", "%(n)s figures have changed since draft %(draft)s.", count
    )
    return sentence % {"n": count, "draft": report.draft - 1}


def edits(actor: Actor, report: Report, key: str) -> list[HandEdit]:
    """What hands changed in a sentence, the last first. One query."""
    seen = HandEdit.objects.visible_to(actor).filter(report=report, key=key)
    return list(seen.select_related("desk").order_by("-at"))


def transmissions(actor: Actor, report: Report) -> list[Transmission]:
    """How a report was sent. One query."""
    return list(Transmission.objects.visible_to(actor).filter(report=report).order_by("at"))


def answered(actor: Actor, states: Iterable[str]) -> Any:
    """Reports of these states about which no State is still asked anything."""
    asked = Clearance.objects.filter(report=OuterRef("pk"), draft=OuterRef("draft"), state=Clearance.State.ASKED)
    return Report.objects.visible_to(actor).filter(state__in=list(states)).exclude(Exists(asked))


def own_clearances(actor: Actor) -> list[Clearance]:
    """What the actor's State is or was asked, the open ones first. One query."""
    if actor.function != "ministry":
        return []
    seen = Clearance.objects.visible_to(actor).filter(party=actor.party_code).select_related("report")
    found = list(seen.order_by("-pk")[:50])
    return sorted(found, key=lambda one: one.state != Clearance.State.ASKED)
