"""Pages of persons and things ask the database as often for many statements as for few, and at most twelve times."""

from typing import Any

import pytest
from django.urls import reverse

from apps.entities.actions import duplicates, statements
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting
from tests.entities.people import BRB, JAM, a_person, a_report, a_thing, link, of, record
from tests.jrcc.test_budgets import MOST, asked

pytestmark = pytest.mark.django_db


def pages(person: Entity) -> dict[str, str]:
    one = [person.pk]
    return {
        "list": reverse("entities:things"),
        "found": f"{reverse('entities:things')}?q=Marlon+Testcase",
        "matrix": reverse("entities:matrix"),
        "silent": reverse("entities:silent"),
        "thing": reverse("entities:thing", args=one),
        "chart": reverse("entities:chart", args=one),
        "when": reverse("entities:when", args=one),
        "record": reverse("entities:do", args=[person.pk, "record"]),
        "link": reverse("entities:do", args=[person.pk, "link"]),
        "propose": reverse("entities:propose", args=one),
    }


def more(cast: Any, person: Entity, report: Any, number: int) -> None:
    other = a_person(cast, report, f"Person {chr(97 + number)}{chr(97 + number)} Testcase")
    link(cast, person, other, report, "associate_of")
    record(cast, person, report, "alias", f"Name {chr(97 + number)}{chr(98 + number)}")
    statements.record_sighting(cast[BRB], person, precision="unknown", place=f"Bay {number}", **of(report))


def test_pages_keep_to_twelve_questions_whatever_is_known(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report)
    twin = a_person(cast, report, "Marlon Testcase Senior")
    duplicates.propose_duplicate(cast[BRB], None, one=person.pk, other=twin.pk, reason="Same.")
    more(cast, person, report, 0)
    for place in pages(person).values():
        client_for(JAM).get(place)  # lists of the day are read once by each process
    few = {name: len(asked(client_for(JAM), place)) for name, place in pages(person).items()}
    for number in range(1, 13):
        more(cast, person, a_report(cast, "JAM.contact") if number % 4 == 0 else report, number)
    many = {name: asked(client_for(JAM), place) for name, place in pages(person).items()}
    assert {name: len(queries) for name, queries in many.items()} == few
    wide = {name: queries for name, queries in many.items() if len(queries) > MOST}
    assert {name: len(queries) for name, queries in wide.items()} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:150] for q in queries) for name, queries in wide.items()
    )


def test_the_api_asks_as_often_for_many(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_person(cast, report)
    here = "/api/v1/rifc/entities/"
    client_for(JAM).get(here)
    few = len(asked(client_for(JAM), here))
    for number in range(6):
        a_thing(cast, report, "phone", "number", f"+1 246 555 010{number}")
    assert len(asked(client_for(JAM), here)) == few <= MOST


def test_no_statement_is_lost_between_pages_of_the_list(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    first = a_person(cast, report)
    rest = of(report)
    template = Assertion.objects.get(entity=first)
    for number in range(70):
        entity = Entity.objects.create(type="person", party_id="BRB")
        template.pk, template.entity, template.value = None, entity, f"Person {number}"
        fact = Assertion(**{f.attname: getattr(template, f.attname) for f in Assertion._meta.fields if f.name != "id"})
        fact.save()
    record(cast, first, report, "alias", "The newest")
    browser, seen, place = client_for(JAM), [], "?"
    while place:
        page = browser.get(reverse("entities:things") + place)
        seen += [row["it"].pk for row in page.context["rows"]]
        place = page.context["older"]
    assert len(seen) == len(set(seen)) == 71
    assert seen[0] == first.pk, "who has the newest fact stands first, once"
    assert rest["report"] == report.thread
    assert LinkEvidence.objects.count() == Sighting.objects.count() == 0
