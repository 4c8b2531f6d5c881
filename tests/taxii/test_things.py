"""Persons and things as programs are given them: what the pages show of them to the same desk, and nothing else."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from apps.entities.actions import statements
from apps.entities.models import Assertion, Link, Sighting
from apps.entities.queries import entities
from apps.rifc.actions import approvals, drafts, recalls, shares
from apps.rifc.models import Paragraph
from apps.taxii.stix import common
from apps.taxii.stix import validation as stix
from tests.entities.people import BRB, BRB_HEAD, a_person, a_report, a_thing, link, of, record, theirs
from tests.entities.test_leaks import a_region
from tests.rifc.people import GIVEN, fresh, paragraph
from tests.taxii.programs import a_client

pytestmark = pytest.mark.django_db
THING, EVIDENCE = common.extension("cisnet-thing"), common.extension("cisnet-evidence")
SEATS = [
    *("brb.intelligence.officer", "brb.contact.officer", "jam.contact.officer", "jam.customs.officer"),
    *("tto.contact.officer", "cym.contact.officer", "rifc.watch.officer", "jam.ministry.decider"),
]


def fetched(client: Any, **params: Any) -> list[dict[str, Any]]:
    """All that a program of the desk gets, from each of its collections."""
    return [
        one
        for row in client.collections
        if "submit" not in row["alias"]
        for one in client.crawl(f"{client.root}collections/{row['id']}/", **params)
    ]


def told(objects: list[dict[str, Any]]) -> set[str]:
    """Values of all facts in objects."""
    return {fact["value"] for one in objects for fact in one.get("extensions", {}).get(THING, {}).get("facts", [])}


def of_type(objects: list[dict[str, Any]], *types: str) -> list[dict[str, Any]]:
    return [one for one in objects if one["type"] in types and not one.get("revoked")]


def references(value: dict[str, Any]) -> set[str]:
    """Every id that an object names, however deep."""
    found = set()
    for name, held in value.items():
        many = held if isinstance(held, list) else [held]
        if name.endswith(("_ref", "_refs")):
            found |= {one for one in many if isinstance(one, str)}
        found |= {ref for one in many if isinstance(one, dict) for ref in references(one)}
    return found


def test_programs_of_each_seat_get_what_its_pages_show_and_every_reference_leads_somewhere(
    cast: Any, drain: Any
) -> None:
    reports, _middle = a_region(cast)
    drain()
    by_machine = {str(row.thread) for name, row in reports.items() if name not in {"draft", "red", "recalled"}}
    for seat in SEATS:
        actor = cast[seat]
        client = a_client(actor.desk_code, "read", stranger="GUY.customs")
        for params in ({}, {"match[version]": "all"}, {"limit": 3}):
            found = fetched(client, **params)
            shown = entities.facts(actor, thread__in=by_machine)
            assert told(found) == set(shown.values_list("value", flat=True)), (seat, params)
        ids = {one["id"] for one in found}
        for one in found:
            assert stix.fault(one) == "", one
            assert references(one) <= ids, (seat, one)
        links = Link.objects.visible_to(actor).count()
        assert len(of_type(found, "relationship")) <= links
        assert {one["extensions"][EVIDENCE]["place"] for one in of_type(found, "sighting")} == {
            row.place for row in Sighting.objects.visible_to(actor).filter(thread__in=by_machine)
        }
    call_command("rebuild_taxii", "--check")


def test_a_report_with_all_kinds_of_things_is_valid_and_marked_as_the_report(cast: Any, drain: Any) -> None:
    report = a_report(cast, "JAM.contact", handling=["NOFWD"])
    person, vessel = a_person(cast, report), a_thing(cast, report, "vessel", "imo", "IMO 9074729")
    phone = a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    kinds = {
        "organisation": ("name", "Demo Marine"), "vehicle": ("plate", "BRB X1234"), "aircraft": ("tail", "8P-DEM"),
        "firearm": ("serial", "AB12345"), "email": ("email", "demo@example.org"), "account": ("handle", "@shorty"),
        "bank_account": ("iban", "GB82 WEST 1234 5698 7654 32"), "location": ("position", "13.09, -59.61 ±500"),
        "document": ("passport", "BRB A1234567"), "event": ("name", "Landing"), "device": ("network", "192.0.2.7"),
        "contraband": ("kind", "cannabis"),
    }  # fmt: skip
    for kind, (field, value) in kinds.items():
        a_thing(cast, report, kind, field, value)
    a_thing(cast, report, "location", "name", "Nowhere In Particular")
    record(cast, person, report, "born", "1984-05")
    record(cast, person, report, "passport", "JAM A7654321")
    link(cast, person, phone, report)
    statements.record_sighting(
        cast[BRB], vessel, precision="day", at=report.shared_at, position="13.1, -59.6 ±800", **of(report)
    )
    statements.record_sighting(cast[BRB], phone, precision="exact", at=report.shared_at, place="Cove", **of(report))
    drain()
    found = fetched(a_client("JAM.contact", "read"))
    made = [one for one in found if {THING, EVIDENCE} & one.get("extensions", {}).keys()]
    assert {one["type"] for one in made} == {
        *("identity", "vessel", "phone-number", "vehicle", "aircraft", "firearm", "email-addr", "user-account"),
        *("location", "other-thing", "incident", "contraband", "relationship", "sighting", "observed-data"),
    }
    whole = next(one for one in of_type(found, "report"))
    note = next(one for one in of_type(found, "note"))
    assert {one["id"] for one in made} <= set(whole["object_refs"]) & set(note["object_refs"])
    for one in made:
        assert stix.fault(one) == ""
        assert one["object_marking_refs"] == whole["object_marking_refs"]
    man = next(one for one in of_type(made, "identity") if one["identity_class"] == "individual")
    assert man["extensions"][common.extension("cisnet-person")] == {
        "extension_type": "property-extension",
        "birth_date": "1984-05",
        "documents": [{"type": "passport", "number": "A7654321", "issuer": "JAM"}],
    }
    text = json.dumps(found)
    for hidden in (person.pk, vessel.pk, report.thread, *Assertion.objects.values_list("pk", flat=True)):
        assert str(hidden) not in text


def test_what_is_recorded_later_is_a_later_version_and_what_is_withdrawn_is_gone_at_once(cast: Any, drain: Any) -> None:
    report = a_report(cast, "JAM.contact", "TTO.contact")
    person = a_person(cast, report)
    drain()
    client = a_client("JAM.contact", "read")
    before = {one["id"]: one for one in fetched(client)}
    record(cast, person, report, "alias", "Shorty", who="jam.contact.officer")
    drain()
    after = {one["id"]: one for one in fetched(client)}
    assert before.keys() <= after.keys()
    changed = {after[key]["type"] for key in before if before[key] != after[key]}
    assert changed == {"identity"}
    assert told(list(after.values())) == {"Marlon Testcase", "Shorty"}
    kept = a_person(cast, report, "Only Ours", kept=True)
    drain()
    assert "Only Ours" not in json.dumps(fetched(client))
    row = Assertion.objects.get(field="alias")
    statements.withdraw_fact(cast["jam.contact.officer"], row, reason="Wrong.")
    # before any task has run
    assert told(fetched(client)) == set()
    key = next(one for one in after if told([after[one]]))
    assert client.get(f"{client.root}collections/cisnet-jam-out/objects/{key}/").status_code == 404
    drain()
    assert told(fetched(client, **{"match[version]": "all"})) == {"Marlon Testcase"}
    statements.withdraw_fact(cast[BRB], Assertion.objects.get(entity=person, field="name"), reason="Wrong.")
    drain()
    found = fetched(client, **{"match[version]": "all"})
    assert "Marlon" not in json.dumps([one for one in found if one["type"] != "note"])
    gone = next(one for one in found if one["id"] == key)
    assert (gone["revoked"], gone["name"]) == (True, "Recalled")
    assert not any(key in references(one) for one in found if one["type"] in {"report", "note"})
    assert kept.pk
    assert drain() == 0
    call_command("rebuild_taxii", "--check")


def test_a_recall_takes_persons_and_things_with_it(cast: Any, drain: Any) -> None:
    report = a_report(cast, "JAM.contact")
    link(cast, a_person(cast, report), a_thing(cast, report, "phone", "number", "+1 246 555 0101"), report)
    other = a_report(cast, "JAM.contact", title="Stays")
    a_person(cast, other, "Rosalind Example")
    drain()
    client = a_client("JAM.contact", "read")
    assert told(fetched(client)) == {"Marlon Testcase", "+1 246 555 0101", "Rosalind Example"}
    recalls.recall_rifc_report(cast[BRB_HEAD], fresh(report), reason_code="other", text="Back, please.")
    for _round in range(2):
        assert told(fetched(client, **{"match[version]": "all"})) == {"Rosalind Example"}
        drain()
    found = fetched(client)
    assert sorted(one["type"] for one in found if one.get("revoked")) == ["identity", "note", "relationship", "report"]
    assert not of_type(found, "phone-number")


def test_a_later_version_speaks_alone_and_one_person_of_two_reports_has_one_key(cast: Any, drain: Any) -> None:
    row = a_report(cast, "JAM.contact", text="Marlon Testcase was here.")
    person = a_person(cast, row)
    other = theirs(cast, "JAM.contact", text="Marlon Testcase was there.")
    record(cast, person, other, "alias", "Marlon T", who="jam.contact.officer")
    drain()
    client = a_client("JAM.contact", "read")
    keys = {one["extensions"][THING]["entity"] for one in fetched(client) if told([one])}
    ids = {one["id"] for one in fetched(client) if told([one])}
    assert (len(keys), len(ids)) == (1, 2)
    changed = [paragraph("Another was here.", pid=Paragraph.objects.get(report=row).pid)]
    later = drafts.supersede_rifc_report(cast[BRB], None, of=fresh(row), **{**GIVEN, "paragraphs": changed})
    later = approvals.approve_rifc_report(cast[BRB_HEAD], approvals.submit_rifc_report(cast[BRB], later))
    shares.share_rifc_report(cast[BRB], later, to=["JAM.contact"])
    assert told(fetched(client)) == {"Marlon T"}
    drain()
    found = fetched(client, **{"match[version]": "all"})
    assert told(found) == {"Marlon T"}
    ids = {one["id"] for one in found}
    assert all(references(one) <= ids for one in found)


def test_a_link_of_two_reports_is_not_told_by_one_of_them(cast: Any, drain: Any) -> None:
    one, two = a_report(cast, "JAM.contact"), a_report(cast, "JAM.contact", title="Two")
    link(cast, a_person(cast, one), a_person(cast, two, "Rosalind Example"), one, "associate_of")
    drain()
    assert not of_type(fetched(a_client("JAM.contact", "read")), "relationship")


def test_the_bundle_of_a_person_holds_what_his_programs_fetch(cast: Any, client_for: Any, drain: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_person(cast, report)
    drain()
    record(cast, Assertion.objects.get().entity, report, "alias", "Shorty")
    drain()
    bundle = json.loads(client_for("jam.contact.officer").get(reverse("taxii:export", args=[report.thread])).content)
    assert told(bundle["objects"]) == {"Marlon Testcase", "Shorty"}
    client = a_client("JAM.contact", "read")
    fetched_by = client.crawl(f"{client.root}collections/cisnet-jam-out/")
    assert {json.dumps(one, sort_keys=True) for one in bundle["objects"]} == {
        json.dumps(one, sort_keys=True) for one in fetched_by
    }
