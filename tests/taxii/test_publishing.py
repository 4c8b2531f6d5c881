"""What programs fetch of shared reports: by the rule of release, at the moment of asking."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.rifc.actions import drafts, recalls, shares
from apps.rifc.models import ReadLog
from apps.taxii.models import Entry
from tests.rifc.people import AUTHOR, HEAD, SECRET_NAME, fresh, paragraph, receipt, shared
from tests.taxii.programs import a_client

pytestmark = pytest.mark.django_db
WORD = "Quartermaster"


def out(client: Any, **params: Any) -> list[dict[str, Any]]:
    return client.crawl(f"{client.root}collections/{alias(client, 'out')}/", **params)


def regional(client: Any) -> list[dict[str, Any]]:
    return client.crawl(f"{client.root}collections/cisnet-regional/")


def alias(client: Any, end: str) -> str:
    return f"cisnet-{client.user[:3].lower()}-{end}"


def told(objects: list[dict[str, Any]]) -> list[str]:
    """Names of reports and words of notes."""
    return [one.get("name") or one["content"] for one in objects if one["type"] in {"report", "note"}]


def test_a_recipients_programs_fetch_the_report_with_what_it_needs_before_it(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", paragraphs=[paragraph(WORD, source_ref=SECRET_NAME)], handling=["NOFWD"])
    drain()
    client = a_client("JAM.contact", stranger="TTO.contact")
    found = out(client)
    kinds = [one["type"] for one in found]
    assert kinds[-2:] == ["note", "report"]
    known: set[str] = set()
    for one in found:
        assert set(one.get("object_marking_refs", [])) <= known, one["id"]
        assert one.get("created_by_ref", found[0]["id"]) in known | {one["id"]}
        known.add(one["id"])
    report, note = found[-1], found[-2]
    assert (report["name"], note["content"]) == (row.title, WORD)
    assert report["object_refs"] == [note["id"]]
    assert report["external_references"] == [{"source_name": "cisnet", "external_id": row.number}]
    grading = next(iter(note["extensions"].values()))
    assert (grading["scheme"], grading["source"], grading["information"], note["confidence"]) == (
        "nato6x6",
        "C",
        "3",
        50,
    )
    text = str(found)
    assert SECRET_NAME not in text
    for hidden in (row.pk, row.thread, row.register_number, row.owner.code):
        assert str(hidden) not in text


def test_each_reading_by_a_program_is_noted_and_delivers_the_entry(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact")
    drain()
    client = a_client("JAM.contact", "read")
    client.get(f"{client.root}collections/cisnet-jam-out/manifest/")
    assert not ReadLog.objects.filter(report=row).exists()
    out(client)
    logs = ReadLog.objects.filter(report=row).values_list("channel", "desk__code")
    assert list(logs) == [("taxii", "JAM.contact")]
    assert receipt(row, "JAM.contact").state == "delivered"
    assert receipt(row, "JAM.contact").opened_at is None


def test_only_desks_that_have_it_are_given_it(cast: Any, drain: Any) -> None:
    shared(cast, "JAM.contact", title=WORD)
    drain()
    for desk, has in (
        *(("JAM.contact", True), ("BRB.intelligence", True), ("BRB.contact", True), ("BRB.border", False)),
        *(("JAM.customs", False), ("TTO.contact", False), ("RIFC.watch", False)),
    ):
        client = a_client(desk)
        assert (WORD in told(out(client))) is has, desk
        assert WORD not in told(regional(client)), desk


def test_green_reports_are_for_all_desks_of_the_community(cast: Any, drain: Any) -> None:
    shared(cast, "JAM.contact", tlp="GREEN", title=WORD)
    shared(cast, "JAM.contact", tlp="GREEN", handling=["LEONLY"], title="Police")
    shared(cast, "JAM.contact", tlp="GREEN", eyes=["BRB", "JAM"], title="Eyes")
    drain()
    assert told(regional(a_client("TTO.customs"))) == [paragraph()["text"], WORD]
    client = a_client("JAM.ministry")
    assert {one["alias"] for one in client.collections} == {"cisnet-jam-out"}


@pytest.mark.parametrize(
    "marking", [{"handling": ["NOAUTO"]}, {"classification": 2, "tlp": "AMBER", "title_portion": 0}]
)
def test_what_its_marking_keeps_from_programs_is_in_no_collection(cast: Any, drain: Any, marking: Any) -> None:
    shared(cast, "JAM.contact", title=WORD, **marking)
    drain()
    kept = "handling" in marking
    for desk in ("JAM.contact", "BRB.intelligence"):
        assert (WORD in told(out(a_client(desk)))) is not kept


def test_a_recall_holds_before_any_task_has_run(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", title=WORD)
    kept = shared(cast, "JAM.contact", title="Stays")
    drain()
    client = a_client("JAM.contact")
    recalls.recall_rifc_report(cast[HEAD], fresh(row), reason_code="other", text="Back, please.")
    assert told(out(client)) == [paragraph()["text"], "Stays"]
    for size in (1, 2, 3, 100):
        assert told(out(client, limit=size)) == [paragraph()["text"], "Stays"]
    manifest = client.get(f"{client.root}collections/cisnet-jam-out/manifest/").json()["objects"]
    assert sum(one["id"].startswith("report--") for one in manifest) == 1
    assert kept.pk


def test_after_a_recall_an_empty_revoked_version_stands_in_its_place(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", title=WORD, tlp="GREEN")
    drain()
    client, reader = a_client("JAM.contact"), a_client("GUY.customs")
    before = next(one for one in out(client) if one["type"] == "report")
    recalls.recall_rifc_report(cast[HEAD], fresh(row), reason_code="other", text="Back, please.")
    drain()
    for found in (out(client), regional(reader)):
        assert not [one for one in found if WORD in str(one) or row.number in str(one)]
        gone = next(one for one in found if one["type"] == "report")
        assert (gone["id"], gone["revoked"], gone["name"]) == (before["id"], True, "Recalled")
        assert gone["modified"] > before["modified"]
        assert gone["object_refs"] == [gone["created_by_ref"]]
    place = f"{client.root}collections/cisnet-jam-out/objects/{before['id']}/"
    assert client.get(f"{place}versions/").json()["versions"] == [gone["modified"]]
    assert len(client.get(place, {"match[version]": "all"}).json()["objects"]) == 1
    assert drain() == 0
    call_command("rebuild_taxii", "--check")


def test_a_recall_undone_begins_a_new_life_under_a_new_id(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", title=WORD)
    drain()
    recalls.recall_rifc_report(cast[HEAD], fresh(row), reason_code="other", text="Back.")
    recalls.undo_recall(cast[HEAD], fresh(row), text="By mistake.")
    drain()
    reports = [one for one in out(a_client("JAM.contact")) if one["type"] == "report"]
    assert [(one["name"], one.get("revoked", False)) for one in reports] == [("Recalled", True), (WORD, False)]
    assert reports[0]["id"] != reports[1]["id"]


def test_who_loses_his_entry_is_told_and_nobody_else(cast: Any, drain: Any) -> None:
    row = shared(cast, "JAM.contact", "TTO.contact", title=WORD)
    drain()
    jamaica, trinidad = a_client("JAM.contact"), a_client("TTO.contact", stranger="JAM.contact")
    shares.withdraw_report_entry(cast[HEAD], fresh(row), recipient="JAM.contact", reason="By mistake.")
    assert told(out(jamaica)) == []
    drain()
    assert told(out(jamaica)) == ["Recalled", "Recalled"]
    before = out(trinidad)
    assert told(before) == [paragraph()["text"], WORD]
    shares.add_report_recipient(cast[HEAD], fresh(row), to=["JAM.contact"])
    drain()
    assert told(out(jamaica)) == [paragraph()["text"], WORD]
    assert out(trinidad) == before


def test_a_later_version_has_the_same_id_and_dropped_paragraphs_are_revoked(cast: Any, drain: Any) -> None:
    from apps.rifc.actions import approvals

    row = shared(cast, "JAM.contact", paragraphs=[paragraph("One."), paragraph("Two.")])
    drain()
    client = a_client("JAM.contact")
    first = out(client)
    texts = [paragraph("One, corrected.", pid=_pid(row, 1))]
    later = drafts.supersede_rifc_report(cast[AUTHOR], None, of=fresh(row), **{**GIVEN, "paragraphs": texts})
    later = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], later))
    shares.share_rifc_report(cast[AUTHOR], later, to=["JAM.contact"])
    drain()
    found = out(client)
    assert told(found) == ["Recalled", "One, corrected.", "Vessel movements, Demo Bay"]
    assert {one["id"] for one in found} == {one["id"] for one in first}
    report = next(one for one in found if one["type"] == "report")
    place = f"{client.root}collections/cisnet-jam-out/objects/{report['id']}/"
    assert len(client.get(f"{place}versions/").json()["versions"]) == 2
    assert report["created"] < report["modified"]


def _pid(row: Any, order: int) -> Any:
    from apps.rifc.models import Paragraph

    return Paragraph.objects.get(report=row, order=order).pid


GIVEN: dict[str, Any] = {
    "kind": "information_report",
    "title": "Vessel movements, Demo Bay",
    "title_portion": 0,
    "classification": 1,
    "tlp": "AMBER",
}


def test_a_party_outside_the_mou_fetches_and_sends_nothing(cast: Any, drain: Any, as_owner: Any) -> None:
    from apps.rifc.models import MouMembership

    shared(cast, "JAM.contact", title=WORD)
    drain()
    client = a_client("JAM.contact")
    assert WORD in told(out(client))
    MouMembership.objects.filter(party="JAM").update(in_force_to="2020-01-01")
    for name in ("out", "submit"):
        place = f"{client.root}collections/{alias(client, name)}/objects/"
        assert client.get(place).status_code == 403
    again = client.get(f"{client.root}collections/").json()["collections"]
    assert not any(one["can_read"] or one["can_write"] for one in again)


def test_what_is_published_twice_is_there_once(cast: Any, drain: Any) -> None:
    from apps.people.queries import service_actor
    from apps.taxii.actions import publication

    row = shared(cast, "JAM.contact")
    drain()
    count = Entry.objects.count()
    publication.offer_to_taxii(service_actor("RIFC.automation"), None, thread=row.thread)
    assert Entry.objects.count() == count


def test_the_check_finds_what_is_missing_and_the_rebuild_puts_it_right(cast: Any, drain: Any) -> None:
    shared(cast, "JAM.contact", title=WORD)
    drain()
    call_command("rebuild_taxii", "--check")
    Entry.objects.filter(report__isnull=False).delete()
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("rebuild_taxii", "--check")
    call_command("rebuild_taxii")
    call_command("rebuild_taxii", "--check")
    assert WORD in told(out(a_client("JAM.contact")))
