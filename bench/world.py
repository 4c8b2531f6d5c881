"""A region's worth of records for the page benchmark, by the bulk path: states that actions would also reach."""

import datetime
import random
from typing import Any

from django.utils import timezone

from apps.access.managers import permission_id
from apps.journeys.models import Carrier, Document, Journey, JourneyDeskGrant, Leg, Traveller
from apps.jrcc.models import Hit, HitDeskGrant
from apps.manifests.models import Submission, SubmissionContent, SubmissionDeskGrant
from apps.people.models import Desk
from apps.screening.models import Entry, EntryDeskGrant, WatchList, WatchListDeskGrant

PORTS = {
    **{"ATG": "ANU", "BHS": "NAS", "BRB": "BGI", "BLZ": "BZE", "DMA": "DOM", "GRD": "GND", "GUY": "GEO", "HTI": "PAP"},
    **{"JAM": "KIN", "MSR": "MNI", "KNA": "SKB", "LCA": "UVF", "VCT": "SVD", "SUR": "PBM", "TTO": "POS"},
}
SURNAMES = ["ALLEYNE", "BAPTISTE", "CHARLES", "DEFREITAS", "ESDAILLE", "FRANCOIS", "GRANT", "HINDS", "JOSEPH", "KHAN"]
PER_JOURNEY = 143
BATCH = 2000


def build(travellers: int, seed: int = 1) -> dict[str, int]:
    """Journeys between the fifteen Member States with `travellers` persons, hits on one in a hundred; counts."""
    return _Builder(travellers, random.Random(seed)).build()  # noqa: S311  (figures, not secrets)


class _Builder:
    def __init__(self, travellers: int, chance: random.Random) -> None:
        self.wanted, self.chance = travellers, chance
        self.desks = {desk.code: desk for desk in Desk.objects.select_related("party")}
        self.watch = self.desks["JRCC.watch"]
        self.start = timezone.now() - datetime.timedelta(days=20)

    def build(self) -> dict[str, int]:
        carrier = Carrier.objects.get_or_create(code="7T", defaults={"name": "Tradewind"})[0]
        journeys = [self.journey(n, carrier) for n in range(max(1, self.wanted // PER_JOURNEY))]
        Journey.objects.bulk_create(journeys, BATCH)
        self.grant(JourneyDeskGrant, journeys, lambda j: self.seeing(j))
        Leg.objects.bulk_create([self.leg(j) for j in journeys], BATCH)
        submissions = self.submissions(journeys)
        people = self.people(journeys, submissions)
        hits = self.hits(people)
        return {"journeys": len(journeys), "travellers": len(people), "hits": len(hits)}

    def journey(self, number: int, carrier: Carrier) -> Journey:
        start, end = self.chance.sample(sorted(PORTS), 2)
        departs = self.start + datetime.timedelta(minutes=21 * number)
        return Journey(
            owner=self.watch, originator_id="JRCC", mode="air", carrier=carrier, number=str(100 + number),
            date=departs.date(), origin=PORTS[start], destination=PORTS[end], departs_at=departs,
            arrives_at=departs + datetime.timedelta(hours=1, minutes=30), arrival_party_id=end,
            passengers=PER_JOURNEY, screened=PER_JOURNEY, grade="accepted", state="complete",
        )  # fmt: skip

    def leg(self, journey: Journey) -> Leg:
        return Leg(
            journey=journey, seq=0, from_port=journey.origin, to_port=journey.destination,
            departs_at=journey.departs_at, arrives_at=journey.arrives_at,
        )  # fmt: skip

    def seeing(self, journey: Journey) -> list[int]:
        start = next(state for state, port in PORTS.items() if port == journey.origin)
        return [self.watch.pk, self.desks[f"{start}.border"].pk, self.desks[f"{journey.arrival_party_id}.border"].pk]

    def grant(self, grants: Any, rows: list[Any], who: Any) -> None:
        model = grants._meta.get_field("content_object").related_model
        perm = permission_id(model, "view")
        made = [grants(content_object=row, group_id=group, permission_id=perm) for row in rows for group in who(row)]
        grants.objects.bulk_create(made, BATCH)

    def submissions(self, journeys: list[Journey]) -> list[Submission]:
        desk = self.desks["7T.carrier"]
        rows = [
            Submission(
                owner=desk, originator_id="7T", receipt=f"BENCH-{n}", channel="api", sha256=f"{n:064d}", size=60_000,
                grade="accepted", flight=f"7T {journey.number}", journey=journey, passengers=PER_JOURNEY,
                state="answered",
            )
            for n, journey in enumerate(journeys)
        ]  # fmt: skip
        Submission.objects.bulk_create(rows, BATCH)
        SubmissionContent.objects.bulk_create([SubmissionContent(submission=row, raw=b"-") for row in rows], BATCH)
        self.grant(SubmissionDeskGrant, rows, lambda row: [desk.pk, self.watch.pk])
        return rows

    def people(self, journeys: list[Journey], submissions: list[Submission]) -> list[Traveller]:
        rows = [
            self.traveller(journey, submission, seq)
            for journey, submission in zip(journeys, submissions, strict=True)
            for seq in range(1, PER_JOURNEY + 1)
        ]
        Traveller.objects.bulk_create(rows, BATCH)
        Document.objects.bulk_create(
            [Document(traveller=row, type="P", number=f"R{n:08d}", issuer="GUY") for n, row in enumerate(rows)], BATCH
        )
        return rows

    def traveller(self, journey: Journey, submission: Submission, seq: int) -> Traveller:
        start = next(state for state, port in PORTS.items() if port == journey.origin)
        return Traveller(
            journey=journey, submission=submission, seq=seq, surname=self.chance.choice(SURNAMES), given_names="A B",
            birth_date=f"{self.chance.randint(1940, 2015)}-03-07", nationality="GUY", status="passenger",
            from_port=journey.origin, to_port=journey.destination, parties=[start, journey.arrival_party_id],
            screened_at=journey.departs_at,
        )  # fmt: skip

    def hits(self, people: list[Traveller]) -> list[Hit]:
        entry = self.entry()
        rows = [self.hit(n, person, entry) for n, person in enumerate(people[::100])]
        Hit.objects.bulk_create(rows, BATCH)
        border = {code.partition(".")[0]: desk.pk for code, desk in self.desks.items() if code.endswith(".border")}
        self.grant(HitDeskGrant, rows, lambda hit: [self.watch.pk, border[hit.referred_to[0]]])
        return rows

    def entry(self) -> Entry:
        desk = self.desks["JAM.intelligence"]
        listed = WatchList.objects.create(
            owner=desk, originator_id="JAM", code="JAM-BENCH", name="Benchmark", kind="national"
        )
        subject = {"surname": "Grant", "given_names": "A B"}
        entry = Entry.objects.create(
            owner=desk, originator_id="JAM", list=listed, reference="1", subject=subject, display_name="GRANT, A B",
            instruction="question", level=2,
        )  # fmt: skip
        self.grant(WatchListDeskGrant, [listed], lambda row: [desk.pk, self.watch.pk])
        self.grant(EntryDeskGrant, [entry], lambda row: [desk.pk, self.watch.pk])
        return entry

    def hit(self, number: int, person: Traveller, entry: Entry) -> Hit:
        lands: Any = person.journey.arrives_at
        open_now = lands > timezone.now()
        return Hit(
            owner=self.watch, originator_id="JRCC", level=2, reference=f"H-BENCH-{number}", journey=person.journey,
            traveller=person, entry=entry, entry_version=1, list_name="Benchmark", list_party_id="JAM",
            hit_visible_to="all", score=0.9, prior=-3.0, matcher="bench", instruction="question",
            evidence=[{"feature": "surname", "text": "surname matches", "weight": 5.197}],
            parties=person.parties, referred_to=[person.journey.arrival_party_id],
            due_at=lands, state="referred" if open_now else "closed",
            outcome="" if open_now else "admitted",
        )  # fmt: skip
