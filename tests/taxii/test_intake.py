"""What comes in lies before the desk that sent it, until a person makes a report of it."""

import json
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.access.refusal import Refused
from apps.rifc.models import Paragraph, Report
from apps.taxii.actions import inbox, received_objects
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.queries.namespace import namespace
from apps.taxii.stix import common, parser
from apps.taxii.stix.exports import party_id
from tests.taxii.conformance import an_object
from tests.taxii.programs import a_client
from tests.taxii.sample import SAMPLE

pytestmark = pytest.mark.django_db
WHO, OTHER_DESK, ABROAD = "brb.intelligence.officer", "brb.contact.officer", "jam.intelligence.officer"


def came_in(cast: Any, *objects: Any, who: str = WHO) -> Intake:
    items = [(one, json.dumps(one)) for one in objects]
    row: Intake = received_objects.receive_taxii_object(
        cast[who], None, items=items, channel="page", name="bundle.json"
    )
    return row


def a_note(text: str, *marks: str, **more: Any) -> dict[str, Any]:
    refs = [an_object()["id"]]
    found = an_object("note", content=text, object_refs=refs, object_marking_refs=list(marks))
    if not marks:
        del found["object_marking_refs"]
    return found | more


def a_report(*notes: Any, **more: Any) -> dict[str, Any]:
    plain = {"name": "Go-fast boats", "published": "2009-03-01T10:00:00Z", "object_refs": [n["id"] for n in notes]}
    return an_object("report", **plain) | more


def drafted(cast: Any, row: Intake) -> Report:
    source = queries.preview(row).drafts[0].source
    made: Report = inbox.draft_taxii_object(cast[WHO], row, source=source).made  # type: ignore[attr-defined]
    return made


def test_a_report_becomes_a_draft_of_the_desk_with_its_gradings_and_markings(cast: Any) -> None:
    row = came_in(cast, *SAMPLE)
    made = drafted(cast, row)
    assert (made.state, made.owner.code, made.tlp, made.orcon) == ("draft", "BRB.intelligence", "AMBER", True)
    [one] = Paragraph.objects.filter(report=made)
    assert (one.text, one.scheme, one.grade) == (
        "A fishing vessel was seen at Demo Bay on 27 February 2026.",
        "nato6x6",
        "C3",
    )
    assert Intake.objects.get(pk=row.pk).state == "drafted"


def test_what_the_sample_loses_is_said_object_by_object(cast: Any) -> None:
    found = queries.preview(came_in(cast, *SAMPLE))
    becomes = {one.type: one.becomes for one in found.rows}
    assert becomes["report"] == "report"
    assert becomes["note"] == "paragraph"
    assert (becomes["vessel"], becomes["location"], becomes["relationship"]) == ("thing", "thing", "link")
    assert [one.lost for one in found.rows if one.type == "report"] == [("external_references",)]
    assert "third" in found.drafts[0].flags
    assert "not-taken" not in found.drafts[0].flags


@pytest.mark.parametrize(
    ("marks", "tlp", "flag"),
    [
        ([common.TLP2["CLEAR"]], "CLEAR", ""),
        ([common.TLP2["AMBER+STRICT"]], "AMBER+STRICT", ""),
        ([], "AMBER", "no-tlp"),
        (["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"], "CLEAR", "tlp1"),
        (["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"], "AMBER", "tlp1-amber"),
        ([common.TLP2["GREEN"], common.TLP2["RED"]], "RED", "two-tlp"),
        ([common.TLP2["GREEN"], "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"], "RED", "two-tlp"),
    ],
)
def test_markings_of_strangers_are_read_on_the_safe_side(cast: Any, marks: Any, tlp: str, flag: str) -> None:
    found = queries.preview(came_in(cast, a_note("Seen.", *marks)))
    assert found.drafts[0].given["tlp"] == tlp
    assert not flag or flag in found.drafts[0].flags


def test_an_unknown_marking_sets_the_report_apart(cast: Any) -> None:
    row = came_in(cast, a_note("Seen.", f"marking-definition--{uuid.uuid4()}"))
    assert queries.preview(row).drafts[0].quarantined
    with pytest.raises(ValidationError, match="does not recognise"):
        drafted(cast, row)
    assert not Report.objects.exists()


def test_a_marking_of_a_part_raises_the_whole(cast: Any) -> None:
    part = {"marking_ref": common.TLP2["RED"], "selectors": ["content"]}
    row = came_in(cast, a_note("Seen.", common.TLP2["GREEN"], granular_markings=[part]))
    assert queries.preview(row).drafts[0].given["tlp"] == "RED"


def test_eyes_with_nobody_in_common_are_never_added_up(cast: Any) -> None:
    def eyes(*parties: str) -> dict[str, Any]:
        says = {"extension_type": "property-extension", "classification": "RESTRICTED", "eyes": list(parties)}
        plain = {"type": "marking-definition", "spec_version": "2.1", "created": "2009-01-01T00:00:00Z"}
        key = common.extension("cisnet-marking")
        return {**plain, "id": f"marking-definition--{uuid.uuid4()}", "extensions": {key: says}}

    one, two = eyes("BRB", "JAM"), eyes("TTO")
    notes = [a_note("A", one["id"]), a_note("B", two["id"])]
    found = queries.preview(came_in(cast, one, two, *notes, a_report(*notes)))
    assert found.drafts[0].quarantined


def test_material_of_another_party_is_orcon(cast: Any) -> None:
    own, other = party_id("BRB", namespace()), party_id("JAM", namespace())
    notes = [a_note("Ours", common.TLP2["AMBER"], created_by_ref=own)]
    assert queries.preview(came_in(cast, *notes)).drafts[0].given["orcon"] is False
    notes = [a_note("Theirs", common.TLP2["AMBER"], created_by_ref=other)]
    found = queries.preview(came_in(cast, *notes))
    assert (found.drafts[0].given["orcon"], found.rows[0].author) == (True, "JAM")


def test_what_was_exported_comes_in_the_same(cast: Any, drain: Any) -> None:
    from tests.rifc.people import shared

    row = shared(cast, "JAM.intelligence", handling=["NOFWD"])
    drain()
    client = a_client("JAM.intelligence", stranger="TTO.contact")
    bundle = client.crawl(f"{client.root}collections/cisnet-jam-out/")
    assert client.post(bundle).json()["failure_count"] == 0
    again = client.crawl(client.working)
    assert [json.dumps(one, sort_keys=True) for one in again] == [json.dumps(one, sort_keys=True) for one in bundle]
    came = Intake.objects.get()
    draft = queries.preview(came).drafts[0].given
    assert (draft["title"], draft["tlp"], draft["handling"], draft["orcon"]) == (row.title, "AMBER", ["NOFWD"], True)


def test_only_the_desk_that_sent_it_sees_it(cast: Any, client_for: Any) -> None:
    row = came_in(cast, a_note("Quartermaster", common.TLP2["AMBER"]))
    page = reverse("taxii:intake", args=[row.pk])
    assert "Quartermaster" in client_for(WHO).get(page).content.decode()
    for other in (OTHER_DESK, ABROAD):
        assert client_for(other).get(page).status_code == 404
        assert "1 object" not in client_for(other).get(reverse("taxii:intakes")).content.decode()
        with pytest.raises(Refused):
            inbox.discard_taxii_object(cast[other], row)
    assert client_for("jam.ministry.decider").get(reverse("taxii:intakes")).status_code == 404


def test_a_person_brings_a_bundle_looks_at_it_and_writes_a_draft(cast: Any, client_for: Any) -> None:
    browser = client_for(WHO)
    bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": SAMPLE}
    file = SimpleUploadedFile("vessel.json", json.dumps(bundle).encode(), "application/json")
    answer = browser.post(reverse("taxii:upload"), {"file": file})
    assert answer.status_code == 302
    text = browser.get(answer.url).content.decode()
    for words in ("Vessel movements, Demo Bay", "entity, proposed", "ORCON is assumed", "C3"):
        assert words in text
    ask = browser.get(f"{answer.url}draft/")
    assert ask.status_code == 200
    source = next(one["id"] for one in SAMPLE if one["type"] == "report")
    done = browser.post(f"{answer.url}draft/", {"source": source})
    assert done.status_code == 302
    assert Report.objects.get().title in browser.get(done.url).content.decode()
    assert browser.get(f"{reverse('taxii:intakes')}?box=drafted").content.decode().count("vessel.json") == 1


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"objects":[]}', b"%PDF-1.7", b'{"objects":[NaN]}'])
def test_a_file_that_is_no_bundle_is_said_so_and_keeps_nothing(client_for: Any, data: bytes) -> None:
    answer = client_for(WHO).post(reverse("taxii:upload"), {"file": SimpleUploadedFile("x.json", data)})
    assert answer.status_code == 422
    assert not Intake.objects.exists()


def test_a_bundle_of_a_hundred_thousand_objects_is_refused_for_its_size_and_one_of_ten_thousand_is_read(
    client_for: Any, drain: Any
) -> None:
    plain = an_object("identity", name="Carrier")
    for count, status in ((100_000, 422), (10_000, 302)):
        objects = [plain | {"id": f"identity--{uuid.UUID(int=number, version=4)}"} for number in range(count)]
        data = json.dumps({"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": objects}).encode()
        answer = client_for(WHO).post(reverse("taxii:upload"), {"file": SimpleUploadedFile("many.json", data)})
        assert answer.status_code == status
        assert ("larger than 4 MB" in answer.content.decode()) is (status == 422)
    page = lambda: client_for(WHO).get(answer.url).content.decode()  # noqa: E731
    assert "10000 STIX objects" in page()
    assert "Processing" in page()
    drain()
    assert "not supported: kept as sent" in page()


def test_a_red_draft_asks_for_its_persons(cast: Any) -> None:
    row = came_in(cast, a_note("Seen.", common.TLP2["RED"]))
    with pytest.raises(ValidationError):
        drafted(cast, row)
    source = queries.preview(row).drafts[0].source
    inbox.draft_taxii_object(cast[WHO], row, source=source, named_persons=["jam.intelligence.officer"])
    assert Report.objects.get().tlp == "RED"


def test_what_only_repeats_asks_nothing_of_anybody(cast: Any) -> None:
    note = a_note("Seen.", common.TLP2["AMBER"])
    assert came_in(cast, note).state == "open"
    assert came_in(cast, note).state == "discarded"
    assert came_in(cast, note | {"content": "Other"}).failed == 1


def test_more_than_five_hundred_wait_for_a_task(cast: Any, drain: Any) -> None:
    row = came_in(cast, *(a_note(f"{n}", common.TLP2["AMBER"]) for n in range(501)))
    assert (row.state, row.pending) == ("waiting", 501)
    drain()
    row = Intake.objects.get()
    assert (row.state, row.succeeded, row.body) == ("open", 501, "")


def test_marked_above_what_the_desk_may_hold_is_refused(cast: Any) -> None:
    says = {"extension_type": "property-extension", "classification": "SECRET", "owner": "BRB"}
    marking = {"type": "marking-definition", "spec_version": "2.1", "created": "2009-01-01T00:00:00Z"}
    marking |= {"id": f"marking-definition--{uuid.uuid4()}", "extensions": {common.extension("cisnet-marking"): says}}
    row = came_in(cast, marking, a_note("x", marking["id"]), who="brb.border.officer")
    assert row.failed == 1


def test_programs_send_and_people_decide(cast: Any) -> None:
    client = a_client()
    client.post([a_note("Seen.", common.TLP2["AMBER"])])
    row = Intake.objects.get()
    assert row.channel == "taxii"
    from dataclasses import replace

    with pytest.raises(Refused):
        inbox.discard_taxii_object(replace(cast[WHO], via="api"), row)


def test_a_desk_that_only_reads_sends_nothing() -> None:
    client = a_client(scope="read")
    assert not any(one["can_write"] for one in client.collections)
    url = f"{client.root}collections/cisnet-brb-submit/objects/"
    assert client.post([an_object()], url).status_code == 403


def test_limits_are_those_of_the_contract() -> None:
    assert (parser.MOST_BYTES, parser.DIRECT) == (4194304, 500)
