"""Reading sources, what is due, and how far persons and journeys are."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.gateway.models import Answer, Check, Finding, Health, Query, Source, SourceRule, Standing
from apps.gateway.queries import subjects
from apps.gateway.rules.patience import Breaker
from apps.people.queries import states_on
from apps.screening.models import Entry

C = Check.State
PURPOSE = "border_control"
"""What travellers of a manifest are asked about for; a source is asked only where its rule allows it."""
HOUR = datetime.timedelta(hours=1)
RENEWED_BEFORE = 10
"""An answer about somebody still to come is asked for again in the last tenth of the time that it may be kept."""


def rule_of(source: Source, day: datetime.date) -> SourceRule | None:
    """The rule of a source in force on a day."""
    rows = beyond(SourceRule.objects.all(), "interpol").filter(source=source, valid_from__lte=day)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("-valid_from").first()


def address_of(rule: SourceRule | None) -> str:
    """Where the source is asked; "" while no gateway is connected or the purpose is not allowed."""
    if rule is None or PURPOSE not in rule.purposes:
        return ""
    return (rule.address or settings.INTERPOL_URL).rstrip("/")


def sources_on() -> list[Source]:
    """Sources that are asked, in the order of their codes."""
    return list(
        beyond(Source.objects.all(), "interpol").filter(state=Source.State.ON).select_related("list").order_by("code")
    )


def breaker_of(source: Source) -> Breaker:
    """How the source does."""
    row = beyond(Health.objects.all(), "interpol").filter(source=source).first()
    return Breaker(row.failing_since, row.failures, row.next_try_at) if row else Breaker()


def find_due_checks(source: Source, now: datetime.datetime) -> Any:
    """Checks that are to be asked now, by the time of arrival; those without one last."""
    rows = beyond(Check.objects.all(), "interpol").filter(source=source, state__in=Check.ASKED, due_at__lte=now)
    return rows.order_by(F("arrives_at").asc(nulls_last=True), "pk")


def to_take(source: Source, now: datetime.datetime, most: int) -> list[Check]:
    """Up to `most` due checks, locked; what another worker takes at this moment is left to it.

    A single one, to try a source that failed, is one that was tried least: it may be the question that it cannot bear.
    """
    rows = find_due_checks(source, now).select_for_update(skip_locked=True)
    rows = rows.order_by("attempts", F("arrives_at").asc(nulls_last=True), "pk") if most == 1 else rows
    return list(rows[:most])


def read_kept_answers(source: Source, digests: Iterable[str], now: datetime.datetime) -> dict[str, Answer]:
    """{digest: answer} of those that may still be used."""
    rows = beyond(Answer.objects.all(), "interpol").filter(source=source, digest__in=list(digests), keep_until__gt=now)
    return {row.digest: row for row in rows}


def fresh_enough(answer: Answer, now: datetime.datetime) -> bool:
    """Whether a kept answer is not yet due to be asked for again."""
    return renewed_at(answer.answered_at, answer.keep_until) > now


def renewed_at(answered_at: datetime.datetime, keep_until: datetime.datetime) -> datetime.datetime:
    """When an answer is asked for again: in the last tenth of its time."""
    return keep_until - (keep_until - answered_at) / RENEWED_BEFORE


def checks_of(kind: str, sources: Collection[Source], ids: Collection[UUID], groups: Collection[UUID]) -> Any:
    """Checks of these subjects, and of all others of the groups."""
    rows = beyond(Check.objects.all(), "interpol").filter(subject_kind=kind, source__in=sources)
    return rows.filter(Q(subject_id__in=list(ids)) | Q(group_id__in=list(groups)))


def missing(kind: str, people: Collection[subjects.Subject], groups: Collection[UUID]) -> bool:
    """Whether the checks of these people and groups say something else than what is to be asked. Two queries."""
    sources = sources_on()
    wanted = {
        (source.pk, one.id, key, one.group, one.arrives_at)
        for source in sources
        for one in people
        for key in wanted_of(source, one)
    }
    rows = checks_of(kind, sources, [one.id for one in people], groups).exclude(state=C.GONE)
    return wanted != set(rows.values_list("source_id", "subject_id", "digest", "group_id", "arrives_at"))


def wanted_of(source: Source, one: subjects.Subject) -> list[str]:
    """Digests of all that a source is to be asked about a person; [""] where there is nothing to ask with."""
    return list(subjects.digest_questions(source.code, source.kind, one.record)) or [""]


def live_findings(check_ids: Collection[UUID]) -> list[Finding]:
    """Findings that stand, with their checks and entries."""
    rows = beyond(Finding.objects.all(), "interpol").filter(check_row__in=list(check_ids), ended_at=None)
    return list(rows.select_related("check_row", "entry").order_by("pk"))


def running_out(now: datetime.datetime, most: int) -> list[Check]:
    """Answered checks whose answer may no longer be kept, locked."""
    rows = Check.objects.select_for_update(skip_locked=True)
    return list(rows.filter(state__in=[C.NO_RECORD, C.HIT], keep_until__lte=now).order_by("keep_until", "pk")[:most])


def first_running_out(now: datetime.datetime) -> Check | None:
    """The first of them, not locked; None if there is none."""
    return not_to_keep(now).order_by("keep_until", "pk").first()


def not_to_keep(now: datetime.datetime) -> Any:
    """Answered checks whose answer may no longer be kept."""
    return beyond(Check.objects.all(), "interpol").filter(state__in=[C.NO_RECORD, C.HIT], keep_until__lte=now)


def with_records(now: datetime.datetime) -> list[Check]:
    """Answered checks by name of those still to come, of whom the source held records; alike or not. One query."""
    told = beyond(Query.objects.all(), "interpol").filter(
        check_row=OuterRef("pk"), outcome=Query.Outcome.RECORD, answered_at__gte=OuterRef("answered_at")
    )
    rows = beyond(Check.objects.all(), "interpol").filter(
        source__kind=Source.Kind.PERSONS, source__state=Source.State.ON
    )
    rows = rows.filter(Q(arrives_at=None) | Q(arrives_at__gt=now), Q(due_at=None) | Q(due_at__gt=now))
    return list(rows.filter(Exists(told), state__in=[C.NO_RECORD, C.HIT]).order_by("pk"))


def any_source(actor: Actor) -> Source | None:
    """A source that the actor sees: on it is written down what concerns the gateway as a whole."""
    return Source.objects.visible_to(actor).order_by("code").first()


def to_forget() -> list[Entry]:
    """Ended entries of INTERPOL lists that still say whom they meant, and that nobody works with. Two queries."""
    rows = Entry.objects.filter(list__in=Source.objects.exclude(list=None).values("list"))
    ended = {row.pk: row for row in rows.exclude(state=Entry.State.ACTIVE).exclude(subject={}).order_by("pk")[:500]}
    worked_with = subjects.in_use(list(ended)) if ended else set()
    return [row for pk, row in ended.items() if pk not in worked_with]


def states_told(rule: SourceRule, records: Collection[Mapping[str, Any]], day: datetime.date) -> dict[str, Any]:
    """{record's id: codes of the States that may be told of it, None = all}, by the rule's and its own restrictions."""
    excluded = {record["id"]: {*rule.excluded, *record.get("restricted", [])} for record in records}
    every = [party.code for party in states_on(day)] if any(excluded.values()) else []
    return {key: [code for code in every if code not in barred] if barred else None for key, barred in excluded.items()}


# --- what people see ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stand:
    """How a person or a journey stands with one source.

    `kind`: answered, hit, waiting, unavailable, off, nothing (to ask with), never (over before it was asked about).
    """

    source: str
    name: str
    kind: str
    since: datetime.datetime | None = None
    people: int = 0
    waiting: int = 0
    hits: int = 0
    unaskable: int = 0


@dataclass(frozen=True, slots=True)
class Stands:
    """Of groups and of persons, by key: one `Stand` for each source that is or was connected."""

    of_group: dict[UUID, list[Stand]]
    of_person: dict[UUID, list[Stand]]


def stands(
    groups: Mapping[UUID, int], people: Collection[UUID], *, over: Collection[UUID] = (), tell_hits: bool
) -> Stands:
    """How groups of so many people, and single persons, stand with each source. One query for any number.

    Whoever has no check yet counts as waiting: nobody is answered for without an answer. Only of groups and persons
    that are `over` nobody is waited for any more. `tell_hits` as in `policy.knows_hits`; else a hit reads as an answer.
    """
    sources = _sources(groups, people)
    return Stands(
        {key: [_group_stand(one, key, n, key in over, tell_hits) for one in sources] for key, n in groups.items()},
        {key: [_person_stand(one, key, key in over, tell_hits) for one in sources] for key in people},
    )


def _sources(groups: Collection[UUID], people: Collection[UUID]) -> list[Any]:
    """Sources that are or were connected, with `failing` since, `counts` by group and `checks` by person."""
    health = Health.objects.filter(source=OuterRef("pk"))
    counted = Standing.objects.filter(source=OuterRef("pk"), group_id__in=list(groups))
    columns = ("people", "waiting", "hits", "unaskable", "waiting_since", "answered_at")
    asked: Any = Check.objects.filter(source=OuterRef("pk"), subject_id__in=list(people)).exclude(state=C.GONE)
    count = JSONObject(key="group_id", **{name: name for name in columns})
    check = JSONObject(key="subject_id", state="state", queued_at="queued_at", answered_at="answered_at")
    rows = (
        beyond(Source.objects.all(), "interpol")
        .exclude(state=Source.State.UNCONNECTED)
        .annotate(
            failing=Subquery(health.values("failing_since")[:1]),
            count_rows=ArraySubquery(counted.values(one=count).values("one")),
            check_rows=ArraySubquery(asked.values(one=check).values("one")),
        )
    )
    sources: list[Any] = list(rows.order_by("code"))
    for source in sources:
        source.counts = {row["key"]: row for row in source.count_rows or []}
        source.checks = {}
        for row in source.check_rows or []:
            source.checks.setdefault(row["key"], []).append(row)
    return sources


def _group_stand(source: Any, key: UUID, people: int, over: bool, tell_hits: bool) -> Stand:
    row = source.counts.get(str(key)) or {"people": 0, "waiting": 0, "hits": 0, "unaskable": 0}
    if over and not row["people"]:
        return Stand(source.code, source.name, "never")
    waiting = row["waiting"] + (0 if over else max(0, people - row["people"]))
    hits = row["hits"] if tell_hits else 0
    since, answered = _moment(row.get("waiting_since")), _moment(row.get("answered_at"))
    kind, at = _kind(source, waiting=waiting > 0, hit=hits > 0, since=since, answered=answered)
    if kind == "answered" and row["unaskable"] >= row["people"]:
        kind = "nothing"
    return Stand(source.code, source.name, kind, at, people, waiting, hits, row["unaskable"])


def _person_stand(source: Any, key: UUID, over: bool, tell_hits: bool) -> Stand:
    checks = source.checks.get(str(key), [])
    states = {check["state"] for check in checks}
    if states == {C.UNASKABLE}:
        return Stand(source.code, source.name, "nothing")
    if over and not checks:
        return Stand(source.code, source.name, "never")
    waiting = [check["queued_at"] for check in checks if check["state"] == C.WAITING]
    answered = [check["answered_at"] for check in checks if check["answered_at"] and check["state"] != C.WAITING]
    is_hit = tell_hits and C.HIT in states
    kind, since = _kind(
        source,
        waiting=bool(waiting) or not checks,
        hit=is_hit,
        since=_moment(min(waiting, default=None)),
        answered=_moment(min(answered, default=None)),
    )
    return Stand(source.code, source.name, kind, since, hits=int(is_hit))


def _kind(
    source: Any, *, waiting: bool, hit: bool, since: datetime.datetime | None, answered: datetime.datetime | None
) -> tuple[str, datetime.datetime | None]:
    if waiting and source.state == Source.State.OFF:
        return "off", source.since
    if waiting and source.failing:
        return "unavailable", source.failing
    if waiting:
        return "waiting", since
    return ("hit" if hit else "answered"), answered


def _moment(text: str | None) -> datetime.datetime | None:
    """A moment as PostgreSQL writes it into JSON."""
    return datetime.datetime.fromisoformat(text) if text else None


def overview(actor: Actor | None, now: datetime.datetime | None = None) -> list[Any]:
    """Sources that the actor sees, each with its health, rule and counts of work. Five queries."""
    moment = now or timezone.now()
    rows: list[Any] = list(Source.objects.visible_to(actor).order_by("code"))
    health = {row.source_id: row for row in beyond(Health.objects.all(), "interpol").filter(source__in=rows)}
    open_checks = (
        beyond(Check.objects.all(), "interpol").filter(source__in=rows, state=C.WAITING).order_by().values("source_id")
    )
    waiting = {one["source_id"]: one for one in open_checks.annotate(n=Count("pk"), oldest=Min("queued_at"))}
    lately = (
        beyond(Query.objects.all(), "interpol")
        .filter(source__in=rows, asked_at__gt=moment - HOUR)
        .order_by()
        .values("source_id")
    )
    counts = lately.annotate(n=Count("pk"), answered=Count("pk", filter=Q(outcome__in=["no_record", "record", "kept"])))
    hour = {one["source_id"]: one for one in counts}
    rules = beyond(SourceRule.objects.all(), "interpol").filter(source__in=rows, valid_from__lte=moment.date())
    rules = rules.filter(Q(valid_to=None) | Q(valid_to__gt=moment.date())).order_by("valid_from")
    in_force = {rule.source_id: rule for rule in rules}
    for row in rows:
        row.health, row.rule = health.get(row.pk), in_force.get(row.pk)
        row.waiting, row.oldest = _pair(waiting.get(row.pk), "n", "oldest")
        row.asked, row.answered = _pair(hour.get(row.pk), "n", "answered")
        row.condition = condition(row)
    return rows


def _pair(found: Mapping[str, Any] | None, *names: str) -> tuple[Any, Any]:
    first, second = names
    return (found[first], found[second]) if found else (0, 0 if second == "answered" else None)


def condition(row: Any) -> tuple[str, datetime.datetime | None]:
    """(unconnected, off, no_address, down, slow or up; since when) of a source with its health and rule."""
    if row.state != Source.State.ON:
        return row.state, row.since
    if not address_of(row.rule):
        return "no_address", row.since
    if row.health and row.health.failing_since:
        return "down", row.health.failing_since
    if row.health and row.health.slow_since:
        return "slow", row.health.slow_since
    return "up", row.health.answered_at if row.health else None
