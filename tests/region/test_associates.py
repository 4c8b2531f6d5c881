"""An Associate Member reads its own rows; whatever the others do changes nothing of what it reads."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from apps.region.actions import participation as acts
from apps.region.models import Participation, StagePeriod, StatedCount, Track
from tests.demonstrations import play_region

from . import people

pytestmark = pytest.mark.django_db
PLACES = (
    "/region/",
    "/region/?system=CISNET&as_of=2008-01-21",
    "/region/participations.csv",
    "/region/systems/APIS/",
    "/region/numbers/E_MANIFEST/?as_of=2008-01-21",
    "/region/laws/",
    "/region/laws/topics/CYBER_CRIME/",
    "/region/indicators/CISNET_STATES/",
    "/region/indicators/LAWS_IN_FORCE/",
    "/api/v1/region/participations/",
    "/api/v1/region/participations/?system=E_MANIFEST&as_of=2008-01-21&format=summary",
    "/api/v1/region/measures/",
    "/api/v1/region/indicators/",
)


def seen(browser: Any) -> dict[str, Any]:
    """What the Associate's pages say, without what differs by itself."""
    found = {}
    for place in PLACES:
        answer = browser.get(place)
        assert answer.status_code == 200, place
        content = answer.content.decode()
        found[place] = content.split("<main")[-1].split("</main>")[0].split("Working copy")[0]
    return found


def test_what_member_states_do_is_not_seen_by_an_associate_member(cast: Any, client_for: Any):
    browser = client_for(people.CAYMAN)
    before = seen(browser)
    row = people.participation("JAM", "E_MANIFEST")
    acts.withdraw_participation(cast[people.JAMAICA], row, on=datetime.date(2008, 1, 21), notice="MNS/1")
    row = acts.express_interest(
        cast[people.JAMAICA], people.participation("JAM"), on=datetime.date(2024, 1, 9), letter="MNS/1"
    )
    from apps.region.actions import laws

    track = Track.objects.get(topic="CYBER_CRIME", party="JAM")
    laws.commence_measure(cast[people.JAMAICA], track, on=datetime.date(2024, 1, 9), title="Act")
    after = seen(browser)
    assert [place for place in PLACES if before[place] != after[place]] == []


def test_its_own_rows_are_there(cast: Any, client_for: Any):
    play_region()
    browser = client_for(people.CAYMAN)
    page = browser.get("/region/?system=APIS").content.decode()
    assert "Cayman Islands: in use" in page
    assert "Barbados" not in page.split("<main")[-1].split("</main>")[0]
    assert browser.get(reverse("region:state", args=["CYM"])).status_code == 200
    assert browser.get(reverse("region:state", args=["JAM"])).status_code == 404
    other = people.participation("JAM")
    assert browser.get(reverse("region:participation", args=[other.pk])).status_code == 404


def test_its_counts_hold_no_hidden_rows(cast: Any):
    actor = cast[people.CAYMAN]
    assert set(Participation.objects.visible_to(actor).values_list("party", flat=True)) == {"CYM"}
    assert StatedCount.objects.visible_to(actor).count() == 0
    assert set(StagePeriod.objects.visible_to(actor).values_list("participation__party", flat=True)) <= {"CYM"}
    assert set(Track.objects.visible_to(actor).values_list("party", flat=True)) == {"CYM"}


def test_it_asks_to_join_for_itself_alone(cast: Any):
    row = people.participation("CYM")
    row = acts.express_interest(cast[people.CAYMAN], row, on=datetime.date(2024, 1, 9), letter="CIG/1")
    assert row.state == "interested"
