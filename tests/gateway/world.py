"""A source and one query that was put to it, for the matrix of addresses."""

from typing import Any

from django.utils import timezone

from apps.gateway.models import Check, Query, Round, Source
from apps.journeys.models import Traveller


def a_query(traveller: Traveller) -> dict[str, Any]:
    """As the gateway leaves it once it is answered; the source itself stays unconnected."""
    source, now = Source.objects.get(code="INTERPOL-SLTD"), timezone.now()
    about = {"source": source, "subject_kind": "jrcc.traveller", "subject_id": traveller.pk}
    check = Check.objects.create(**about, group_id=traveller.journey_id, digest="0" * 64, queued_at=now, state="gone")
    row = Round.objects.create(source=source, seat_id=0, desk="JRCC.automation", purpose="border_control", asked_at=now)
    query = Query.objects.create(**about, round=row, check_row=check, asked_at=now, outcome="no_record")
    return {"interpol_source": source, "interpol_query": query}
