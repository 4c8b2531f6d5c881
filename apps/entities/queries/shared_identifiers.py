"""What parties hold of one identifier in reports that they do not see of each other. For the clock alone."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.entities.managers import WordsHash
from apps.entities.models import Assertion, MatchPolicy, SilentHit
from apps.rifc.models import NamedPerson, Paragraph, Report
from apps.rifc.queries import rule
from apps.rifc.rules.facts import CLOSES_COMMUNITY, Facts

NEVER, MUTUAL = MatchPolicy.Policy.NEVER, MatchPolicy.Policy.MUTUAL
OPEN_TLP = frozenset({"GREEN", "CLEAR"})
HELD = ("shared", "superseded", "archived")
"""States of a report whose material its party holds towards others: not what is still in writing, nor taken back."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties that hold one identifier unknown to each other. `mutual`: both want to be told."""

    mark: str
    field: str
    parties: tuple[str, str]
    mutual: bool


def policies(day: datetime.date | None = None) -> dict[str, str]:
    """What each party lets be said, where it says so itself. One query."""
    at = day or timezone.now().date()
    held = Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))
    return dict(MatchPolicy.objects.filter(held).order_by("valid_from").values_list("party_id", "policy"))


def pairs(marks: Iterable[str]) -> list[Pair]:
    """Pairs of parties for identifiers, by mark and codes; none where one of the two lets nothing be said."""
    said = policies()
    found = []
    for (mark, field), by_party in sorted(_holders(list(marks)).items()):
        codes = sorted(code for code in by_party if said.get(code) != NEVER)
        reports = [report for code in codes for report in by_party[code]]
        known = _seen_by(reports)
        for place, one in enumerate(codes):
            for other in codes[place + 1 :]:
                if _has(other, by_party[one], known) or _has(one, by_party[other], known):
                    continue
                mutual = said.get(one) == said.get(other) == MUTUAL
                found.append(Pair(mark, field, (one, other), mutual))
    return found


def _holders(marks: Sequence[str]) -> dict[tuple[str, str], dict[str, list[Report]]]:
    """{(mark, field): {originator: versions of its reports that hold it}}. One query for facts, one for reports."""
    versions = Report.objects.filter(state__in=HELD, recalled_at=None)
    standing = (
        Paragraph.objects.annotate(hashed=WordsHash(F("text")))
        .filter(report__thread=OuterRef("thread"), pid=OuterRef("pid"), hashed=OuterRef("words"))
        .filter(Exists(versions.filter(pk=OuterRef("report_id"))))
    )
    facts = Assertion.objects.filter(Exists(standing), mark__in=marks, state="current", kept_by=None)
    rows = list(facts.values_list("mark", "field", "thread"))
    by_thread: dict[Any, list[Report]] = defaultdict(list)
    for report in versions.filter(thread__in={thread for _mark, _field, thread in rows}):
        by_thread[report.thread].append(report)
    held: dict[tuple[str, str], dict[str, list[Report]]] = defaultdict(lambda: defaultdict(list))
    for mark, field, thread in rows:
        for report in by_thread[thread]:
            held[mark, field][report.originator_id].append(report)
    return held


def _has(party: str, reports: Sequence[Report], known: dict[Any, frozenset[str] | None]) -> bool:
    """Whether somebody of a party has one of the reports."""
    return any(seen is None or party in seen for seen in (known[row.pk] for row in reports))


def _seen_by(reports: Sequence[Report]) -> dict[Any, frozenset[str] | None]:
    """{version: parties of which somebody has it; None: all}. Five queries."""
    if not reports:
        return {}
    facts = rule.facts_of(reports)
    named = NamedPerson.objects.filter(report__in=list(facts), withdrawn_at=None)
    persons: dict[Any, set[str]] = defaultdict(set)
    for report, party in named.values_list("report_id", "user__home_party_id"):
        persons[report].add(party or "")
    return {pk: _parties(one, persons[pk]) for pk, one in facts.items()}


def _parties(one: Facts, persons: set[str]) -> frozenset[str] | None:
    if one.tlp in OPEN_TLP and not one.orcon and not (one.handling & CLOSES_COMMUNITY):
        return frozenset(one.eyes) or None
    return frozenset({code.partition(".")[0] for code in one.recipients | one.forwards} | persons)


def known_hits(found: Sequence[Pair]) -> set[tuple[str, tuple[str, ...]]]:
    """Pairs that were raised before, whatever became of them. One query."""
    rows = SilentHit.objects.filter(mark__in={one.mark for one in found}).values_list("mark", "parties")
    return {(mark, tuple(parties)) for mark, parties in rows}


def marks_of_version(pk: Any) -> list[str]:
    """Marks of identifiers that the report of a version holds. One query."""
    threads = Report.objects.filter(pk=pk).values("thread")
    rows = Assertion.objects.filter(thread__in=threads, state="current").exclude(mark="")
    return list(rows.values_list("mark", flat=True).distinct()[:1000])


def outlived(actor: Actor) -> list[SilentHit]:
    """Open hits that hold no longer: a report was taken back or shared, a fact withdrawn, a policy changed."""
    rows = list(SilentHit.objects.visible_to(actor).filter(state=SilentHit.State.OPEN).order_by("pk")[:500])
    still = {(one.mark, one.parties) for one in pairs({row.mark for row in rows})}
    return [row for row in rows if (row.mark, tuple(row.parties)) not in still]


def own_facts(actor: Actor, rows: Sequence[SilentHit]) -> dict[str, list[Assertion]]:
    """{mark: facts of the actor's own party that they see} of silent hits. One query."""
    found: dict[str, list[Assertion]] = defaultdict(list)
    facts = Assertion.objects.visible_to(actor).current().filter(mark__in={row.mark for row in rows})
    for fact in facts.filter(originator=actor.party_code).select_related("entity").order_by("pk"):
        found[fact.mark].append(fact)
    return found
