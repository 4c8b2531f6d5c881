"""What an assessment still lacks for its next step: (rule, place) of each finding."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.assessments.models import Assessment, Comment, Contribution, Judgement, Position, Signature
from apps.assessments.queries import parts, sources
from apps.assessments.queries.parts import Text
from apps.assessments.rules import acronyms, lint, prose, yardsticks
from apps.rifc.queries import vocabulary

Finding = tuple[str, str]
NO_REPORTING = "no reporting:"
LONGEST_PLACE = 120


def name_judgement(one: Judgement) -> str:
    """How a judgement is called."""
    return pgettext("words, assessments", "Judgement %(n)s") % {"n": one.order}


def circulation(row: Assessment) -> list[Finding]:
    """What keeps the text from going round: gaps, errors of the checks, markings, and what a signatory may not see."""
    written, judged = parts.texts(row), parts.judgements(row)
    found: list[Finding] = []
    if not written:
        found.append(("J-empty-section", pgettext("words, assessments", "The assessment")))
    found += [("J-empty-section", one.section.title) for one in written if not one.plain.strip()]
    found += [finding for one in judged for finding in judgement_gaps(row, one)]
    found += unseen(row, judged) + taken_back(row, judged) + recalled(written, judged)
    found += markings(row, written, judged)
    for where, finding in [*judgement_lint(row, judged), *text_lint(row, written)]:
        if finding.severity == lint.ERROR:
            found.append((finding.rule, where))
    return list(dict.fromkeys(found))


def judgement_gaps(row: Assessment, one: Judgement) -> Iterator[Finding]:
    """A judgement without likelihood, confidence or basis, without a source, or with words of another likelihood."""
    known = one.likelihood == yardsticks.NOT_GIVEN or yardsticks.band_of(row.yardstick, one.likelihood)
    if not known or one.confidence not in yardsticks.CONFIDENCE or not one.confidence_basis.strip():
        yield "J-judgement", name_judgement(one)
    if not one.cites and not one.confidence_basis.lower().startswith(NO_REPORTING):
        yield "J-citation", _("%(judgement)s is not based on any report") % {"judgement": name_judgement(one)}


def band_differs(row: Assessment, one: Judgement) -> bool:
    """Whether the words of a judgement have a band, and another than its likelihood."""
    chosen = yardsticks.band_of(row.yardstick, one.likelihood)
    if chosen is None:
        return False
    said = [yardsticks.band_of(row.yardstick, use.term) for use in yardsticks.uses(one.text)]
    bands = {(band.low, band.high) for band in said if band}
    return bool(bands) and (chosen.low, chosen.high) not in bands


def unseen(row: Assessment, judged: Iterable[Judgement]) -> list[Finding]:
    """J-citation for each judgement that rests on a report which somebody who signs may not see. The report is not
    named: who reads the finding may be one of them."""
    rows = list(judged)
    threads = {cite.report for one in rows for cite in one.cites}
    missing = sources.blind(row, threads - sources.recalled(threads))
    found = []
    for one in rows:
        parties = sorted({party for cite in one.cites for party in missing.get(cite.report, [])})
        if parties:
            said = _("%(judgement)s is based on a report that %(parties)s cannot see")
            found.append(("J-citation", said % {"judgement": name_judgement(one), "parties": ", ".join(parties)}))
    return found


def taken_back(row: Assessment, judged: Iterable[Judgement]) -> list[Finding]:
    """J-withdrawn for each judgement that rests on a report which its State withdrew from this assessment."""
    given = Contribution.objects.filter(assessment=row).exclude(report=None)
    gone: set[Any] = set()
    kept: set[Any] = set()
    for report, at in given.values_list("report", "withdrawn_at"):
        (kept if at is None else gone).add(report)
    gone -= kept
    return [("J-withdrawn", name_judgement(one)) for one in judged if any(cite.report in gone for cite in one.cites)]


def recalled(written: Sequence[Text], judged: Sequence[Judgement]) -> list[Finding]:
    """J-recalled for each judgement and section that rests on a report which was recalled. One query."""
    gone = sources.recalled({cite.report for one in judged for cite in one.cites} | cited_in(written))
    found = [("J-recalled", name_judgement(one)) for one in judged if any(cite.report in gone for cite in one.cites)]
    return found + [("J-recalled", text.section.title) for text in written if gone & cited_in([text])]


def markings(row: Assessment, written: Sequence[Text], judged: Sequence[Judgement]) -> list[Finding]:
    """L16 for what is marked above the ceiling, J-marking for what is marked below the reports that it rests on."""
    threads = {cite.report for one in judged for cite in one.cites} | cited_in(written)
    levels = {thread: report.level for thread, report in sources.in_force(threads).items()}
    found: list[Finding] = []
    for one in judged:
        found += _marking(row, name_judgement(one), one.level, [levels.get(cite.report, 0) for cite in one.cites])
    for text in written:
        for number, block in enumerate(text.paragraphs, start=1):
            rests = [levels.get(uuid.UUID(report), 0) for report, _para in block.cites if prose.is_id(report)]
            level = text.section.level if block.level is None else block.level
            found += _marking(row, _paragraph(text, number), level, rests)
    return found


def _marking(row: Assessment, where: str, level: int, rests: Sequence[int]) -> Iterator[Finding]:
    if level > row.level:
        yield "L16", where
    if max(rests, default=0) > level:
        yield "J-marking", where


def _paragraph(text: Text, number: int) -> str:
    said = pgettext("words, assessments", "%(section)s, paragraph %(n)s") % {"section": text.section.title, "n": number}
    return said[:LONGEST_PLACE]


def cited_in(written: Iterable[Text]) -> set[uuid.UUID]:
    """Reports that paragraphs cite."""
    cites = (report for text in written for block in text.paragraphs for report, _para in block.cites)
    return {uuid.UUID(report) for report in cites if prose.is_id(report)}


def judgement_lint(row: Assessment, judged: Iterable[Judgement]) -> list[tuple[str, lint.Found]]:
    """Findings in the words of judgements, and J-band as L.. does not know it."""
    found = []
    for one in judged:
        asked = lint.Asked(
            one.text,
            lint.JUDGEMENT,
            row.yardstick,
            cited=bool(one.cites),
            portion=vocabulary.portion_mark(one.level),
            document=vocabulary.portion_mark(row.level),
        )
        # a statement of the present has no likelihood
        skip = {"L14"} if one.likelihood == yardsticks.NOT_GIVEN else set()
        found += [(name_judgement(one), each) for each in lint.lint(asked) if each.rule not in skip]
        if band_differs(row, one):
            found.append((name_judgement(one), lint.Found("J-band", 0, len(one.text), "warning")))
    return found


def text_lint(row: Assessment, written: Iterable[Text]) -> list[tuple[str, lint.Found]]:
    """Findings in paragraphs of the sections."""
    found = []
    for text in written:
        for number, block in enumerate(text.paragraphs, start=1):
            if block.kind == "heading":
                continue
            asked = lint.Asked(block.text, "text", row.yardstick, cited=bool(block.cites))
            found += [(_paragraph(text, number), one) for one in lint.lint(asked)]
    return found


def unexplained(written: Iterable[Text], parties: Iterable[str]) -> list[str]:
    """Abbreviations that the text never writes out; codes of parties are known."""
    known = frozenset(parties) | {"CARICOM", "TLP", "UTC"}
    return acronyms.unexplained("\n".join(one.plain for one in written), known)


def find_missing_contributions(row: Assessment, today: datetime.date) -> list[Finding]:
    """Parties that owe a contribution before the last day of the call."""
    if is_over(row, row.State.CALL_OPEN, today):
        return []
    given = Contribution.objects.filter(assessment=row, withdrawn_at=None).values_list("party_id", flat=True)
    return [("J-contributions", party) for party in sorted(set(row.accepted) - set(given))]


def blocking(row: Assessment) -> list[Finding]:
    """Blocking comments that are not closed."""
    rows = Comment.objects.filter(assessment=row, kind=Comment.Kind.BLOCKING).exclude(outcome=Comment.Outcome.CLOSED)
    return [("J-blocking", party) for party in sorted(set(rows.values_list("party_id", flat=True)))]


def freezing(row: Assessment) -> list[Finding]:
    """What keeps the text from being frozen: blocking comments, no judgement, and what changed since it went round."""
    found = blocking(row)
    if not parts.judgements(row):
        found.append(("J-judgement", _("The assessment has no judgements")))
    return found + circulation(row)


def missing_positions(row: Assessment, judged: Sequence[Judgement], said: Iterable[Position]) -> list[str]:
    """Parties without a position on the present words of every judgement."""
    now = {one.pk: parts.judgement_sha256(one) for one in judged}
    taken = {(one.party_id, one.judgement_id) for one in said if now.get(one.judgement_id) == one.judgement_sha256}
    return [party for party in sorted(row.accepted) if any((party, key) not in taken for key in now)]


def find_missing_positions(row: Assessment, today: datetime.date) -> list[Finding]:
    """Parties that owe a position before the last day; after it, silence is printed as no position."""
    if is_over(row, row.State.POSITIONS, today):
        return []
    return [("J-positions", party) for party in missing_positions(row, parts.judgements(row), parts.positions(row))]


def unsigned(row: Assessment, sha256: str, signed: Iterable[Signature]) -> list[str]:
    """Parties that neither signed this very text nor refused to."""
    done = {one.party_id for one in signed if one.void_at is None and one.content_sha256 == sha256}
    return [party for party in sorted(row.accepted) if party not in done]


def release(row: Assessment) -> list[Finding]:
    """What keeps it from being released."""
    sha256 = parts.content_sha256(row)
    found: list[Finding] = [("J-signatures", party) for party in unsigned(row, sha256, parts.signatures(row))]
    judged, written = parts.judgements(row), parts.texts(row)
    found += unseen(row, judged) + taken_back(row, judged) + recalled(written, judged)
    return found + markings(row, written, judged)


def last_day(row: Assessment, step: str) -> datetime.date | None:
    """The last day of a step; None for a step without one."""
    text: Any = row.due.get(step)
    return datetime.date.fromisoformat(text) if text else None


def is_over(row: Assessment, step: str, today: datetime.date) -> bool:
    """Whether the last day of a step is over."""
    day = last_day(row, step)
    return day is not None and day < today
