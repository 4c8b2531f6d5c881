"""Flights of tomorrow for benchmarks: fictional travellers stored as a carrier's lists leave them, ready to screen."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from django.utils import timezone

from apps.access.managers import permission_id
from apps.journeys.models import Carrier, Document, Journey, JourneyDeskGrant, Leg, Traveller
from apps.journeys.queries.identities import identity_of, record_of
from apps.manifests.models import Submission, SubmissionContent, SubmissionDeskGrant
from apps.people.models import Desk
from apps.screening.matching import probe_keys

ORIGIN, DESTINATION = ("JAM", "KIN"), ("BRB", "BGI")
DESKS = ("JRCC.watch", "JRCC.automation", "JAM.border", "BRB.border")


def file(records: Sequence[Mapping[str, Any]], people: int, *, first: int = 0) -> list[Submission]:
    """Lists of `people` travellers each, read and not yet screened; flight numbers begin after `first`."""
    desks = {desk.code: desk for desk in Desk.objects.filter(code__in=DESKS)}
    carrier = Carrier.objects.get_or_create(code="7T", defaults={"name": "Tradewind"})[0]
    found = []
    for number, some in enumerate(batched(records, people), start=first + 1):
        journey = _journey(number, len(some), carrier, desks["JRCC.watch"])
        submission = _submission(number, len(some), journey, desks["JRCC.watch"])
        JourneyDeskGrant.objects.bulk_create(
            [
                JourneyDeskGrant(content_object=journey, group_id=desk.pk, permission_id=permission_id(Journey, "view"))
                for desk in desks.values()
            ]
        )
        SubmissionDeskGrant.objects.bulk_create(
            [
                SubmissionDeskGrant(
                    content_object=submission, group_id=desk.pk, permission_id=permission_id(Submission, "view")
                )
                for desk in desks.values()
            ]
        )
        _travellers(some, journey, submission)
        found.append(submission)
    return found


def _journey(number: int, count: int, carrier: Carrier, owner: Desk) -> Journey:
    departs = timezone.now() + datetime.timedelta(days=1)
    arrives = departs + datetime.timedelta(hours=3)
    journey = Journey.objects.create(
        owner=owner, originator_id="JRCC", mode="air", carrier=carrier, number=str(1000 + number),
        date=departs.date(), origin=ORIGIN[1], destination=DESTINATION[1], departs_at=departs, arrives_at=arrives,
        arrival_party_id=DESTINATION[0], passengers=count, screened=0, grade="accepted", state="complete",
    )  # fmt: skip
    Leg.objects.create(
        journey=journey, seq=0, from_port=ORIGIN[1], to_port=DESTINATION[1], departs_at=departs, arrives_at=arrives
    )
    return journey


def _submission(number: int, count: int, journey: Journey, owner: Desk) -> Submission:
    row = Submission.objects.create(
        owner=owner, originator_id="7T", receipt=f"BENCH-{number}", channel="api", sha256=f"{number:064d}",
        size=60_000, grade="accepted", flight=f"7T {journey.number}", journey=journey, passengers=count,
        state=Submission.State.READ,
    )  # fmt: skip
    SubmissionContent.objects.create(submission=row, raw=b"-")
    return row


def _travellers(records: Sequence[Mapping[str, Any]], journey: Journey, submission: Submission) -> None:
    rows, documents = [], []
    for seq, record in enumerate(records, start=1):
        row = Traveller(
            journey=journey, submission=submission, seq=seq, status="passenger", from_port=ORIGIN[1],
            to_port=DESTINATION[1], parties=[ORIGIN[0], DESTINATION[0]], **_columns(record),
        )  # fmt: skip
        papers = [
            Document(traveller=row, type=one["type"], number=one["number"], issuer=one["issuer"] or "")
            for one in record["documents"]
        ]
        row._prefetched_objects_cache = {"documents": papers}  # type: ignore[attr-defined]
        identity = identity_of(record_of(row))
        row.keys = sorted(probe_keys(identity)) if identity else []
        rows.append(row)
        documents += papers
    Traveller.objects.bulk_create(rows)
    Document.objects.bulk_create(documents)


def _columns(record: Mapping[str, Any]) -> dict[str, str]:
    """What a carrier's list has places for: one nationality, a date, surname and given names."""
    born = record["birth_date"]
    return {
        "surname": record["surname"] or record["full_name"] or "",
        "given_names": record["given_names"] or "",
        "sex": record["sex"] or "U",
        "birth_date": born if isinstance(born, str) else "",
        "nationality": next(iter(record["nationality"]), ""),
    }
