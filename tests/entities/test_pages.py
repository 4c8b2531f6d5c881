"""Pages of persons and things, as a browser gets them."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.entities.actions import duplicates, statements
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting
from apps.rifc.models import ReadLog
from tests.entities.people import BRB, JAM, TTO, a_person, a_report, a_thing, link, of, record
from tests.rifc.people import a_draft
from tests.worlds import world

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


@world
def a_scene(cast: Any) -> dict[str, Any]:
    """A person with phone and vessel, seen at Demo Bay."""
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report)
    phone = a_thing(cast, report, "phone", "number", "246 555 0101")
    vessel = a_thing(cast, report, "vessel", "name", "Blue Demo")
    record(cast, vessel, report, "imo", "IMO 9074729")
    link(cast, person, phone, report)
    link(cast, phone, vessel, report, "communicated_with")
    statements.record_sighting(
        cast[BRB], person, at=report.shared_at, precision="day", place="Demo Bay", position="13.09, -59.61 ±500",
        **of(report),
    )  # fmt: skip
    return {"report": report, "person": person, "phone": phone, "vessel": vessel}


def test_a_page_says_of_each_fact_which_paragraph_says_it_and_how_good_it_is(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    page = client_for(JAM).get(reverse("entities:thing", args=[made["person"].pk]))
    said = text_of(page)
    assert page.status_code == 200
    assert made["report"].number in said
    assert "C3" in said
    assert "fairly reliable" in said.lower()
    assert "246 555 0101" in said
    assert "Demo Bay" in said
    assert "RESTRICTED" in said
    for name in ("thing", "chart", "chart_file", "when"):
        for who, status in ((JAM, 200), (TTO, 404), ("jam.ministry.decider", 404)):
            answer = client_for(who).get(reverse(f"entities:{name}", args=[made["person"].pk]))
            assert answer.status_code == status, (name, who)


def test_the_chart_opens_node_by_node_and_its_table_says_the_same(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    here = reverse("entities:chart", args=[made["person"].pk])
    closed = client_for(JAM).get(here).content.decode()
    assert "246 555 0101" in closed
    assert "Blue Demo" not in closed
    opened = client_for(JAM).get(here, {"open": f"{made['phone'].pk},no-id"}).content.decode()
    assert "Blue Demo" in opened
    assert "was in contact with (1, C3)" in re.sub(r"\s+", " ", opened)
    assert reverse("entities:thing", args=[made["vessel"].pk]) in opened


def test_an_exported_chart_carries_its_marking_and_is_a_reading_of_each_report(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    answer = client_for(JAM).get(reverse("entities:chart_file", args=[made["person"].pk]))
    body = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "attachment" in answer["Content-Disposition"]
    assert body.count("RESTRICTED TLP:AMBER") == 2
    assert "JAM.contact" in body
    assert made["report"].number in body
    assert ReadLog.objects.filter(channel="chart", report=made["report"], desk__code="JAM.contact").count() == 1


def test_what_may_leave_in_no_file_is_in_no_exported_chart(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    shut = a_report(cast, "JAM.contact", handling=["NOPRINT"])
    other = a_person(cast, shut, "Hidden Testcase")
    link(cast, made["person"], other, shut, "associate_of")
    where = [made["person"].pk]
    assert "Hidden Testcase" in client_for(JAM).get(reverse("entities:chart", args=where)).content.decode()
    assert "Hidden" not in client_for(JAM).get(reverse("entities:chart_file", args=where)).content.decode()
    assert client_for(JAM).get(reverse("entities:chart_file", args=[other.pk])).status_code == 403


def test_the_list_finds_numbers_however_written_and_names_by_likeness(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    record(cast, made["vessel"], made["report"], "former_name", "Morning Star")
    browser = client_for(JAM)
    for asked, wanted in (
        ("(246) 555-0101", "246 555 0101"),
        ("imo9074729", "Blue Demo"),
        ("Morning Star", "Blue Demo"),
        ("TESTCASE, Marlon", "Marlon Testcase"),
        ("Marlin Testcase", "Marlon Testcase"),
        ("testca", "Marlon Testcase"),
    ):
        assert wanted in text_of(browser.get(reverse("entities:things"), {"q": asked})), asked
    assert "Nothing found" in text_of(client_for(TTO).get(reverse("entities:things"), {"q": "Marlon Testcase"}))
    assert "Blue Demo" not in text_of(browser.get(reverse("entities:things"), {"type": "person"}))
    assert browser.get(reverse("entities:things"), {"before": "x"}).status_code == 404


def test_what_is_ticked_is_recorded_together_and_a_wrong_line_keeps_all_as_it_was(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    browser, here = client_for(JAM), reverse("entities:from_text", args=[report.thread])
    page = browser.get(here)
    assert "<mark>Marlon Testcase</mark>" in page.content.decode()
    assert Entity.objects.count() == 0
    assert ReadLog.objects.filter(channel="proposals", desk__code="JAM.contact").count() == 1
    lines = {one["it"].it.value: one for one in page.context["lines"]}
    ticked: dict[str, str] = {}
    for value in ("Marlon Testcase", "Blue Demo", "9074729"):
        one = lines[value]
        ticked |= {f"{part}-{one['n']}": one[part] for part in ("paragraph", "type", "field", "value", "entity")}
        ticked[f"tick-{one['n']}"] = "1"
    imo, vessel = lines["9074729"]["n"], lines["Blue Demo"]["n"]
    ticked[f"entity-{imo}"] = f"row:{vessel + 1}"
    wrong = browser.post(here, ticked | {f"value-{imo}": "9074728"})
    assert wrong.status_code == 422
    assert "Row 3: The check digit of this IMO number is wrong" in text_of(wrong)
    assert Entity.objects.count() == 0
    assert browser.post(here, ticked).status_code == 302
    assert set(Assertion.objects.values_list("entity__type", "field", "value")) == {
        ("person", "name", "Marlon Testcase"),
        ("vessel", "name", "Blue Demo"),
        ("vessel", "imo", "9074729"),
    }
    assert Entity.objects.count() == 2
    again = {one["it"].it.value: one for one in browser.get(here).context["lines"]}
    assert again["Marlon Testcase"]["it"].held is not None
    assert browser.post(here, {}).status_code == 422


def test_proposals_name_only_known_ones_that_the_seat_sees(cast: Any, client_for: Any) -> None:
    a_person(cast, a_report(cast, "TTO.contact"))
    mine = a_report(cast, "JAM.contact", "TTO.contact", text="Marlon Testcase was seen again.")
    for who, wanted in ((JAM, 0), (TTO, 1), (BRB, 1)):
        [line] = client_for(who).get(reverse("entities:from_text", args=[mine.thread])).context["lines"]
        assert len(line["it"].candidates) == wanted, who


def test_the_reports_page_leads_to_its_persons_and_things(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    browser, place = client_for(JAM), reverse("entities:in_report", args=[made["report"].thread])
    assert place in browser.get(reverse("rifc:report", args=[made["report"].thread])).content.decode()
    assert "Marlon Testcase" in text_of(browser.get(place))
    fragment = browser.get(place, headers={"HX-Request-Type": "partial"}).content.decode()
    assert "<html" not in fragment
    assert "Blue Demo" in fragment
    assert client_for(TTO).get(place).status_code == 404


def test_a_fact_a_link_and_a_sighting_are_recorded_by_form_and_withdrawn(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person, phone = a_person(cast, report), a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    browser, where = client_for(BRB), of(report)
    spoken = f"{where['report']}/{where['paragraph']}"
    page = browser.get(reverse("entities:do", args=[person.pk, "record"]))
    assert "otherwise everyone who sees the paragraph sees the statement" in page.content.decode()
    bad = browser.post(
        reverse("entities:do", args=[person.pk, "record"]), {"paragraph": spoken, "field": "passport", "value": "x"}
    )
    assert bad.status_code == 422
    assert "JAM A1234567" in text_of(bad)
    for verb, given in (
        ("record", {"field": "passport", "value": "BRB A1234567"}),
        ("link", {"type": "uses", "to": str(phone.pk)}),
        ("sight", {"precision": "month", "at": "2010-02-01T00:00", "place": "Bridgetown"}),
    ):
        answer = browser.post(reverse("entities:do", args=[person.pk, verb]), {"paragraph": spoken} | given)
        assert answer.status_code == 302, (verb, text_of(answer))
    shown = text_of(browser.get(reverse("entities:thing", args=[person.pk])))
    for word in ("BRB A1234567", "+1 246 555 0101", "Bridgetown"):
        assert word in shown
    assert "Feb 2010" in text_of(browser.get(reverse("entities:when", args=[person.pk])))
    for name, row in (
        ("withdraw_fact", Assertion.objects.get(field="passport")),
        ("withdraw_link", LinkEvidence.objects.get()),
        ("withdraw_sighting", Sighting.objects.get()),
    ):
        assert browser.get(reverse(f"entities:{name}", args=[row.pk])).status_code == 200
        assert browser.post(reverse(f"entities:{name}", args=[row.pk]), {"reason": "Wrong."}).status_code == 302
        assert client_for(TTO).get(reverse(f"entities:{name}", args=[row.pk])).status_code == 404
    shown = text_of(browser.get(reverse("entities:thing", args=[person.pk])))
    assert "BRB A1234567" not in shown
    assert "Bridgetown" not in shown
    assert browser.get(reverse("entities:do", args=[person.pk, "create"])).status_code == 404


def test_two_are_proposed_and_confirmed_by_page(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    one, other = a_person(cast, report), a_person(cast, report, "Marlon Test-Case")
    browser = client_for(JAM)
    page = browser.get(reverse("entities:propose", args=[one.pk]))
    assert str(other.pk) in page.content.decode()
    made = browser.post(reverse("entities:propose", args=[one.pk]), {"other": str(other.pk), "reason": "Same."})
    assert made.status_code == 302
    twin = duplicates.Twin.objects.get()
    keeper = client_for(BRB)
    assert "Are these two duplicates?" in text_of(keeper.get(reverse("people:desk")))
    assert "Confirm" in text_of(keeper.get(reverse("entities:twin", args=[twin.pk])))
    assert keeper.post(reverse("entities:twin_do", args=[twin.pk, "agree"])).status_code == 302
    assert "Marlon Test-Case" in text_of(browser.get(reverse("entities:thing", args=[one.pk])))
    assert client_for(TTO).get(reverse("entities:twin", args=[twin.pk])).status_code == 404


def test_who_was_where_counts_what_the_seat_sees(cast: Any, client_for: Any) -> None:
    made = a_scene(cast)
    hidden = a_report(cast, "TTO.contact")
    statements.record_sighting(
        cast[BRB], made["person"], at=None, precision="unknown", place="Secret Cove", **of(hidden)
    )  # fmt: skip
    assert "Secret Cove" in text_of(client_for(BRB).get(reverse("entities:matrix")))
    seen = text_of(client_for(JAM).get(reverse("entities:matrix")))
    assert "Demo Bay" in seen
    assert "Secret" not in seen
    assert "No sightings yet" in text_of(client_for(TTO).get(reverse("entities:matrix")))


def test_a_draft_shows_its_desk_its_own_things(cast: Any, client_for: Any) -> None:
    draft = a_draft(cast)
    person = a_person(cast, draft, "Draft Person")
    assert client_for(BRB).get(reverse("entities:thing", args=[person.pk])).status_code == 200
    assert client_for("brb.contact.officer").get(reverse("entities:thing", args=[person.pk])).status_code == 404
