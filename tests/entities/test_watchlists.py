"""From a person or thing to an entry of one's own list, and back to the hits on it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.entities.actions import watchlist_entries
from apps.entities.models import Listed
from apps.jrcc.models import Hit
from apps.rifc.actions import release_requests
from apps.screening.actions import open_watchlist
from apps.screening.models import Entry
from tests.entities.people import BRB, BRB_HEAD, GUY, a_person, a_report, a_thing, record

pytestmark = pytest.mark.django_db
GIVEN = {"list": "BRB-ENTITIES", "reference": "E-1", "instruction": "discreet"}
JAMAICA = "jam.intelligence.officer"


def a_list(cast: Any, who: str = BRB) -> None:
    code = f"{cast[who].party_code}-ENTITIES"
    open_watchlist(cast[who], None, code=code, name="From reports", kind="national")


def known(cast: Any, report: Any) -> Any:
    person = a_person(cast, report)
    for field, value in (("alias", "Shorty Test"), ("born", "1984-05"), ("sex", "M"), ("passport", "JAM A1234567")):
        record(cast, person, report, field, value)
    return record(cast, person, report, "nationality", "JAM")


def test_the_entry_says_what_the_facts_say_and_each_leads_to_the_other(cast: Any, client_for: Any) -> None:
    a_list(cast)
    person = known(cast, a_report(cast, "JAM.intelligence"))
    place = reverse("entities:do", args=[person.pk, "enlist"])
    assert client_for(BRB).get(place).status_code == 200
    assert client_for(BRB).post(place, GIVEN).status_code == 302
    entry = Entry.objects.get(reference="E-1")
    assert entry.kind == "person"
    assert entry.originator_id == "BRB"
    assert entry.subject == {
        "full_name": "Marlon Testcase",
        "aliases": ["Shorty Test"],
        "documents": [{"type": "P", "number": "A1234567", "issuer": "JAM"}],
        "birth_date": ["1984-05"],
        "sex": "M",
        "nationality": ["JAM"],
    }
    page = client_for(BRB).get(reverse("entities:thing", args=[person.pk])).content.decode()
    assert reverse("screening:entry", args=[entry.pk]) in page
    assert "no hit you may see" in page
    assert "E-1" not in client_for(JAMAICA).get(reverse("entities:thing", args=[person.pk])).content.decode()


def test_the_page_shows_hits_on_its_entry_to_who_may_see_them(cast: Any, client_for: Any) -> None:
    from tests.world import a_world

    hit = Hit.objects.select_related("entry").get(pk=a_world(cast).hit.pk)
    officer = "jam.intelligence.officer"
    report = a_report(cast, "BRB.intelligence", author=officer, head="jam.intelligence.head")
    person = a_person(cast, report, who=officer)
    Listed.objects.create(entity=person, entry=hit.entry)
    where = reverse("entities:thing", args=[person.pk])
    assert reverse("jrcc:hit", args=[hit.pk]) in client_for(officer).get(where).content.decode()
    assert reverse("jrcc:hit", args=[hit.pk]) not in client_for(BRB).get(where).content.decode()


def test_another_partys_facts_go_on_a_list_only_with_its_consent(cast: Any) -> None:
    a_list(cast, JAMAICA)
    report = a_report(cast, "JAM.intelligence")
    person = known(cast, report)
    given = GIVEN | {"list": "JAM-ENTITIES"}
    with pytest.raises(ValidationError, match="Ask the originator"):
        watchlist_entries.list_entity(cast[JAMAICA], person, **given)
    asked = release_requests.submit_release_request(
        cast[JAMAICA], None, of=report, to=["JRCC.watch"], purpose="border_list"
    )
    release_requests.decide_release_request(cast[BRB_HEAD], asked, decision="approve", reason="")
    watchlist_entries.list_entity(cast[JAMAICA], person, **given)
    assert Entry.objects.get(reference="E-1").subject["full_name"] == "Marlon Testcase"


def test_an_entry_holds_nothing_of_a_report_that_its_maker_may_not_pass_on(cast: Any) -> None:
    a_list(cast, JAMAICA)
    closed, free = a_report(cast, "JAM.intelligence"), a_report(cast, "JAM.intelligence", tlp="GREEN")
    person = a_person(cast, free)
    record(cast, person, closed, "alias", "Closed Alias")
    watchlist_entries.list_entity(cast[JAMAICA], person, **(GIVEN | {"list": "JAM-ENTITIES"}))
    assert "Closed" not in str(Entry.objects.get(reference="E-1").subject)


def test_vessels_and_telephones_are_kept_for_search_and_places_are_not_listed(cast: Any) -> None:
    a_list(cast)
    report = a_report(cast, "JAM.contact")
    vessel = a_thing(cast, report, "vessel", "name", "Blue Demo")
    record(cast, vessel, report, "imo", "9074729")
    watchlist_entries.list_entity(cast[BRB], vessel, **GIVEN)
    phone = a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    watchlist_entries.list_entity(cast[BRB], phone, **(GIVEN | {"reference": "E-2"}))
    assert Entry.objects.get(reference="E-1").kind == "vessel"
    assert Entry.objects.get(reference="E-2").kind == "contact"
    place = a_thing(cast, report, "location", "name", "Demo Bay")
    with pytest.raises(ValidationError, match="Watchlists hold"):
        watchlist_entries.list_entity(cast[BRB], place, **(GIVEN | {"reference": "E-3"}))


def test_only_desks_that_keep_lists_list_and_only_on_their_own(cast: Any) -> None:
    a_list(cast)
    person = a_person(cast, a_report(cast, "GUY.contact", "JAM.intelligence", tlp="GREEN"))
    with pytest.raises(Refused) as refused:
        watchlist_entries.list_entity(cast[GUY], person, **GIVEN)
    assert refused.value.code == "not-list-desk"
    with pytest.raises(Refused) as refused:
        watchlist_entries.list_entity(cast[JAMAICA], person, **GIVEN)
    assert refused.value.code == "not-list-owner"
    assert not Listed.objects.exists()
