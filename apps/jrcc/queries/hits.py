"""Whom an entry may concern, hits as lists show them, and the work of borders."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, CharField, Count, Exists, F, Func, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject, Now, TruncHour
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.audit.models import AuditRecord
from apps.gateway.queries.subjects import Subject
from apps.journeys.models import Document, Journey, Traveller
from apps.journeys.queries.identities import identity_of, record_of
from apps.journeys.queries.journeys import (
    not_over_before,
    states_of_landing,
    still_of_interest_since,
    still_to_arrive,
    to_be_asked,
)
from apps.jrcc.models import Hit, HitDeskGrant
from apps.jrcc.queries.findings import FINDING
from apps.people.models import Party
from apps.screening.matching import Comparison, entry_keys
from apps.screening.models import Entry
from apps.screening.queries import search_watchlist
from apps.screening.queries.match_outcomes import judged_with
from apps.screening.queries.thresholds import in_force as thresholds_in_force
from apps.screening.queries.thresholds import spared

OURS = r"^apps\.(manifests|journeys|carriers|jrcc|travellers)\."
"""How the names of the listeners of borders begin."""


def newly_alike(actor: Actor) -> Iterator[tuple[Traveller, Entry, Comparison]]:
    """Those still to arrive with entries that the thresholds in force show and of which they have no hit yet.

    A hit that was withdrawn counts as none. Eight queries for each 2,000 travellers.
    """
    for chunk in to_be_asked(None, not_over_before(timezone.now())):
        known = [(one, who) for one in chunk if (who := identity_of(record_of(one))) is not None]
        matches = search_watchlist(actor, [who for _one, who in known], [one.states for one, _who in known])
        rows = Hit.objects.filter(traveller__in=chunk).exclude(state=Hit.State.WITHDRAWN)
        there = set(rows.values_list("traveller_id", "entry_id"))
        for (traveller, _who), held in zip(known, matches, strict=True):
            for match in held:
                if (traveller.pk, match.entry.pk) not in there:
                    yield traveller, match.entry, match.comparison


def concerned_by(entries: Sequence[Entry]) -> list[tuple[Traveller, Entry, Comparison]]:
    """Those still to arrive or here of late who may be the subject of one of the entries.

    Only where one of their States may screen with it. Travellers who have a hit on an entry already come along
    whatever the score. Three to eight queries for any number.
    """
    limit = thresholds_in_force()
    subjects = {entry.pk: (entry, identity_of(entry.subject)) for entry in entries}
    by_key: dict[str, set[Any]] = {}
    for pk, (_entry, subject) in subjects.items():
        for key in entry_keys(subject) if subject else ():
            by_key.setdefault(key, set()).add(pk)
    hits = Hit.objects.filter(entry__in=list(subjects)).values_list("traveller_id", "entry_id")
    known: dict[Any, set[Any]] = {}
    for traveller_id, entry_id in hits:
        known.setdefault(traveller_id, set()).add(entry_id)
    found = []
    for traveller in _sharing(by_key, known):
        held = known.get(traveller.pk, set())
        identity = identity_of(record_of(traveller))
        for pk in held.union(*(by_key.get(key, ()) for key in traveller.keys)):
            entry, subject = subjects[pk]
            if identity is None or subject is None or not _may_screen(traveller, entry):
                continue
            if pk in held or limit.shows(identity, subject, spared=spared(entry)):
                found.append((traveller, entry, judged_with(identity, entry, subject)))
    return found


def _sharing(by_key: Mapping[str, Any], known: Mapping[Any, Any]) -> list[Traveller]:
    """Travellers still to arrive, or here of late, who hold one of the keys, or have a hit."""
    wanted = {*_holders(by_key), *known}
    rows = still_to_arrive().select_related("journey").prefetch_related("documents")
    return list(rows.filter(pk__in=wanted)) if wanted else []


# a function of the owner's: behind a policy PostgreSQL leaves the index of keys aside
HOLDERS = "SELECT public.jrcc_holders(%s::varchar[], %s, %s)"


def _holders(keys: Iterable[str]) -> list[Any]:
    """Ids of the travellers of the time that counts who hold one of the keys."""
    wanted, since = sorted(keys), still_of_interest_since(timezone.now())
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [wanted, since, since.date()])
        return [pk for (pk,) in cursor.fetchall()]


def _may_screen(traveller: Traveller, entry: Entry) -> bool:
    return entry.screen_for is None or not set(traveller.states).isdisjoint(entry.screen_for)


def first_acts(hits: Any) -> list[tuple[str, str, datetime.datetime]]:
    """(hit, verb, moment) of the first time that each act was done to hits of a queryset. One query; names nobody."""
    acts = ["hit.raise", "hit.claim", "hit.refer", "hit.acknowledge", "hit.record_outcome", "hit.dismiss"]
    keys = hits.order_by().annotate(key=Cast("pk", CharField())).values("key")
    rows = AuditRecord.objects.filter(
        object_type="jrcc.hit", object_id__in=keys, verb__in=acts, outcome=AuditRecord.Outcome.DONE
    )
    return list(rows.order_by().values_list("object_id", "verb").annotate(first=Min("at")))


def state_of_arrival(hit: Hit) -> str:
    """Code of the State in which the traveller of a hit lands; "" where it is none of ours.

    Without a query for rows of `hit_rows`.
    """
    lands_in = (
        hit.lands_in if hasattr(hit, "lands_in") else states_of_landing(hit.journey_id, hit.traveller.to_port).first()
    )
    return lands_in or hit.journey.arrival_party_id or ""


def open_hits(**filters: Any) -> Any:
    """Hits that somebody still has to work on, locked in the order of their keys."""
    return Hit.objects.select_for_update().filter(state__in=Hit.OPEN, **filters).order_by("pk")


ASKED_ABOUT = datetime.timedelta(hours=24)
"""INTERPOL is asked about those who arrived this long ago, too (a traveller may still be near)."""


def _to_ask_about(journey: str = "") -> Q:
    """Of journeys (or of rows that have one at `journey`): not cancelled, and not ended long ago."""
    since = timezone.now() - ASKED_ABOUT
    unknown = Q(**{f"{journey}arrives_at": None, f"{journey}date__gte": since.date()})
    return (unknown | Q(**{f"{journey}arrives_at__gte": since})) & ~Q(**{f"{journey}state": Journey.State.CANCELLED})


def journeys_to_ask_about() -> list[UUID]:
    """Journeys whose travellers INTERPOL is asked about."""
    return list(Journey.objects.filter(_to_ask_about()).order_by("pk").values_list("pk", flat=True))


def subjects_to_ask_about(**filters: Any) -> dict[UUID, Subject]:
    """{traveller's key: subject} of those on a list whom INTERPOL is asked about. Two queries."""
    rows = Traveller.objects.filter(_to_ask_about("journey__"), withdrawn_at=None, **filters)
    rows = rows.select_related("journey").prefetch_related("documents").defer("keys").order_by("journey", "seq")
    return {one.pk: Subject(one.pk, one.journey_id, one.journey.arrives_at, record_of(one)) for one in rows}


def entries_in_use(entries: Collection[UUID]) -> set[UUID]:
    """Which of the entries have a hit that somebody still works on."""
    return set(Hit.objects.filter(entry__in=list(entries), state__in=Hit.OPEN).values_list("entry_id", flat=True))


def concerned_pairs(pairs: Iterable[Sequence[str]]) -> list[tuple[Traveller, Entry, Comparison]]:
    """(traveller, entry, comparison) of pairs of keys that a source's answer gave, as far as both still stand."""
    wanted = [(UUID(traveller), UUID(entry)) for traveller, entry in pairs]
    listed = Traveller.objects.filter(withdrawn_at=None).select_related("journey").prefetch_related("documents")
    people = listed.in_bulk({traveller for traveller, _entry in wanted})
    active = Entry.objects.filter(state=Entry.State.ACTIVE).select_related("list")
    entries = active.in_bulk({entry for _traveller, entry in wanted})
    there = [(people[one], entries[other]) for one, other in wanted if one in people and other in entries]
    compared = [(one, entry, identity_of(record_of(one)), identity_of(entry.subject)) for one, entry in there]
    return [(one, it, judged_with(a, it, b)) for one, it, a, b in compared if a is not None and b is not None]


def untouched(hits: Any, pairs: Iterable[Sequence[str]]) -> list[Hit]:
    """Hits of these pairs of traveller and entry that nobody has taken up."""
    wanted = {(UUID(traveller), UUID(entry)) for traveller, entry in pairs}
    rows = hits.filter(state=Hit.State.RAISED, entry__in={entry for _traveller, entry in wanted}).order_by("pk")
    return [hit for hit in rows if (hit.traveller_id, hit.entry_id) in wanted]


class Among(Func):
    """Whether a value is one of those in an array column: `value = ANY(column)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def hit_rows(actor: Actor) -> Any:
    """Hits with all that is read beside them in the same statement: documents, desks, names of States, what opens."""
    documents = Document.objects.filter(traveller=OuterRef("traveller_id")).order_by("pk")
    desks = HitDeskGrant.objects.filter(content_object_id=OuterRef("pk"), until__gt=Now()).order_by("group__name")
    named: Any = Party.objects.visible_to(actor).filter(
        Q(code__in=[OuterRef("list_party_id"), OuterRef("outcome_party_id")])
        | Q(Among("code", OuterRef("parties")))
        | Q(Among("code", OuterRef("referred_to")))
    )
    journey = Journey.objects.visible_to(actor).filter(pk=OuterRef("journey_id"))
    traveller = Traveller.objects.visible_to(actor).filter(pk=OuterRef("traveller_id"))
    papers = JSONObject(type="type", number="number", issuer="issuer", expires="expires")
    return (
        Hit.objects.visible_to(actor)
        .select_related("traveller", "journey", "list_party")
        .defer("traveller__keys")
        .annotate(
            papers=ArraySubquery(documents.values(paper=papers).values("paper")),
            desks=ArraySubquery(desks.values("group__name")),
            lands_in=Subquery(states_of_landing(OuterRef("journey_id"), OuterRef("traveller__to_port"))[:1]),
            states=ArraySubquery(named.values(state=JSONObject(code="code", name="short_name")).values("state")),
            entry_state=F("entry__state"),
            finding=FINDING,
            opens_journey=Exists(journey),
            opens_traveller=Exists(traveller),
        )
    )


def has_hit() -> Exists:
    """Travellers on whom there is a hit, open or not."""
    return Exists(Hit.objects.filter(traveller=OuterRef("pk")))


def work_by_topic() -> list[dict[str, Any]]:
    """Open work of this room by topic: how much waits, since when, how much has failed, how much is dead. One query."""
    rows: Any = Dispatch.objects.filter(done_at=None, listener__regex=OURS)
    counted = (
        rows.order_by()
        .values("topic")
        .annotate(
            waiting=Count("pk", filter=Q(dead_at=None)),
            oldest=Min("created_at"),
            failing=Count("pk", filter=Q(attempts__gt=0, dead_at=None)),
            dead=Count("pk", filter=Q(dead_at__isnull=False)),
        )
    )
    return sorted(counted, key=lambda row: row["oldest"])


def failed_work() -> list[Dispatch]:
    """Work of this room that has failed and is not done, the dead first; at most 100."""
    rows = Dispatch.objects.filter(done_at=None, attempts__gt=0, listener__regex=OURS)
    return list(rows.order_by(F("dead_at").asc(nulls_last=True), "created_at")[:100])


def done_by_hour(since: datetime.datetime) -> dict[datetime.datetime, int]:
    """{hour: how much work of this room was done in it}. One query."""
    rows = Dispatch.objects.filter(done_at__gte=since, listener__regex=OURS)
    return dict(rows.order_by().values_list(TruncHour("done_at")).annotate(n=Count("pk")))
