"""A list that goes on with another flight: the State of the onward arrival has its arrival, time and deadline."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journeys.models import Journey, JourneyParty, Leg, Traveller
from apps.manifests import paxlst
from apps.manifests.paxlst.trips import trip_of
from tests.jrcc.pages_world import sent

pytestmark = pytest.mark.django_db


def message(day: datetime.date) -> bytes:
    """7T 7002 KIN-BGI and 7T 7003 BGI-POS in one message: one traveller to Port of Spain, one to Bridgetown."""
    sent = f"{day:%y%m%d}"
    people = "".join(
        f"NAD+FL+++{name}:COSTANZE'ATT+2++F'DTM+329:800101'LOC+178+KIN'LOC+179+{to}'NAT+2+TTO'"
        f"DOC+P:110:111+T{n}000000'DTM+36:310514'LOC+91+TTO'"
        for n, (name, to) in enumerate((("ABELLINE", "POS"), ("BRANDOVAR", "BGI")), start=1)
    )
    body = (
        f"UNH+PAX1+PAXLST:D:12B:UN:IATA+7T7002/{sent}/1000+01:F'BGM+745'TDT+20+7T7002'LOC+125+KIN'"
        f"DTM+189:{sent}1000:201'LOC+87+BGI'DTM+232:{sent}1430:201'TDT+20+7T7003'LOC+125+BGI'DTM+189:{sent}1600:201'"
        f"LOC+87+POS'DTM+232:{sent}1705:201'{people}CNT+42:2'"
    )
    count = body.count("'") + 1
    return f"UNB+UNOA:4+7TAPIS:ZZ+JRCC:ZZ+{sent}:0912+K7002++APIS'{body}UNT+{count}+PAX1'UNZ+1+K7002'".encode()


def test_the_state_of_the_onward_arrival_has_its_time_and_deadline(cast, drain, client_for):
    day = (timezone.now() + datetime.timedelta(days=2)).date()
    row = sent(cast, drain, message(day))
    assert row.grade == "accepted"
    journey = Journey.objects.get()
    assert (journey.carrier_id, journey.number, journey.origin) == ("7T", "7002", "KIN")
    legs = Leg.objects.filter(journey=journey).order_by("seq")
    assert [(leg.from_port, leg.to_port, f"{leg.arrives_at:%H:%M}") for leg in legs] == [
        ("KIN", "BGI", "18:30"), ("BGI", "POS", "21:05"),
    ]  # fmt: skip
    trinidad = JourneyParty.objects.get(journey=journey, party_id="TTO", role="arrival")
    assert trinidad.deadline_at is not None
    assert {(one.party_id, one.role) for one in JourneyParty.objects.filter(journey=journey)} == {
        ("JAM", "departure"), ("BRB", "arrival"), ("BRB", "departure"), ("TTO", "arrival"),
    }  # fmt: skip
    seen = Traveller.objects.visible_to(cast["tto.border.officer"]).values_list("surname", flat=True)
    assert list(seen) == ["ABELLINE"]
    page = client_for("7t.carrier.agent").get(reverse("jrcc:submission_people", args=[row.pk])).content.decode()
    assert "<small>7T 7003</small>" in page


def test_the_form_opened_with_such_a_list_has_the_legs_of_its_own_flight():
    (obj,) = paxlst.read(message(timezone.now().date()))
    assert [leg["to"] for leg in trip_of(obj)["legs"]] == ["BGI"]
