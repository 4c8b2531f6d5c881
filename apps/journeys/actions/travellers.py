"""What a list says about who travels: versions and parts of lists, travellers added, changed and withdrawn.

Called inside `submission.read` only. A full list replaces the one before it, parts add up to one, changes and
cancellations touch the people they name (docs/reference/jrcc.md). A sender who is not the carrier adds travellers, but
never touches those that another desk has listed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.access.joint_actions import tell_at_once
from apps.journeys.actions import amendments
from apps.journeys.models import Carrier, Document, Journey, Traveller
from apps.journeys.queries import completeness, identities
from apps.manifests.models import Regime, Submission
from apps.manifests.paxlst.differences import clues
from apps.manifests.rules import routing
from apps.manifests.rules.grades import worst
from apps.screening.matching import probe_keys

J = Journey.State
LISTING = frozenset({"original", "add", "change"})
LEAVING = frozenset({"cancel", "reduction", "delete"})
FLAWS = frozenset({"TRUNCATED", "COUNT_SHORT", "NO_TRAVELLERS"})
"""Findings after which a list says nothing about who is not on it."""
EMPTY: dict[str, Any] = {
    **{"parts": [], "expected": None, "submissions": [], "previous": [], "interchanges": []},
    **{"stated_total": None, "grade": "", "whole": False},
}
"""The books of a list of which nothing has come yet."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One list on its way into its journey.

    `kind` is passenger, crew or flight_status; `states` are party codes by alpha-2; `rules` the deadline rules of the
    States concerned; `known` the journey if there was one; `trusted`: from the carrier's own desk or the watch.
    """

    submission: Submission
    obj: dict[str, Any]
    kind: str
    key: routing.Key
    legs: tuple[routing.Leg, ...]
    states: Mapping[str, str]
    rules: Sequence[Regime]
    carrier: Carrier | None
    trusted: bool
    known: Journey | None

    @property
    def function(self) -> str:
        """What the message does: original, change, cancel and so on."""
        return str(self.obj["message"]["function"])

    @property
    def participating(self) -> frozenset[str]:
        """States concerned that take part: those that have a rule."""
        return frozenset(rule.party_id for rule in self.rules)


def is_flawed(obj: Mapping[str, Any]) -> bool:
    """Whether part of the list is known to be lost."""
    return any(finding["code"] in FLAWS for finding in obj["findings"])


def apply(actor: Actor, journey: Journey, filing: Filing) -> None:
    """Carry out what the list says; sets the journey's state, lists and counts, the caller saves it."""
    rows, function = _stored(journey) if filing.known else [], filing.function
    sender = filing.submission.originator_id
    ours = [row for row in rows if filing.trusted or row.submission.originator_id == sender]
    people = amendments.standing(filing.obj["travellers"], ours)
    filing = replace(filing, obj={**filing.obj, "travellers": people})
    if function in LISTING and filing.kind != "flight_status":
        rows += store(journey, filing, ours)
        _withdraw(actor, _gone(journey, filing, ours), "left_list")
    elif function in LEAVING:
        _withdraw(actor, list(named(people, ours)), "left_list")
    elif len(ours) == len(rows):
        _flight_status(actor, journey, filing, ours)
    _count(journey, rows)


def _stored(journey: Journey) -> list[Traveller]:
    rows = Traveller.objects.filter(journey=journey).select_related("submission")
    return list(rows.prefetch_related("documents").order_by("seq"))


def _gone(journey: Journey, filing: Filing, ours: Iterable[Traveller]) -> list[Traveller]:
    """Who stood on the version that this list replaces and stands there no more; keeps the journey's books."""
    kind, sent, corrects = filing.kind, str(filing.submission.pk), str(filing.submission.corrects_id or "")
    before = journey.lists.get(kind)
    if filing.function == "original":
        now = next_version(before, filing.obj, sent, corrects)
    else:
        now = {**EMPTY, "whole": None, **(before or {})}
        now["submissions"] = [*now["submissions"], sent]
    replaced = set(now["previous"]) if now["whole"] else set()
    journey.lists = {**journey.lists, kind: {**now, "previous": [] if now["whole"] else now["previous"]}}
    replaced |= {corrects} - {""}
    if kind == "passenger":
        journey.stated_total = now["stated_total"]
    journey.grade = worst(one["grade"] for one in journey.lists.values())
    if journey.state != J.CLOSED:
        journey.state = state_of(journey.lists)
    gone = [row for row in ours if str(row.submission_id) in replaced and row.withdrawn_at is None]
    return [row for row in gone if _is_of(row, kind, journey)]


def _is_of(row: Traveller, kind: str, journey: Journey) -> bool:
    """Whether a traveller stood on the list of this kind: passengers and crew may have come in one message."""
    other = {**EMPTY, **journey.lists.get("passenger" if kind == "crew" else "crew", {})}
    if str(row.submission_id) in {*other["submissions"], *other["previous"]}:
        return (row.status in routing.CREW) == (kind == "crew")
    return True


def next_version(
    before: Mapping[str, Any] | None, obj: Mapping[str, Any], submission_id: str, corrects: str = ""
) -> dict[str, Any]:
    """The books of a list after one more part of it, or after a new version has begun.

    A new version begins with a list that is whole by itself, with a new part 1 or with a part after the last version
    was whole; the version before stays valid until the new one is whole. A part sent twice, or a part that `corrects`
    one of the version, begins nothing.
    """
    message, flawed = obj["message"], is_flawed(obj)
    parts, interchange = message["parts"], message.get("interchange")
    received = set() if flawed else set(parts["received"])
    old = {**EMPTY, **(before or {})}
    anew = old["whole"] or parts["complete"] or (1 in received and 1 in old["parts"])
    repeated = corrects in old["submissions"] or (interchange is not None and interchange in old["interchanges"])
    begins = (parts["complete"] and not flawed) or (anew and not repeated)
    base = {**EMPTY, "previous": [*old["previous"], *old["submissions"]]} if begins else old
    expected = parts["expected"] or base["expected"]
    held = received | set(base["parts"])
    return {
        "parts": sorted(held),
        "expected": expected,
        "submissions": [*base["submissions"], submission_id],
        "previous": base["previous"],
        "interchanges": [*base["interchanges"], *([interchange] if interchange else [])],
        "stated_total": message["stated_total"],
        "grade": worst([base["grade"], obj["grade"]]),
        "whole": expected is not None and set(range(1, expected + 1)) <= held,
    }


def state_of(lists: Mapping[str, Mapping[str, Any]]) -> str:
    """The state of a journey by the books of its lists."""
    if any(one["whole"] is False for one in lists.values()):
        return J.PARTIAL
    return J.COMPLETE if lists.get("passenger", {}).get("whole") else J.ANNOUNCED


def _flight_status(actor: Actor, journey: Journey, filing: Filing, rows: list[Traveller]) -> None:
    """Close or cancel the flight; who did not board, or all but those on board, leave it.

    The reader says in `closing` whether the people listed are those on board; without it nobody is taken off.
    """
    active = [row for row in rows if row.withdrawn_at is None]
    listed = list(named(filing.obj["travellers"], active))
    if filing.function == "flight_cancel":
        journey.state, journey.lists = J.CANCELLED, {}
        _withdraw(actor, active, "flight_cancelled")
    elif filing.function == "flight_close":
        journey.state = J.CLOSED
        closing = filing.obj["message"].get("closing")
        if closing == "not_on_board":
            _withdraw(actor, listed, "did_not_board")
        elif closing == "on_board" and listed:
            boarded = {row.pk for row in listed}
            _withdraw(actor, [row for row in active if row.pk not in boarded], "did_not_board")


def _withdraw(actor: Actor, rows: list[Traveller], reason: str) -> None:
    """Take travellers off the journey; their open hits go with them, in this action."""
    if not rows:
        return
    now = timezone.now()
    for row in rows:
        row.withdrawn_at = now
    gone = [row.pk for row in rows]
    Traveller.objects.filter(pk__in=gone).update(withdrawn_at=now)
    tell_at_once("travellers.leave", actor, travellers=gone, reason=reason)


def _count(journey: Journey, rows: Iterable[Traveller]) -> None:
    active = [row for row in rows if row.withdrawn_at is None]
    journey.crew = sum(row.status in routing.CREW for row in active)
    journey.passengers = len(active) - journey.crew
    journey.screened = sum(row.screened_at is not None for row in active)
    journey.complete = sum(completeness.is_whole(row) for row in active)


# --- who is who ----------------------------------------------------------------------------------------------------


def clues_of(row: Traveller) -> Iterator[tuple[str, ...]]:
    """What tells a stored traveller in a list (differences.clues)."""
    documents = [{"number": document.number} for document in row.documents.all()]
    columns = ("surname", "given_names", "carrier_reference", "pnr", "birth_date")
    return clues({**{name: getattr(row, name) for name in columns}, "documents": documents})


class Finder:
    """Finds each stored traveller at most once."""

    def __init__(self, rows: Iterable[Traveller]) -> None:
        self.rows: dict[tuple[str, ...], list[Traveller]] = {}
        self.used: set[Any] = set()
        for row in rows:
            for clue in {*clues_of(row), ("name", row.surname, row.given_names)}:
                self.rows.setdefault(clue, []).append(row)

    def take(self, person: Mapping[str, Any], *, by_name: bool = False) -> Traveller | None:
        """The stored traveller that a list means; `by_name`: the name alone serves if only one bears it."""
        for clue in clues(person):
            free = [row for row in self.rows.get(clue, []) if row.pk not in self.used]
            if free:
                return self._taken(free[0])
        if by_name:
            bearers = self.rows.get(("name", person.get("surname") or "", person.get("given_names") or ""), [])
            if len(bearers) == 1 and bearers[0].pk not in self.used:
                return self._taken(bearers[0])
        return None

    def _taken(self, row: Traveller) -> Traveller:
        self.used.add(row.pk)
        return row


def named(people: Iterable[Mapping[str, Any]], rows: Iterable[Traveller]) -> Iterator[Traveller]:
    """The travellers on board that a cancellation or a closing list names."""
    finder = Finder(row for row in rows if row.withdrawn_at is None)
    for person in people:
        row = finder.take(person, by_name=True)
        if row:
            yield row


# --- storing -------------------------------------------------------------------------------------------------------

LONGEST = {f.name: f.max_length or 0 for f in Traveller._meta.concrete_fields}
CODES = ("nationality", "from_port", "to_port")


def store(journey: Journey, filing: Filing, known: Iterable[Traveller]) -> list[Traveller]:
    """Add or change the travellers of a list in two to four statements; the new rows.

    Who is new or differs in what the matcher looks at, or came under the eyes of other States, is to be screened.
    """
    finder = Finder(known)
    new, touched, documents = [], [], []
    redone: list[Traveller] = []
    for seq, person in enumerate(filing.obj["travellers"], start=1):
        row = finder.take(person)
        is_new = row is None
        if row is None:
            row = Traveller(journey=journey)
            new.append(row)
        row.submission, row.seq = filing.submission, seq
        row.papers = [_columns(one) for one in person["documents"]]
        if _fill(row, person, filing, is_new=is_new):
            documents += [_document(row, one) for one in person["documents"] if one["number"]]
            redone += [] if is_new else [row]
        touched.append(row)
    columns = [f.name for f in Traveller._meta.concrete_fields if f.name not in {"id", "journey"}]
    Traveller.objects.bulk_create(touched, update_conflicts=True, unique_fields=["id"], update_fields=columns)
    if redone:
        Document.objects.filter(traveller__in=redone).delete()
    Document.objects.bulk_create(documents)
    return new


def _fill(row: Traveller, person: Mapping[str, Any], filing: Filing, *, is_new: bool) -> bool:
    """Set the columns of a traveller from a list; whether they have to be screened (again)."""
    before = None if is_new else _looked_at(row, identities.record_of(row))
    for name in ("surname", "given_names", "sex", "birth_date", "birth_date_other", "nationality", "status"):
        setattr(row, name, _fitting(name, person.get(name)))
    for name, key in (("from_port", "from"), ("to_port", "to")):
        setattr(row, name, _fitting(name, person.get(key)))
    for name in ("seat", "pnr", "carrier_reference"):
        setattr(row, name, _fitting(name, person.get(name)))
    row.parties, row.transit_parties = routing.states_of(person, filing.legs, filing.participating, filing.states)
    record = identities.as_record(
        {**person, "nationality": row.nationality, "documents": [_columns(one) for one in person["documents"]]}
    )
    if row.withdrawn_at is None and before == _looked_at(row, record):
        return False
    identity = identities.identity_of(record)
    row.keys = sorted(probe_keys(identity)) if identity else []
    row.withdrawn_at = row.screened_at = None
    return True


def _looked_at(row: Traveller, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a screening depends on: the record, and the States whose lists count."""
    documents = sorted(record["documents"], key=str)
    return {**record, "documents": [one for one in documents if one["number"]], "states": sorted(row.states)}


def _fitting(name: str, value: Any) -> str:
    """A value as its column holds it: names cut, codes that are none left out (the reading keeps them as sent)."""
    text = value or ""
    if name in CODES and len(text) > LONGEST[name]:
        return ""
    return str(text)[: LONGEST[name]]


def _columns(document: Mapping[str, Any]) -> dict[str, str]:
    issuer = document.get("issuer") or ""
    return {
        "type": (document.get("type") or "")[:4],
        "number": (document.get("number") or "")[:40],
        "issuer": issuer if len(issuer) <= 3 else "",
        "expires": (document.get("expires") or "")[:10],
    }


def _document(row: Traveller, document: Mapping[str, Any]) -> Document:
    return Document(traveller=row, **_columns(document))
