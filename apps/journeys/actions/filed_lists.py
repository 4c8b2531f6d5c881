"""Filing a list under its journey: finding or making the journey, its legs, States and deadlines.

Called inside `submission.read` only; everything here works in that action's transaction.
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from apps.access.actor import Actor
from apps.access.declared_actions import also
from apps.access.grants import share
from apps.journeys.actions import routes as routes_actions
from apps.journeys.actions import travellers
from apps.journeys.models import Carrier, Journey, JourneyParty, Leg
from apps.journeys.queries import journeys
from apps.manifests.models import Submission
from apps.manifests.paxlst.grade import catalogue, grade_of, sentence
from apps.manifests.queries import dated, parties, regimes
from apps.manifests.rules import routing
from apps.people.models import Party

KINDS = frozenset({"passenger", "crew", "flight_status"})
NEEDS_A_JOURNEY = frozenset({"cancel", "reduction", "delete", "flight_close", "flight_cancel", "flight_change"})
JRCC_DESKS = ("JRCC.watch", "JRCC.automation")
DESIGNATOR = re.compile(r"[A-Z0-9]{2,3}")  # IATA Resolution 762, ICAO Doc 8585


def file_list(actor: Actor, submission: Submission, obj: dict[str, Any]) -> Journey | None:
    """Put one list into its journey; None where it makes none. Adds the registers' findings to the object.

    A test message, a list of another kind, one whose flight cannot be told, and a change of an unknown flight make
    no journey.
    """
    kind = _kind(obj)
    if kind is None or obj["message"].get("test"):
        return None
    states = parties.states_by_alpha2()
    legs = routing.legs_of(obj["flight"], states)
    key = routing.key_of(obj, legs)
    if key is None:
        return None
    carrier, trusted = _sender(key.carrier, submission, obj)
    if carrier is not None:
        key = dataclasses.replace(key, carrier=carrier.pk)
    known = _find(obj, key)
    if known is None and obj["message"]["function"] in NEEDS_A_JOURNEY:
        return None
    rules = regimes.rules_in_force(_touched(legs, states, obj["travellers"]), key.date)
    return _filed(actor, travellers.Filing(submission, obj, kind, key, legs, states, rules, carrier, trusted, known))


def _kind(obj: Mapping[str, Any]) -> str | None:
    """What the list is of; None for one that makes no journey."""
    kind = (obj["message"] or {}).get("type") or ("passenger" if obj["travellers"] else None)
    return kind if kind in KINDS else None


def _filed(actor: Actor, filing: travellers.Filing) -> Journey:
    known = filing.known
    desks = parties.desks([*JRCC_DESKS, *(f"{state}.border" for state in sorted(filing.participating))])
    before = known.state if known else ""
    journey = known or Journey(owner_id=desks["JRCC.watch"], originator_id="JRCC", carrier=filing.carrier)
    # a stranger adds people to a flight, and says neither when nor where it goes
    routes = routes_actions.may_route(filing)
    left = routes_actions.left_by(filing) if routes else frozenset()
    if not known or (routes and filing.function in travellers.LISTING | {"flight_change"}):
        _describe(journey, filing)
    if not known:
        journey.save(force_insert=True)
    share(actor, journey, desks.values())
    if filing.legs and routes:
        _store_legs(journey, filing)
    if routes:
        _meet_deadlines(journey, filing)
    travellers.apply(actor, journey, filing)
    journey.version += 1 if known else 0
    journey.changed_by_seat_id = actor.seat_id
    journey.save()
    if left:
        routes_actions.move(actor, journey, filing, left)
    also("journey.update" if known else "journey.announce", journey, before=before, after=journey.state)
    return journey


def _sender(code: str, submission: Submission, obj: dict[str, Any]) -> tuple[Carrier | None, bool]:
    """(carrier, whether the list comes from its own desk or the watch).

    The carrier by its designator: from the register, from the parties, or made provisional and flagged; none for
    letters that cannot be one, so that a mangled message leaves nothing in a register that all States read.
    """
    from_watch = submission.originator_id == "JRCC"
    if not DESIGNATOR.fullmatch(code):
        if code:
            add_finding(obj, "CARRIER_UNKNOWN", code=code)
        return None, from_watch
    carrier = registered_carrier(code)
    if carrier is None:
        made = {"name": code, "state": Carrier.State.PROVISIONAL}
        carrier, _ = Carrier.objects.get_or_create(pk=code, defaults=made)
    if carrier.provisional:
        add_finding(obj, "CARRIER_UNKNOWN", code=code)
    trusted = from_watch or carrier.party_id == submission.originator_id
    submission.unknown_sender = submission.unknown_sender or not trusted
    return carrier, trusted


def known_carrier(code: str) -> Carrier | None:
    """A carrier by one of its designators; None for one that nobody knows. Writes nothing.

    One that is a party and not yet in the register comes unsaved: `register` enters it.
    """
    carrier = Carrier.objects.select_related("merged_into").filter(pk=code).first()
    if carrier is not None and carrier.merged_into is not None:
        return carrier.merged_into
    party = None if carrier else Party.objects.filter(pk=code, periods__kind=Party.Kind.CARRIER).first()
    return Carrier(code=code, name=party.name, party=party) if party is not None else carrier


def registered_carrier(code: str) -> Carrier | None:
    """As part of an action: `known_carrier`, in the register."""
    carrier = known_carrier(code)
    return register(carrier) if carrier is not None else None


def register(carrier: Carrier) -> Carrier:
    """As part of an action: the carrier as the register has it; a party's that is not there yet is entered."""
    if carrier._state.adding:
        given = {"name": carrier.name, "party": carrier.party}
        carrier, _ = Carrier.objects.get_or_create(pk=carrier.pk, defaults=given)
    return carrier


def add_finding(obj: dict[str, Any], code: str, /, **slots: Any) -> None:
    """A finding of our registers, beside those of the reader; the grade follows."""
    finding = {
        "code": code,
        "severity": catalogue()[code]["severity"],
        "segment": None,
        "position": None,
        "line": None,
        "traveller": None,
        "text": sentence(code, {name: str(value) for name, value in slots.items()}),
        "original": None,
        "recovered": None,
    }
    obj["findings"] = [*obj["findings"], finding]
    obj["grade"] = grade_of({each["severity"] for each in obj["findings"]})


def _find(obj: Mapping[str, Any], key: routing.Key) -> Journey | None:
    """The journey of the list; that of a changed number, date or origin under the key that it had before."""
    known = journeys.journey_by_key(key)
    if known is None and obj["message"]["function"] == "flight_change":
        old = routing.key_before(obj, key.mode)
        former = known_carrier(old.carrier) if old else None
        old = dataclasses.replace(old, carrier=former.pk) if old and former else old
        known = journeys.journey_by_key(old) if old else None
    return known


def _touched(legs: tuple[routing.Leg, ...], states: Mapping[str, str], people: list[dict[str, Any]]) -> set[str]:
    """States at the ends of the legs, and where travellers come from, go on to or are cleared."""
    codes = {str(person.get(name) or "") for person in people for name in ("from", "to", "cleared_at")}
    beyond = {states.get(routing.place(code).country, "") for code in codes}
    return ({stop.state for stop in routing.stops(legs)} | beyond) - {""}


def _describe(journey: Journey, filing: travellers.Filing) -> None:
    """Columns of the journey that follow from the flight."""
    key, legs = filing.key, filing.legs
    journey.mode, journey.number, journey.date = key.mode, key.number, key.date
    journey.origin = key.origin or journey.origin
    journey.vessel = filing.obj["flight"].get("vessel") or journey.vessel
    if not legs:
        return
    first, last = routing.crossing(legs, key.date), legs[-1]
    journey.destination, journey.arrival_party_id = last.destination, last.destination_state or None
    journey.departs_at, journey.arrives_at = first.departs_at, last.arrives_at


def _store_legs(journey: Journey, filing: travellers.Filing) -> None:
    wanted = [
        Leg(
            journey=journey,
            seq=leg.seq,
            from_port=leg.origin,
            to_port=leg.destination,
            departs_local=leg.departs_local,
            arrives_local=leg.arrives_local,
            departs_at=leg.departs_at,
            arrives_at=leg.arrives_at,
            from_party_id=leg.origin_state or None,
            to_party_id=leg.destination_state or None,
        )
        for leg in filing.legs
    ]
    columns = [f.attname for f in Leg._meta.concrete_fields if f.name not in {"id", "journey", "seq"}]
    if filing.known:
        stored = Leg.objects.filter(journey=journey).order_by("seq").values_list("seq", *columns)
        if list(stored) == [(leg.seq, *(getattr(leg, name) for name in columns)) for leg in wanted]:
            return
        Leg.objects.filter(journey=journey, seq__gte=len(wanted)).delete()
    Leg.objects.bulk_create(wanted, update_conflicts=True, unique_fields=["journey", "seq"], update_fields=columns)


def _meet_deadlines(journey: Journey, filing: travellers.Filing) -> None:
    """One row per State and role, with its deadline; says LATE where the first list came after it."""
    rows = JourneyParty.objects.filter(journey=journey)
    known = {(row.party_id, row.role): row for row in rows} if filing.known else {}
    wanted: dict[tuple[str, str], JourneyParty] = {}
    space = dated.members_of_space(journey.date)
    craft = "commercial" if journey.carrier_id else "private"
    for stop in routing.stops(filing.legs):
        if stop.state not in filing.participating:
            continue
        due = routing.deadline(filing.rules, stop, mode=journey.mode, craft=craft, space=space)
        row = wanted.setdefault((stop.state, stop.role), JourneyParty(journey=journey, party_id=stop.state))
        row.role, row.deadline_at = stop.role, min(filter(None, [row.deadline_at, due]), default=None)
        before = known.get((stop.state, stop.role))
        row.received_at = before.received_at if before else None
    if filing.function in travellers.LISTING:
        _note_receipt(wanted.values(), filing.submission, filing.obj)
    JourneyParty.objects.bulk_create(
        wanted.values(),
        update_conflicts=True,
        unique_fields=["journey", "party", "role"],
        update_fields=["deadline_at", "received_at"],
    )
    gone = [row.pk for name, row in known.items() if name not in wanted]
    if gone and filing.legs:
        JourneyParty.objects.filter(pk__in=gone).delete()


def _note_receipt(rows: Any, submission: Submission, obj: dict[str, Any]) -> None:
    """When the first list came, and how late that was for each State."""
    late: dict[str, int] = {}
    for row in rows:
        if row.received_at is not None:
            continue
        row.received_at = submission.created_at
        if row.deadline_at and row.deadline_at < submission.created_at:
            minutes = int((submission.created_at - row.deadline_at).total_seconds() // 60)
            late[row.party_id] = max(minutes, late.get(row.party_id, 0))
    for state, minutes in sorted(late.items()):
        if minutes:
            add_finding(obj, "LATE", minutes=minutes, state=state)
