"""What the documents of a report need, from a stored draft or from sentences just compiled."""

from collections.abc import Iterable, Sequence
from typing import Any

from apps.access.models import Level
from apps.council.rules.documents import words as council_words
from apps.reports.models import Report
from apps.reports.queries.compilation import Compiled
from apps.reports.queries.drafts import sentences_of
from apps.reports.rules import words
from apps.reports.rules.documents import Bar, Printed, PrintedSection
from apps.reports.rules.templates import Template

DRAFT, COPY = "DRAFT – not issued", "Working copy – not issued"


def of_report(report: Report, template: Template, *, rows: Iterable[Any] | None = None, issued: bool = True) -> Printed:
    """The present draft of a report; `issued` leaves out what only its drafters may know."""
    sentences = list(sentences_of(report)) if rows is None else list(rows)
    return Printed(
        title=report.title,
        reference=report.reference,
        addressee=report.addressee,
        covers=report.covers,
        as_of=report.as_of,
        known_at=report.known_at,
        level=council_words.level(report.level if issued else max(report.level, Level.OFFICIAL)),
        caveat="" if issued else DRAFT,
        version=str(report.draft),
        fictional=report.fictional,
        sections=sections(template, sentences, with_gaps=not issued),
        bars=bars(sentences),
        bar_title=bar_title(report),
    )


def of_compiled(template: Template, sentences: Sequence[Compiled], frame: Any) -> Printed:
    """A report that is no record: straight from the register, for the command line."""
    return Printed(
        title=template.title,
        reference=f"{template.prefix}/{frame.as_of.isoformat()}",
        addressee=template.addressee,
        covers="",
        as_of=frame.as_of,
        known_at=frame.known_at,
        level=council_words.level(max(template.max_level, Level.OFFICIAL)),
        caveat=COPY,
        version="1",
        fictional=False,
        sections=sections(template, sentences, with_gaps=True),
        bars=bars(sentences),
        bar_title=bar_title(frame),
    )


def sections(template: Template, sentences: Sequence[Any], *, with_gaps: bool) -> tuple[PrintedSection, ...]:
    """The sections of a template with what is said in each."""
    found = []
    for section in template.sections:
        own = [one for one in sentences if one.section == section.id]
        gaps = [one for one in own if not said(one) and one.gap_reason]
        found.append(
            PrintedSection(
                title=section.title,
                place=section.place,
                sentences=tuple(said(one) for one in own if said(one)),
                listed=any("/" in one.key for one in own),
                lines=next((tuple(one.values["lines"]) for one in own if one.values.get("lines")), ()),
                gaps=tuple(f"{one.key}: {one.gap_reason}" for one in gaps) if with_gaps else (),
            )
        )
    return tuple(found)


def said(one: Any) -> str:
    """What a stored or compiled sentence says."""
    return str(getattr(one, "hand", "") or one.text)


def bars(sentences: Iterable[Any]) -> tuple[Bar, ...]:
    """The figure: systems with a count of Member States, each once, the most used first."""
    found: dict[str, Bar] = {}
    for one in sentences:
        name, n, of = (one.values.get(key) for key in ("system.name", "n", "N"))
        if name and n is not None and of and one.text:
            found.setdefault(name, Bar(str(name), str(one.values.get("system.short") or name), int(n), int(of)))
    return tuple(sorted(found.values(), key=lambda bar: (-bar.n, bar.name)))


def bar_title(about: Any) -> str:
    """The caption of the figure, in the report's own language."""
    return f"Member States using each system, {words.day(about.as_of)}"
