"""Persons and things of a bundle are proposed beside the draft they came with; a person decides, once."""

import json
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting
from apps.rifc.models import Paragraph, Report
from apps.taxii.actions import accepted_entities, inbox
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.stix import common
from tests.entities.people import BRB, a_person, a_report, a_thing, link, of
from tests.rifc.people import fresh
from tests.taxii.conformance import an_object
from tests.taxii.programs import a_client
from tests.taxii.sample import SAMPLE
from tests.taxii.test_intake import ABROAD, WHO, a_note, came_in, drafted
from tests.taxii.test_intake import a_report as stix_report

pytestmark = pytest.mark.django_db
AMBER = common.TLP2["AMBER"]


def a_crew() -> list[dict[str, Any]]:
    """A report of a man, their phone and their boat, with a link, a sighting and what is wrong with them."""
    man = an_object("identity", name="Marlon Testcase", identity_class="individual", roles=["captain"])
    phone = {"type": "phone-number", "id": f"phone-number--{uuid.uuid4()}", "e164": "+12465550101"}
    boat = an_object("vessel", name="Blue Demo", imo="9074728", flag="BB", vessel_type="fishing")
    bay = an_object("location", name="Demo Bay", latitude=13.1, longitude=-59.6, country="BB")
    uses = an_object("relationship", relationship_type="uses", source_ref=man["id"], target_ref=phone["id"])
    odd = an_object("relationship", relationship_type="hates", source_ref=man["id"], target_ref=boat["id"])
    gone = an_object(
        "relationship", relationship_type="owns", source_ref=man["id"], target_ref=f"vessel--{uuid.uuid4()}"
    )
    seen = an_object("sighting", sighting_of_ref=boat["id"], where_sighted_refs=[bay["id"]], count=2)
    seen |= {"first_seen": "2010-03-04T06:00:00Z", "last_seen": "2010-03-04T06:40:00Z"}
    note = a_note("Marlon Testcase was on the Blue Demo.", AMBER, object_refs=[man["id"], boat["id"], phone["id"]])
    other = a_note("He phoned.", AMBER, object_refs=[phone["id"]])
    report = stix_report(note, other, object_marking_refs=[AMBER])
    return [man, phone, boat, bay, uses, odd, gone, seen, note, other, report]


def decisions(row: Intake, **changed: Any) -> list[dict[str, Any]]:
    """Everything that is proposed, as new."""
    preview = queries.preview(row)
    [draft] = preview.drafts
    pid = str(Paragraph.objects.order_by("order").filter(report__thread=row.drafts[draft.source])[0].pid)
    found = preview.found
    made: list[dict[str, Any]] = []
    for key in draft.takes:
        one: dict[str, Any] = {"object": key, "paragraph": pid}
        if key in found.things:
            one |= {"entity": "new", "facts": list(range(len(found.things[key].facts)))} | changed
        made.append(one)
    return made


def take(cast: Any, row: Intake, given: Any = None, **more: Any) -> Intake:
    row = Intake.objects.get(pk=row.pk)
    [source] = row.drafts
    return accepted_entities.accept_taxii_entities(
        cast[WHO], row, source=source, decisions=given or decisions(row), **more
    )


def test_the_report_on_a_bundle_says_what_becomes_what_and_what_is_lost(cast: Any) -> None:
    bundle = a_crew()
    found = queries.preview(came_in(cast, *bundle))
    by_type = {one.type: one for one in found.rows}
    becomes = [one.becomes for one in found.rows]
    assert becomes == [
        *("thing", "thing", "thing", "held", "link", "kept", "kept", "sighting", "paragraph", "paragraph", "report"),
    ]
    assert by_type["identity"].says == (("name", "Marlon Testcase"),)
    assert by_type["identity"].lost == ("roles",)
    # the check digit is wrong: no proposal, and said so
    assert ("imo", "9074728") not in by_type["vessel"].says
    assert by_type["vessel"].lost == ("imo",)
    assert by_type["vessel"].says[1:] == (("kind", "fishing"), ("flag", "BRB"))
    assert not Entity.objects.exists()


def test_what_a_person_ticks_is_recorded_by_the_draft_and_again_it_changes_nothing(cast: Any, client_for: Any) -> None:
    row = came_in(cast, *a_crew())
    report = drafted(cast, row)
    take(cast, row)
    for _again in range(2):
        assert Entity.objects.count() == 3
        assert LinkEvidence.objects.get().link.type == "uses"
        seen = Sighting.objects.get()
        assert (seen.precision, seen.place, seen.lat, seen.count) == ("hour", "Demo Bay", 13.1, 2)
        assert set(Assertion.objects.values_list("value", flat=True)) == {
            *("Marlon Testcase", "+12465550101", "Blue Demo", "fishing", "BRB"),
        }
        assert {one.thread for one in Assertion.objects.all()} == {report.thread}
        take(cast, row)
    shown = client_for(WHO).get(reverse("entities:in_report", args=[report.thread])).content.decode()
    assert "Marlon Testcase" in shown
    assert not Entity.objects.visible_to(cast[ABROAD]).exists()


def test_a_known_one_is_offered_and_can_be_chosen(cast: Any, client_for: Any) -> None:
    known = a_thing(cast, a_report(cast, "JAM.contact"), "phone", "number", "+1 246 555 0101")
    row = came_in(cast, *a_crew())
    drafted(cast, row)
    page = client_for(WHO).get(reverse("taxii:things", args=[row.pk])).content.decode()
    assert f'<option value="{known.pk}" selected>' in page
    phone = next(one for one in decisions(Intake.objects.get()) if "phone" in one["object"])
    take(cast, row, [phone | {"entity": str(known.pk)}])
    assert Entity.objects.count() == 1
    man = next(one for one in decisions(Intake.objects.get()) if "identity" in one["object"])
    with pytest.raises(ValidationError, match="id and type"):
        take(cast, row, [man | {"entity": str(known.pk)}])


def test_a_wrong_decision_and_nothing_is_recorded(cast: Any) -> None:
    row = came_in(cast, *a_crew())
    drafted(cast, row)
    good = decisions(Intake.objects.get())
    tie = next(one for one in good if "relationship" in one["object"])
    for wrong in (
        *([tie], [good[0], {"object": "x"}], [good[0], good[1] | {"facts": [99]}], [good[0], good[1] | {"facts": []}]),
        *([good[0] | {"paragraph": str(uuid.uuid4())}], [good[0] | {"entity": str(uuid.uuid4())}], [], ["x"], [{}]),
    ):
        with pytest.raises(ValidationError):
            take(cast, row, wrong or {"no": "list"})
    assert not Entity.objects.exists()
    with pytest.raises(Refused):
        accepted_entities.accept_taxii_entities(cast[ABROAD], row, source="x", decisions=good)


def test_what_was_exported_comes_in_as_it_was_recorded(cast: Any, drain: Any) -> None:
    report = a_report(cast, "JAM.intelligence")
    person, phone = a_person(cast, report), a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    link(cast, person, phone, report, from_on=fresh(report).shared_at.date())
    from apps.entities.actions import statements

    statements.record_sighting(
        cast[BRB], person, precision="day", at=report.shared_at, position="13.1, -59.6 ±800", **of(report)
    )
    drain()
    client = a_client("JAM.intelligence", stranger="TTO.contact")
    client.post(client.crawl(f"{client.root}collections/cisnet-jam-out/"))
    row = Intake.objects.get()
    [draft] = queries.preview(row).drafts
    inbox.draft_taxii_object(cast["jam.intelligence.officer"], row, source=draft.source)
    row = Intake.objects.get()
    accepted_entities.accept_taxii_entities(
        cast["jam.intelligence.officer"], row, source=draft.source, decisions=decisions(row)
    )
    columns = ("entity__type", "field", "value", "normal", "mark", "from_on")
    rows = Assertion.objects.order_by("field").values_list(*columns)
    assert list(rows.filter(thread=report.thread)) == list(rows.exclude(thread=report.thread))
    one, two = Sighting.objects.order_by("pk")
    assert (one.lat, one.lon, one.uncertainty_m, one.precision) == (two.lat, two.lon, two.uncertainty_m, two.precision)
    assert LinkEvidence.objects.count() == 2
    assert LinkEvidence.objects.values_list("from_on", flat=True).distinct().count() == 1


def test_a_thing_raises_the_marking_of_its_draft_and_an_unknown_marking_sets_it_apart(cast: Any) -> None:
    man = an_object("identity", name="Marlon", identity_class="individual", object_marking_refs=[common.TLP2["RED"]])
    odd = an_object("identity", name="Marlin", identity_class="individual")
    odd["object_marking_refs"] = [f"marking-definition--{uuid.uuid4()}"]
    note = a_note("Seen.", AMBER, object_refs=[man["id"], odd["id"]])
    found = queries.preview(came_in(cast, man, odd, note, stix_report(note, object_marking_refs=[AMBER])))
    [draft] = found.drafts
    assert (draft.given["tlp"], draft.takes, draft.quarantined) == ("RED", (man["id"],), False)


def test_a_bundle_without_words_is_put_into_words(cast: Any) -> None:
    row = came_in(cast, *(one for one in a_crew() if one["type"] not in {"note", "report"}))
    made = drafted(cast, row)
    text = "\n".join(Paragraph.objects.filter(report=made).values_list("text", flat=True))
    assert "Person: name Marlon Testcase." in text
    take(cast, row)
    assert Entity.objects.count() == 3


def test_a_person_brings_a_bundle_and_ticks_on_the_page(
    cast: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    row = came_in(cast, *a_crew())
    browser, place = client_for(WHO), reverse("taxii:intake", args=[row.pk])
    assert browser.get(f"{place}take_up/").status_code == 409
    source = queries.preview(row).drafts[0].source
    done = browser.post(f"{place}draft/", {"source": source, "version": row.version})
    assert done.url.startswith(f"{place}take_up/")
    page = browser.get(done.url)
    text = page.content.decode()
    for words in ("Marlon Testcase", "Blue Demo", "a new entity", "4 Mar 2010", "Demo Bay"):
        assert words in text
    version = Intake.objects.get().version
    nothing = browser.post(f"{place}take_up/", {"source": source, "version": version})
    assert nothing.status_code == 422
    ticks = {"source": source, "version": version, "fact-0-0": "1", "entity-0": "new"}
    pid = str(Paragraph.objects.order_by("order")[0].pid)
    ticks |= {"paragraph-0": pid}
    for status in (302, 412):
        assert browser.post(f"{place}take_up/", ticks).status_code == status
    assert Entity.objects.count() == 1
    assert "recorded" in browser.get(f"{place}take_up/").content.decode()
    assert client_for(ABROAD).get(f"{place}take_up/").status_code == 404
    with django_assert_max_num_queries(12) as asked:
        browser.get(f"{place}take_up/")
    many = [
        {"type": "email-addr", "id": f"email-addr--{uuid.uuid4()}", "value": f"n{n}@example.org"} for n in range(20)
    ]
    row = came_in(cast, *a_crew(), *many)
    drafted(cast, row)
    with django_assert_max_num_queries(len(asked)):
        browser.get(reverse("taxii:things", args=[row.pk]))


def test_cycles_dangling_references_and_thousands_of_things_are_no_fault(
    cast: Any, client_for: Any, drain: Any
) -> None:
    one, two = (an_object("identity", name=name, identity_class="individual") for name in ("Ada Loop", "Bob Loop"))
    ties = [
        an_object("relationship", relationship_type="related-to", source_ref=a["id"], target_ref=b["id"])
        for a, b in ((one, two), (two, one), (one, one))
    ]
    note = a_note("Round.", AMBER)
    note["object_refs"] = [note["id"], one["id"], ties[0]["id"]]
    report = stix_report(note)
    report["object_refs"] = [report["id"], note["id"], one["id"], f"identity--{uuid.uuid4()}"]
    many = [
        {"type": "email-addr", "id": f"email-addr--{uuid.uuid4()}", "value": f"n{n}@example.org"} for n in range(3000)
    ]
    weird = [
        an_object("vessel", name=["x"], imo=7, flag={"a": 1}, former_names=[1, "Old Name"]),
        an_object("identity", name="N", identity_class="individual", extensions={common.extension("cisnet-person"): 1}),
        an_object("identity", name="M", identity_class="individual", extensions={
            common.extension("cisnet-person"): {"documents": [1, {"number": []}], "nationalities": "x", "sex": {}}}),
        an_object("identity", name="O", identity_class="individual", extensions={
            common.extension("cisnet-thing"): {"thing_type": "person", "facts": [1, {"field": 2}, {"field": "name"}]}}),
        an_object("relationship", relationship_type="uses", source_ref=one["id"], target_ref=two["id"], extensions={
            common.extension("cisnet-evidence"): {"evidence": [{"from": "x", "note_ref": 3}, 4], "link_type": []}}),
    ]  # fmt: skip
    row = came_in(cast, one, two, *ties, note, report, *many, *weird)
    drain()
    row = Intake.objects.get(pk=row.pk)
    assert (row.state, row.failed) == ("open", 0)
    browser, place = client_for(WHO), reverse("taxii:intake", args=[row.pk])
    assert browser.get(place).status_code == 200
    drafted(cast, row)
    page = browser.get(f"{place}take_up/")
    assert page.status_code == 200
    assert "Next" in page.content.decode()
    assert browser.get(f"{place}take_up/", {"from": "40"}).status_code == 200
    assert browser.get(f"{place}take_up/", {"from": "9999"}).status_code == 200
    assert came_in(cast, one, two, *ties).state == "discarded"
    assert Report.objects.count() == 1


def test_the_sample_of_the_field_becomes_a_draft_with_a_vessel_a_place_and_their_link(cast: Any) -> None:
    row = came_in(cast, *SAMPLE)
    drafted(cast, row)
    take(cast, row)
    assert sorted(Entity.objects.values_list("type", flat=True)) == ["location", "vessel"]
    assert Assertion.objects.get(field="imo").normal == "9074729"
    assert json.loads(json.dumps(Intake.objects.get().taken))
