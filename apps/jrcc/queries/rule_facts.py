"""Travellers as targeting rules see them: the facts of apps.screening.rules, as far as the rule's party may know them.

A State's rule counts hits and earlier journeys that the State itself knows; only the JRCC's rules count the region's.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django.db.models import F, Q

from apps.journeys.models import Document, JourneyParty, Leg, Traveller
from apps.jrcc.models import Hit
from apps.manifests.models import Submission

REGION: Final = "JRCC"
"""The party that sees every traveller and every hit."""

MONTH, YEAR = datetime.timedelta(days=30), datetime.timedelta(days=365)
FAULTLESS: Final = "accepted"


class Facts:
    """What is known of some travellers. Each kind of fact is read when a rule first asks for it: one query a kind.

    The travellers come with journey and documents loaded (`queries.with_facts`).
    """

    def __init__(self, travellers: Sequence[Traveller]) -> None:
        self.travellers = travellers

    def of(self, traveller: Traveller, party: str, groups: Collection[str]) -> dict[str, Any]:
        """Facts of these groups (`person`, `route` …) as a party's rule may know them; absent is not known."""
        facts: dict[str, Any] = {}
        for group in groups:
            for name, value in getattr(self, f"_{group}")(traveller, party).items():
                facts[f"{group}.{name}"] = value
        return facts

    def _person(self, traveller: Traveller, _party: str) -> dict[str, Any]:
        return {
            "age": age_on(traveller, traveller.journey.date),
            "sex": traveller.sex if traveller.sex in {"F", "M", "X"} else None,
            "nationality": traveller.nationality or None,
        }

    def _document(self, traveller: Traveller, _party: str) -> dict[str, Any]:
        papers = [paper for paper in traveller.documents.all() if paper.number]
        ends = [day for paper in papers if (day := _day(paper.expires))]
        return {
            "type": sorted({paper.type for paper in papers if paper.type}),
            "issuer": sorted({paper.issuer for paper in papers if paper.issuer}),
            "expires_in": (min(ends) - traveller.journey.date).days if ends else None,
            "count": len(papers),
        }

    def _route(self, traveller: Traveller, _party: str) -> dict[str, Any]:
        journey = traveller.journey
        return {
            "mode": journey.mode.upper(),
            "carrier": journey.carrier_id,
            "number": journey.number or None,
            "from": traveller.from_port or None,
            "to": traveller.to_port or None,
            "places": self._places.get(journey.pk) or [one for one in (journey.origin, journey.destination) if one],
            "status": traveller.status.upper() or None,
            "weekday": journey.date.strftime("%A").upper(),
        }

    def _booking(self, traveller: Traveller, party: str) -> dict[str, Any]:
        others = self._companions.get((traveller.journey_id, traveller.pnr), set()) - {traveller.pk}
        known = bool(traveller.pnr)
        return {
            "size": len(others) + 1 if known else None,
            "hits": sum(1 for one in others if self._told(one, party)) if known else None,
            "seat": bool(traveller.seat),
        }

    def _told(self, traveller: Any, party: str) -> bool:
        return any(party in {REGION, owner} or party in referred for owner, referred in self._hits.get(traveller, ()))

    def _history(self, traveller: Traveller, party: str) -> dict[str, Any]:
        keys = {(paper.number, paper.issuer) for paper in traveller.documents.all() if paper.number}
        if not keys or (party != REGION and party not in traveller.states):
            return {}
        day = traveller.journey.date
        days = {
            journey: when
            for key in keys
            for journey, when, states in self._earlier.get(key, ())
            if journey != traveller.journey_id and day - YEAR <= when <= day and (party == REGION or party in states)
        }
        return {"journeys_365": len(days), "journeys_30": sum(1 for when in days.values() if when >= day - MONTH)}

    def _list(self, traveller: Traveller, party: str) -> dict[str, Any]:
        late = [late for state, late in self._lateness.get(traveller.journey_id, ()) if party in {REGION, state}]
        return {
            "faulty": self._grades.get(traveller.submission_id, FAULTLESS) != FAULTLESS,
            "late": any(late) if late else None,
        }

    @cached_property
    def _journeys(self) -> set[Any]:
        return {traveller.journey_id for traveller in self.travellers}

    @cached_property
    def _places(self) -> Mapping[Any, list[str]]:
        places: dict[Any, list[str]] = defaultdict(list)
        legs = Leg.objects.filter(journey__in=self._journeys).order_by("journey", "seq")
        for journey, *ends in legs.values_list("journey_id", "from_port", "to_port"):
            places[journey] += [place for place in ends if place and place not in places[journey]]
        return places

    @cached_property
    def _companions(self) -> Mapping[tuple[Any, str], set[Any]]:
        booked: dict[tuple[Any, str], set[Any]] = defaultdict(set)
        rows = Traveller.objects.filter(journey__in=self._journeys, withdrawn_at=None).exclude(pnr="")
        for pk, journey, pnr in rows.order_by().values_list("pk", "journey_id", "pnr"):
            booked[journey, pnr].add(pk)
        return booked

    @cached_property
    def _hits(self) -> Mapping[Any, list[tuple[str, list[str]]]]:
        """(owner of the entry, States it was referred to) of the hits that were not put aside."""
        found: dict[Any, list[tuple[str, list[str]]]] = defaultdict(list)
        rows = Hit.objects.filter(journey__in=self._journeys, entry__kind__in=("person", "document"))
        rows = rows.exclude(state__in=(Hit.State.DISMISSED, Hit.State.WITHDRAWN)).order_by()
        for traveller, owner, referred in rows.values_list("traveller_id", "list_party_id", "referred_to"):
            found[traveller].append((owner, referred))
        return found

    @cached_property
    def _earlier(self) -> Mapping[tuple[str, str], set[tuple[Any, datetime.date, tuple[str, ...]]]]:
        """Journeys of each document: (journey, day, States)."""
        numbers = {paper.number for one in self.travellers for paper in one.documents.all() if paper.number}
        days = [one.journey.date for one in self.travellers]
        found: dict[tuple[str, str], set[tuple[Any, datetime.date, tuple[str, ...]]]] = defaultdict(set)
        if not numbers:
            return found
        rows = Document.objects.filter(
            number__in=numbers,
            traveller__withdrawn_at=None,
            traveller__journey__date__range=(min(days) - YEAR, max(days)),
        ).exclude(traveller__journey__state="cancelled")
        columns = ("number", "issuer", *(f"traveller__{name}" for name in _OF_TRAVELLER))
        for number, issuer, journey, day, here, past in rows.order_by().values_list(*columns):
            found[number, issuer].add((journey, day, (*here, *past)))
        return found

    @cached_property
    def _lateness(self) -> Mapping[Any, list[tuple[str, bool]]]:
        found: dict[Any, list[tuple[str, bool]]] = defaultdict(list)
        rows = JourneyParty.objects.filter(
            journey__in=self._journeys, deadline_at__isnull=False, received_at__isnull=False
        ).annotate(late=Q(received_at__gt=F("deadline_at")))
        for journey, party, late in rows.order_by().values_list("journey_id", "party_id", "late"):
            found[journey].append((party, late))
        return found

    @cached_property
    def _grades(self) -> Mapping[Any, str]:
        lists = {traveller.submission_id for traveller in self.travellers}
        return dict(Submission.objects.filter(pk__in=lists).order_by().values_list("pk", "grade"))


_OF_TRAVELLER = ("journey_id", "journey__date", "parties", "transit_parties")


def age_on(traveller: Traveller, day: datetime.date) -> int | None:
    """Full years on a day; None where the date of birth is not known to the day, or may be of two centuries."""
    born = None if traveller.birth_date_other else _day(traveller.birth_date)
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def groups_of(names: Iterable[str]) -> set[str]:
    """Groups of facts, `route` of `route.from`."""
    return {name.partition(".")[0] for name in names}
