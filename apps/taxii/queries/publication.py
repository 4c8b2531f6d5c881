"""Which collections should hold a report by the rule of release, and what they hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apps.access.database_context import beyond
from apps.access.models import Dispatch
from apps.people.models import Desk
from apps.rifc import policy as rifc
from apps.rifc.models import Paragraph, Recall, Report
from apps.rifc.queries import rule, vocabulary
from apps.rifc.rules import facts as words
from apps.rifc.rules.channels import by_machine
from apps.rifc.rules.facts import Facts, Viewer
from apps.rifc.rules.gradings import COMMON, shown_in_common
from apps.rifc.rules.release import FULL, view
from apps.taxii import policy
from apps.taxii.models import Entry, Publication
from apps.taxii.queries import exchanged_opinions, statements
from apps.taxii.stix.exports import Edition, Marking, Section

OUT = frozenset({*Report.OUT, Report.State.ARCHIVED})
SERVICE_RANK = 2
"""Rank of the seat in which a desk's programs act (apps.people.actions.seats)."""

REGIONAL = 0
"""In place of a desk: the collection of the whole community."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report's versions, and by desk (or REGIONAL) which of them its programs may fetch, newest last."""

    versions: list[Report] = field(default_factory=list)
    by_desk: dict[int, list[Report]] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    """Those whose programs may have persons and things as well."""


def wanted(thread: Any) -> Wanted:
    """What the rule says now of a report. A dozen queries, however many desks."""
    versions = versions_of(thread)
    found, said = rule.facts_of(versions), exchanged_opinions.of(versions)
    desks = _desks(versions, found.values())
    mou, associates = rule.members(), rule.kinds_of_parties(["associate_member"])
    by_desk: dict[int, list[Report]] = defaultdict(list)
    for row in versions:
        facts = found[row.pk]
        if facts.state == "recalled" or said[row.pk].replaced or not by_machine(facts):
            continue
        for desk in desks:
            if _sent(facts, desk) and view(facts, viewer(desk, mou, associates)).result == FULL:
                by_desk[desk.pk].append(row)
        if for_all(facts):
            by_desk[REGIONAL].append(row)
    members = {desk.pk for desk in desks if desk.function_id in rifc.CISNET}
    return Wanted(versions, dict(by_desk), frozenset({REGIONAL, *members}))


def versions_of(thread: Any) -> list[Report]:
    """Versions of a report that were ever shared, the first first."""
    rows = (
        beyond(Report.objects.all(), "sharing")
        .filter(thread=thread, state__in=sorted(OUT))
        .select_related("originator")
    )
    return list(rows.order_by("edition"))


def for_all(facts: Facts) -> bool:
    """Whether a version is open to every desk of the community alike (V11)."""
    open_to_all = facts.tlp in {words.CLEAR, words.GREEN} and not facts.orcon and not facts.eyes
    return open_to_all and not facts.handling & words.CLOSES_COMMUNITY


def _desks(versions: Sequence[Report], found: Iterable[Facts]) -> list[Any]:
    """Desks that could have a version: its own, those it was sent to, and its party's point of contact."""
    codes = {code for facts in found for code in facts.recipients | facts.forwards | {facts.desk}}
    parties = {row.originator_id for row in versions}
    rows = Desk.objects.filter(active=True, function__in=sorted(policy.FETCHES)).select_related("function")
    return list(rows.filter(code__in=codes) | rows.filter(party__in=parties, function="contact"))


def _sent(facts: Facts, desk: Any) -> bool:
    """Not what a desk only sees because everybody does: that stands in the regional collection."""
    return desk.party_id == facts.originator or desk.code in facts.recipients | facts.forwards


def viewer(desk: Any, mou: dict[str, Any], associates: dict[str, str]) -> Viewer:
    """A desk's programs as the rule knows them."""
    return Viewer(
        party=desk.party_id,
        desk=desk.code,
        clearance=desk.function.max_level,
        person="",
        roles=rifc.roles(desk.function_id, SERVICE_RANK),
        mou=desk.party_id in mou,
        associate=desk.party_id in associates,
        community=desk.function_id in rifc.CISNET,
    )


def editions(versions: Sequence[Report]) -> dict[Any, Edition]:
    """Versions of one report as they are exported, by key. Five queries beside the lists of the day."""
    recalled, known = _recalled(versions), exchanged_opinions.of(versions)
    said = statements.said(versions[0].thread) if versions else statements.NOTHING
    paragraphs: dict[Any, list[Paragraph]] = defaultdict(list)
    for one in Paragraph.objects.filter(report__in=[row.pk for row in versions]).order_by("order"):
        paragraphs[one.report_id].append(one)
    found: dict[Any, Edition] = {}
    began: dict[int, Any] = {}
    first: dict[tuple[int, Any], Any] = {}
    for row in sorted(versions, key=lambda one: one.edition):
        life = sum(edition < row.edition for edition in recalled)
        since = began.setdefault(life, row.shared_at)
        for one in paragraphs[row.pk]:
            first.setdefault((life, one.pid), row.shared_at)
        view = known[row.pk]
        sections = [
            replace(section(row, one, first[life, one.pid]), judged=view.judged.get(str(one.pid)))
            for one in paragraphs[row.pk]
        ]
        told = statements.told(said, paragraphs[row.pk])
        found[row.pk] = replace(edition_of(row, life, since, sections), told=told, opinions=view.opinions)
    return found


def _recalled(versions: Sequence[Report]) -> set[int]:
    """Editions that ended a life of the report: the last of those that one recall took back together."""
    of = {row.pk: row.edition for row in versions}
    last: dict[Any, int] = {}
    for report, at in Recall.objects.filter(report__in=list(of)).values_list("report_id", "at"):
        last[at] = max(last.get(at, 0), of[report])
    return set(last.values())


def edition_of(row: Report, life: int, since: Any, sections: Sequence[Section]) -> Edition:
    """A version as it is exported."""
    return Edition(
        thread=str(row.thread),
        life=life,
        number=row.number,
        party=row.originator_id,
        party_name=row.originator.name,
        title=row.title,
        summary=row.summary,
        language=row.language or "en",
        since=since,
        shared=row.shared_at,  # type: ignore[arg-type]
        marking=_marking(row, row.level),
        categories=tuple(row.threat_categories),
        sections=tuple(sections),
    )


def _marking(row: Report, level: int) -> Marking:
    return Marking(
        classification=vocabulary.classification(level).code,
        owner=row.originator_id,
        tlp=row.tlp,
        orcon=row.orcon,
        eyes=tuple(sorted(row.eyes)),
        handling=tuple(sorted(row.handling)),
    )


def section(row: Report, one: Paragraph, since: Any) -> Section:
    """A paragraph as it is exported: never the reference of its source."""
    grade = vocabulary.grade(one.scheme, one.grade) if one.grade else None
    plain = Section(str(one.pid), one.order, one.text, _marking(row, one.portion), since=since)
    if grade is None:
        return plain
    return Section(
        *(plain.pid, plain.order, plain.text, plain.marking),
        scheme=grade.scheme.code,
        source=grade.source,
        information=grade.information,
        handling=grade.handling,
        common=grade.value if grade.scheme.code == COMMON else shown_in_common(grade),
        since=since,
    )


def threads() -> list[Any]:
    """Reports that are out, or that programs could fetch before."""
    shared = set(beyond(Report.objects.all(), "sharing").filter(state__in=sorted(OUT)).values_list("thread", flat=True))
    return sorted(shared | set(Publication.objects.values_list("thread", flat=True)))


def thread_of(report: Any) -> Any:
    """The report of a version; None where there is none."""
    return beyond(Report.objects.all(), "sharing").filter(pk=report).values_list("thread", flat=True).first()


def find_report_entries(thread: Any) -> dict[Any, list[Entry]]:
    """Entries about a report, by collection."""
    found: dict[Any, list[Entry]] = defaultdict(list)
    for one in Entry.objects.filter(thread=thread).select_related("collection", "object").order_by("date_added"):
        found[one.collection_id].append(one)
    return dict(found)


def is_followed(dispatch: Dispatch) -> bool:
    """Whether the same work waits once more: many facts are recorded together, and the last of them is enough."""
    same = Dispatch.objects.filter(listener=dispatch.listener, payload=dispatch.payload, done_at=None, dead_at=None)
    return bool(same.filter(pk__gt=dispatch.pk).exists())
