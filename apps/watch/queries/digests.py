"""What a digest may hold: asked of the rule for each desk of its audience; and what one reader sees of it."""

import dataclasses
import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.grants import groups_that_see
from apps.people.models import Desk
from apps.rifc import policy as rifc_policy
from apps.rifc.models import Receipt, Report
from apps.rifc.queries import rule, vocabulary
from apps.rifc.rules.channels import PDF, as_file, channel
from apps.rifc.rules.facts import CLEAR, CLOSES_COMMUNITY, GREEN, Viewer
from apps.rifc.rules.release import FULL, view
from apps.watch.models import Bulletin, BulletinReceipt, Digest, DigestItem
from apps.watch.queries.bulletins import facts as bulletin_facts

OPEN = (GREEN, CLEAR)
K = DigestItem.Kind
Key = tuple[str, str]
"""(kind, id of what an item points to)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an item shows: the number, title and marking of what it points to, never its text."""

    key: Key
    number: str
    title: str
    originator: str
    level: int
    tlp: str
    threats: tuple[str, ...]
    until: datetime.datetime | None
    ended: bool
    address: str


def find_digests(actor: Actor | None, before: Any = None) -> Any:
    """Digests that the actor sees."""
    return Digest.objects.visible_to(actor, before=before).select_related("owner", "originator")


def items(digest: Digest) -> list[DigestItem]:
    """Items of a digest that one sees, in their order."""
    return list(DigestItem.objects.filter(digest=digest).order_by("position", "pk"))


def _span(digest: Any, column: str) -> Q:
    """That a moment lies in the week."""
    zone = datetime.UTC
    first = datetime.datetime.combine(digest.week_from, datetime.time(), zone)
    after = datetime.datetime.combine(digest.week_to + datetime.timedelta(days=1), datetime.time(), zone)
    return Q(**{f"{column}__gte": first, f"{column}__lt": after})


def community_reports(source: Any, digest: Any) -> Any:
    """Of a queryset of reports those of the week that are open to the whole community."""
    closed = Q(handling__overlap=[*sorted(CLOSES_COMMUNITY), "NOPRINT"])
    open_ones = source.filter(_span(digest, "shared_at"), state=Report.State.SHARED, tlp__in=OPEN, orcon=False)
    return open_ones.exclude(closed).select_related("originator").order_by("shared_at", "pk")[:500]


def week_reports(actor: Actor, digest: Any) -> Any:
    """Reports of the week that the actor sees: open to the community; of a ministry's digest, sent to that desk.

    That a ministry was sent something is known to itself and to who sent it: others are given none of it.
    """
    seen = Report.objects.visible_to(actor)
    if not digest.ministry:
        return community_reports(seen, digest)
    sent = Receipt.objects.visible_to(actor).filter(_span(digest, "added_at"), desk__code=digest.ministry)
    known = sent.exclude(state=Receipt.State.WITHDRAWN).filter(report=OuterRef("pk"))
    rows = seen.filter(Exists(known), state=Report.State.SHARED)
    return rows.select_related("originator").order_by("shared_at", "pk")[:500]


def candidates(actor: Actor, digest: Any) -> list[Any]:
    """Reports of the week, and for the community bulletins in force, that the drafter sees. Two queries."""
    reports = list(week_reports(actor, digest))
    if digest.ministry:
        return reports
    bulletins = Bulletin.objects.visible_to(actor).filter(state__in=sorted(Bulletin.IN_FORCE))
    return [*reports, *bulletins.select_related("originator").order_by("issued_at", "pk")[:100]]


def key_of(row: Any) -> Key:
    """How an item points to a report or bulletin."""
    return (K.REPORT.value, str(row.thread)) if isinstance(row, Report) else (K.BULLETIN.value, str(row.pk))


def entry_of(row: Any) -> Entry:
    """A report or bulletin as a digest shows it."""
    report = isinstance(row, Report)
    return Entry(
        key=key_of(row),
        number=row.number,
        title=row.title,
        originator=row.originator_id,
        level=row.level,
        tlp=row.tlp,
        threats=tuple(row.threat_categories) if report else (),
        until=None if report else row.valid_to,
        ended=not report and row.state not in Bulletin.IN_FORCE,
        address="rifc:report" if report else "watch:bulletin",
    )


def pointed_to(source: Sequence[DigestItem]) -> list[Any]:
    """The newest shared versions and the bulletins that items point to, for the rule to judge. Two queries."""
    threads = [one.subject for one in source if one.kind == K.REPORT]
    keys = [one.subject for one in source if one.kind == K.BULLETIN]
    found = Report.objects.filter(thread__in=threads, state__in=sorted(Report.OUT)).order_by("thread", "-edition")
    newest = {row.thread: row for row in reversed(list(found.select_related("originator")))}
    bulletins = Bulletin.objects.filter(pk__in=keys).exclude(state="draft").select_related("originator")
    return [*newest.values(), *bulletins]


def fit(found: Iterable[Any], desks: Iterable[str]) -> dict[Key, frozenset[str]]:
    """{item: desks that may have it, in a document too} by the rule of release. Nine queries."""
    rows_ = list(found)
    reports = [row for row in rows_ if isinstance(row, Report)]
    bulletins = [row for row in rows_ if not isinstance(row, Report)]
    viewers = _viewers(desks)
    facts = rule.facts_of(reports)
    answer = {
        key_of(row): frozenset(
            code
            for code, viewer in viewers.items()
            if view(facts[row.pk], viewer).result == FULL
            and channel(facts[row.pk], viewer, PDF).result.startswith(FULL)
        )
        for row in reports
    }
    sent: dict[Any, set[str]] = {row.pk: {row.owner.code} for row in _with_owner(bulletins)}
    for key, code in BulletinReceipt.objects.filter(bulletin__in=list(sent)).values_list("bulletin_id", "desk__code"):
        sent[key].add(code)
    for row in bulletins:
        known = dataclasses.replace(bulletin_facts(row, ""), recipients=frozenset(sent[row.pk]))
        able = {code for code in sent[row.pk] & set(viewers) if view(known, viewers[code]).result == FULL}
        answer[key_of(row)] = frozenset(able if row.state != "cancelled" and as_file(row) else ())
    return answer


def _with_owner(bulletins: Sequence[Any]) -> list[Any]:
    return list(Bulletin.objects.filter(pk__in=[row.pk for row in bulletins]).select_related("owner"))


def _viewers(desks: Iterable[str]) -> dict[str, Viewer]:
    """Somebody of each desk, cleared for what the desk may hold. Three queries."""
    found = rule.targets(desks)
    return {
        code: Viewer(
            party=one.party,
            desk=code,
            clearance=one.ceiling,
            person="",
            mou=one.mou,
            associate=one.associate,
            community=code.partition(".")[2] in rifc_policy.CISNET,
        )
        for code, one in found.items()
    }


def list_digest_items(actor: Actor, digest: Digest) -> list[tuple[DigestItem, Entry]]:
    """The items that this reader's own rule gives them now, in their order. Three queries."""
    kept = [one for one in items(digest) if one.kept]
    threads = [one.subject for one in kept if one.kind == K.REPORT]
    keys = [one.subject for one in kept if one.kind == K.BULLETIN]
    reports = Report.objects.visible_to(actor).filter(thread__in=threads, state=Report.State.SHARED)
    bulletins = Bulletin.objects.visible_to(actor).filter(pk__in=keys)
    found = {key_of(row): entry_of(row) for row in [*reports.order_by("edition"), *bulletins]}
    return [(one, found[key]) for one in kept if (key := (one.kind, str(one.subject))) in found]


def begun(actor: Actor, week_to: datetime.date) -> set[str]:
    """Desks of ministries that have a digest of the desk of this week, in whatever state but thrown away."""
    found = Digest.objects.visible_to(actor).filter(owner_id=actor.desk_id, week_to=week_to)
    return {row.ministry for row in found.exclude(state=Digest.State.DISCARDED)} - {""}


def besides(actor: Actor, digest: Digest, found: Iterable[Entry]) -> list[Entry]:
    """For a ministry what else it was sent in the week, read by its own rule now; whoever drafted knows none of it."""
    if digest.ministry != actor.desk_code:
        return []
    there = {entry.key for entry in found}
    return [entry for row in week_reports(actor, digest) if (entry := entry_of(row)).key not in there]


def figures(found: Iterable[Any]) -> list[tuple[str, int]]:
    """(threat category, number of reports) of reports, the most first; one report counts in each of its categories."""
    counts = Counter(code for row in found for code in row.threat_categories)
    named = [(vocabulary.label_of("threat_category", code), n) for code, n in counts.items()]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))


def audience_desks(digest: Digest) -> list[Any]:
    """Desks that an issued digest went to."""
    return list(Desk.objects.filter(pk__in=groups_that_see(digest)).exclude(pk=digest.owner_id).order_by("code"))


def stale(subjects: Iterable[Any] = ()) -> list[Digest]:
    """Issued digests whose document holds what its audience may have no longer; of some subjects, or all."""
    wanted = list(subjects)
    pointing = DigestItem.objects.filter(kept=True, gone_at=None, digest__state=Digest.State.ISSUED)
    if wanted:
        pointing = pointing.filter(subject__in=wanted)
    else:
        gone = Report.objects.filter(state=Report.State.RECALLED).values("thread")
        over = Bulletin.objects.filter(state=Bulletin.State.CANCELLED).values("pk")
        pointing = pointing.filter(Q(subject__in=gone) | Q(subject__in=over))
    keys = set(pointing.values_list("digest_id", flat=True))
    counted = (
        Digest.objects.filter(state=Digest.State.ISSUED, counted__overlap=wanted) if wanted else Digest.objects.none()
    )
    found = Digest.objects.filter(Q(pk__in=keys) | Q(pk__in=counted.values("pk"))).order_by("pk")
    return [digest for digest in found if not holds(digest)]


def thread_of(report: Any) -> list[Any]:
    """What items call the report of a version."""
    return list(Report.objects.filter(pk=report).values_list("thread", flat=True))


def holds(digest: Digest) -> bool:
    """Whether every item and every counted report of the document is still for all of its audience."""
    kept = [one for one in items(digest) if one.kept and one.gone_at is None]
    desks = [desk.code for desk in audience_desks(digest)]
    able = fit(pointed_to(kept), desks)
    whole = all(set(desks) <= able.get((one.kind, str(one.subject)), frozenset()) for one in kept)
    live = Report.objects.filter(thread__in=digest.counted, recalled_at=None, state=Report.State.SHARED)
    return whole and set(live.values_list("thread", flat=True)) == set(digest.counted)


def mark_of(text: str) -> str:
    """A short hash of what a reader is shown, for its ETag."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
