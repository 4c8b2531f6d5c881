"""A report as its page shows it: marking, gradings in words, versions, differences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.marking import Banner, of
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import vocabulary
from apps.rifc.rules.gradings import COMMON, Grade, lost, shown_in_common


@dataclass(frozen=True, slots=True)
class Graded:
    """A paragraph's grade in words. `common`: in 6×6 where it is of another scheme, `loss` that something is lost."""

    value: str
    scheme: str
    source: str
    information: str
    unknown: bool
    common: str
    loss: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph with its mark, its grade and, for the handler, its source."""

    row: Paragraph
    mark: str
    graded: Graded | None
    source_type: str
    reference: tuple[str, str] | None


def marking(report: Report) -> Banner:
    """The banner of a report: classification, TLP and all that limits its use."""
    return of(report)


def highest(reports: Sequence[Report]) -> Banner:
    """The banner of a list: the highest marking of anything shown, the narrowest TLP, every limit of use."""
    return of(*reports, intelligence=True)


def graded(row: Paragraph) -> Graded | None:
    """A paragraph's grade in words; None without one."""
    grade = vocabulary.grade(row.scheme, row.grade) if row.grade else None
    return in_words(grade) if grade else None


def in_words(grade: Grade) -> Graded:
    """A grade in the words of its scheme."""
    return Graded(
        grade.value,
        grade.scheme.title,
        grade.scheme.source[grade.source],
        grade.scheme.information[grade.information],
        grade.unknown,
        shown_in_common(grade),
        lost(grade),
    )


def shown(rows: Sequence[Paragraph], references: dict[Any, tuple[str, str]]) -> list[Shown]:
    """Paragraphs as the page shows them."""
    return [
        Shown(
            row,
            vocabulary.portion_mark(row.portion),
            graded(row),
            vocabulary.label_of("source_type", row.source_type) if row.source_type else "",
            references.get(row.pk),
        )
        for row in rows
    ]


def span(paragraphs: Sequence[Shown]) -> tuple[str, str]:
    """(best, worst) grade in 6×6 among those that can be judged; F and 6 are unknown, which is not the worst."""
    known = sorted(one.graded.common or one.graded.value for one in paragraphs if one.graded and not one.graded.unknown)
    return (known[0], known[-1]) if known else ("", "")


def handling_words(report: Report) -> list[tuple[str, str]]:
    """(code, meaning) of everything that limits the use of a report."""
    found = (
        [("ORCON", _("Recipients may not share anything without the originator's consent."))] if report.orcon else []
    )
    found += (
        [("EYES", pgettext("words, rifc", "For %(parties)s only.") % {"parties": ", ".join(report.eyes)})]
        if report.eyes
        else []
    )
    return found + [(code, vocabulary.label_of("handling", code)) for code in report.handling]


def as_given(report: Report, rows: Sequence[Paragraph], named: Sequence[str]) -> dict[str, Any]:
    """A version as the form of the next one begins with it; references of sources stay where they are."""
    names = (
        *("kind", "title", "summary", "tlp", "orcon", "handling", "eyes", "threat_categories", "language"),
        *("info_cutoff", "event_from", "event_to", "event_precision", "event_place", "valid_to"),
    )
    return {
        **{name: getattr(report, name) for name in names},
        "title_portion": vocabulary.portion_mark(report.title_level),
        "classification": vocabulary.classification(report.level).code,
        "named_persons": list(named),
        "paragraphs": [
            {
                "pid": str(row.pid),
                "text": row.text,
                "portion": vocabulary.portion_mark(row.portion),
                "scheme": row.scheme,
                "value": row.grade,
                "source_type": row.source_type,
                "cites": " ".join(map(str, row.cites)),
                "corroborated_by": " ".join(map(str, row.corroborated_by)),
                "releasable": "1" if row.releasable else "",
            }
            for row in rows
        ],
    }


def scheme_choices() -> list[tuple[str, str]]:
    """(code, short name) of the grading schemes, the common one first."""
    short = {COMMON: "6×6", "uk5x5x5": "5×5×5", "uk3x5x2": "3×5×2", "europol4x4": "4×4"}
    return [(code, short.get(code, code)) for code in vocabulary.schemes(vocabulary.today())]
