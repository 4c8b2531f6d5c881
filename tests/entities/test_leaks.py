"""The leak hunt: for each kind of seat, every way to persons and things compared with the paragraphs that it sees."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access.models import StreamEvent
from apps.audit.models import AuditRecord
from apps.entities.actions import duplicates, statements
from apps.entities.models import Entity, Link, Sighting, Twin
from apps.entities.queries import entities, graph
from apps.rifc.actions import recalls, shares
from apps.rifc.models import Report
from tests.entities.people import BRB, BRB_HEAD, a_report, of, record
from tests.rifc.people import a_draft, fresh, paragraph

pytestmark = pytest.mark.django_db
SEATS = [
    *("brb.intelligence.officer", "brb.contact.officer", "jam.contact.officer", "jam.customs.officer"),
    *("tto.contact.reader", "cym.contact.officer", "rifc.watch.officer", "rifc.analysis.head"),
    *("jam.ministry.decider", "brb.administration.administrator"),
]
WORD = "Quartermaster"


def a_region(cast: Any) -> tuple[dict[str, Report], Entity]:
    """Reports of every marking, each with a person of its own that all are linked to one whom each of them names."""
    say = lambda name: {"text": f"{WORD} {name} was there."}  # noqa: E731
    made = {
        "draft": a_draft(cast, paragraphs=[paragraph(**say("draft"))]),
        "amber": a_report(cast, "JAM.contact", **say("amber")),
        "strict": a_report(cast, "JAM.contact", "TTO.contact", tlp="AMBER+STRICT", orcon=True, **say("strict")),
        "green": a_report(cast, "JAM.contact", tlp="GREEN", **say("green")),
        "police": a_report(cast, "RIFC.watch", tlp="GREEN", handling=["LEONLY"], **say("police")),
        "full": a_report(cast, "TTO.contact", handling=["NOASSOC"], **say("full")),
        "red": a_report(cast, tlp="RED", named_persons=["jam.contact.officer"], **say("red")),
        "recalled": a_report(cast, "JAM.contact", "TTO.contact", **say("recalled")),
        "dropped": a_report(cast, "JAM.contact", "RIFC.watch", **say("dropped")),
    }
    middle: Entity | None = None
    for name, report in made.items():
        given = {"type": "person", "field": "name", "value": f"{WORD} {name}", **of(report)}
        person = statements.create_entity(cast[BRB], None, **given)
        if middle is None:
            middle = statements.create_entity(cast[BRB], None, **(given | {"value": f"Middle {name}"}))
        else:
            record(cast, middle, report, "alias", f"Middle {name}")
        statements.link_entities(cast[BRB], middle, to=person.pk, type="associate_of", **of(report))
        statements.record_sighting(cast[BRB], middle, precision="unknown", place=f"Cove {name}", **of(report))
    recalls.recall_rifc_report(cast[BRB_HEAD], made["recalled"], reason_code="other", text="Back, please.")
    shares.withdraw_report_entry(cast[BRB_HEAD], made["dropped"], recipient="JAM.contact", reason="By mistake.")
    assert middle is not None
    return {name: fresh(row) for name, row in made.items()}, middle


def test_every_way_shows_what_the_paragraphs_say_that_the_seat_sees(cast: Any, client_for: Any) -> None:
    reports, middle = a_region(cast)
    for seat in SEATS:
        actor, browser = cast[seat], client_for(seat)
        community = actor.function not in {"ministry", "administration"}
        seen = set(Report.objects.visible_to(actor).values_list("pk", flat=True)) if community else set()
        wanted = {name for name, row in reports.items() if row.pk in seen}
        ids = [middle.pk]
        assert set(entities.facts(actor).values_list("value", flat=True)) == {
            f"{who} {name}" for who in (WORD, "Middle") for name in wanted
        }, seat
        assert Entity.objects.visible_to(actor).count() == len(wanted) + bool(wanted), seat
        assert Link.objects.visible_to(actor).count() == Sighting.objects.visible_to(actor).count() == len(wanted)
        chart = graph.chart_of(actor, middle.pk, [])
        assert len(chart.edges) == len(wanted), seat
        assert {one.report.pk for one in chart.used} == {reports[name].pk for name in wanted}, seat
        pages = [
            browser.get(reverse("entities:things")),
            browser.get(reverse("entities:things"), {"q": WORD}),
            browser.get(reverse("entities:matrix")),
            *(browser.get(reverse(f"entities:{name}", args=ids)) for name in ("thing", "chart", "chart_file", "when")),
            browser.get(reverse("entities:do", args=[middle.pk, "link"]), {"q": WORD}),
            browser.get(reverse("entities:propose", args=ids), {"q": WORD}),
            browser.get("/api/v1/rifc/entities/", {"page_size": 200}),
            browser.get("/api/v1/rifc/entities/", {"q": WORD}),
            browser.get(f"/api/v1/rifc/entities/{middle.pk}/"),
            browser.get(reverse("people:desk")),
        ]
        for page in pages:
            shown = set(re.findall(rf"(?:{WORD}|Middle|Cove) (\w+)", page.content.decode()))
            assert shown <= wanted, (seat, page.request["PATH_INFO"], shown - wanted)
        assert pages[3].status_code == (200 if wanted else 404), seat


def test_charts_hold_nothing_of_what_an_address_opens_but_does_not_reach(cast: Any, client_for: Any) -> None:
    reports, middle = a_region(cast)
    hidden = entities.facts(cast[BRB], value=f"{WORD} draft").get().entity_id
    answer = client_for("jam.contact.officer").get(
        reverse("entities:chart", args=[middle.pk]), {"open": f"{hidden},{middle.pk}"}
    )
    text = answer.content.decode()
    assert "draft" not in re.findall(rf"{WORD} (\w+)", text)
    assert reverse("entities:thing", args=[hidden]) not in text
    assert reports["draft"].pk


def test_what_is_done_to_hidden_facts_reaches_no_stream_and_no_other_partys_audit(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = statements.create_entity(cast[BRB], None, type="person", field="name", value="Marlon", **of(report))
    record(cast, person, report, "alias", "Shorty", who="jam.contact.officer")
    twin_of = statements.create_entity(
        cast["jam.contact.officer"], None, type="person", field="name", value="Marlin", **of(report)
    )
    duplicates.propose_duplicate(cast["jam.contact.officer"], None, one=person.pk, other=twin_of.pk, reason="Same.")
    assert not StreamEvent.objects.filter(object_type__startswith="entities.").exists()
    rows = AuditRecord.objects.filter(object_type__startswith="entities.")
    assert {(row.stream, row.party) for row in rows} == {("BRB", "BRB"), ("JAM", "JAM")}
    assert not AuditRecord.objects.filter(detail__icontains="Shorty").exists()
    assert Twin.objects.count() == 1


def test_search_takes_hidden_and_unknown_numbers_for_the_same(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "TTO.contact")
    statements.create_entity(cast[BRB], None, type="phone", field="number", value="+1 246 555 0101", **of(report))
    browser = client_for("jam.contact.officer")
    hidden = browser.get(reverse("entities:things"), {"q": "+12465550101"}).content.decode()
    unknown = browser.get(reverse("entities:things"), {"q": "+12465550102"}).content.decode()
    plain = lambda text: re.sub(r"246555010\d|csrf\S+|value=\"\w{64}\"|nonce\S+", "", text)  # noqa: E731
    assert len(plain(hidden)) == len(plain(unknown))
    assert "Nothing found" in hidden
