"""A bulletin speaks of persons and things: each reader is shown what their own facts say of them, or nothing at all."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.rifc.actions import recalls
from apps.watch.actions import entities
from apps.watch.models import BulletinThing
from tests.entities.people import a_person, a_report, a_thing
from tests.rifc.people import HEAD, Person
from tests.watch.people import GUYANA, JAMAICA, LEAD, OFFICER, TRINIDAD, a_draft, issued

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Marlon Testcase", "+1 246 555 0101"


@pytest.fixture
def known(cast: Any) -> Any:
    """A report that RIFC and Jamaica have, with a person and a phone in it."""
    report = a_report(cast, "RIFC.watch", "JAM.contact", classification=2, para={"portion": 2})
    return report, a_person(cast, report), a_thing(cast, report, "phone", "number", "+1 246 555 0101")


def titles(client_for: Any, who: str, row: Any) -> set[str]:
    page = client_for(who).get(reverse("watch:bulletin", args=[row.pk]))
    assert page.status_code == 200
    return {one.title.text for one in page.context["things"]}


def test_a_reader_without_a_fact_of_his_own_is_not_told_that_there_is_somebody(
    cast: Any, client_for: Any, known: Any
) -> None:
    report, person, phone = known
    draft = a_draft(cast)
    for thing in (person, phone, person):
        entities.name_entity_in_bulletin(cast[OFFICER], draft, thing=thing.pk)
    assert BulletinThing.objects.filter(bulletin=draft).count() == 2
    row = issued_of(cast, draft)
    assert titles(client_for, JAMAICA, row) == {NAME, NUMBER}
    assert titles(client_for, TRINIDAD, row) == set()
    page = client_for(TRINIDAD).get(reverse("watch:bulletin", args=[row.pk])).content.decode()
    assert 'id="e-h"' not in page
    assert str(person.pk) not in page
    # the banner is as high as the report from which the name comes, for who sees the name alone
    assert "CONFIDENTIAL" in client_for(JAMAICA).get(reverse("watch:bulletin", args=[row.pk])).content.decode()
    assert "CONFIDENTIAL" not in page
    told = Person(client_for(JAMAICA)).get(f"/api/v1/rifc/bulletins/{row.pk}/").json()["things"]
    assert {(one["type"], one["title"], one["classification"]) for one in told} == {
        ("person", NAME, "CONFIDENTIAL"),
        ("phone", NUMBER, "CONFIDENTIAL"),
    }
    assert Person(client_for(GUYANA)).get(f"/api/v1/rifc/bulletins/{row.pk}/").json()["things"] == []
    recalls.recall_rifc_report(cast[HEAD], report, reason_code="other", text="Back.")
    assert titles(client_for, JAMAICA, row) == titles(client_for, OFFICER, row) == set()


def issued_of(cast: Any, draft: Any) -> Any:
    from apps.watch.actions import bulletins

    return bulletins.issue_bulletin(cast[LEAD], draft)


def test_only_what_one_sees_is_linked_and_only_while_it_is_a_draft(cast: Any, known: Any) -> None:
    _report, person, _phone = known
    draft = a_draft(cast)
    hidden = a_person(cast, a_report(cast, "JAM.contact"), "Hidden Person")
    for key in (hidden.pk, uuid.uuid4()):
        with pytest.raises(ValidationError) as caught:
            entities.name_entity_in_bulletin(cast[OFFICER], draft, thing=key)
        assert "You cannot see an entity with this ID" in caught.value.message_dict["thing"][0]
    for who, reason in (("brb.contact.officer", "not-visible"), ("rifc.watch.supervisor", "")):
        if reason:
            with pytest.raises(Refused) as refused:
                entities.name_entity_in_bulletin(cast[who], draft, thing=person.pk)
            assert refused.value.reason == reason
    with pytest.raises(Refused) as refused:
        entities.name_entity_in_bulletin(cast[OFFICER], issued(cast), thing=person.pk)
    assert refused.value.reason == "wrong-state"


def test_the_writer_finds_links_and_takes_out_without_a_script(cast: Any, client_for: Any, known: Any) -> None:
    _report, person, phone = known
    draft, officer = a_draft(cast), client_for(OFFICER)
    place = reverse("watch:bulletin_things", args=[draft.pk])
    assert place in officer.get(reverse("watch:bulletin", args=[draft.pk])).content.decode()
    found = officer.get(place, {"q": "246 555 0101"})
    assert [one.title.pk for one in found.context["found"]] == [phone.pk]
    assert "CONFIDENTIAL" in found.content.decode()
    assert officer.post(place, {"link": str(person.pk)}).status_code == 302
    assert [one.title.text for one in officer.get(place).context["linked"]] == [NAME]
    wrong = officer.post(place, {"link": str(uuid.uuid4())})
    assert wrong.status_code == 422
    assert "You cannot see an entity with this ID" in wrong.content.decode()
    assert officer.post(place, {"unlink": str(person.pk)}).status_code == 302
    assert not BulletinThing.objects.exists()
    assert client_for(JAMAICA).get(place).status_code == 404
