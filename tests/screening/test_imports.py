"""Files for lists: what they would change, applied all or not at all, two people for much, what is refused."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.access import outbox
from apps.access.refusal import Refused
from apps.people.queries import service_actor
from apps.screening import actions, readers
from apps.screening.models import Entry, EntryKey, EntryVersion, ImportLine, ListImport, ListImportContent
from tests.screening.people import FOREIGNER, KEEPER, PERSAUD, WATCH, a_file_for, a_list
from tests.screening.published import OFAC, OFAC_ALIASES, OFAC_NAMES, OFAC_TABLE, OFAC_VESSELS, UN

SECOND = "jam.border.head"
NAMES = ("ABRAMS", "BISSOON", "CADOGAN", "DEFREITAS", "ELLIOTT", "FERREIRA", "GITTENS", "HAREWOOD", "INNISS", "JORDAN")
LINES = [{"ref": f"F-{n}", "surname": name, "birth_date": f"19{60 + n}-05-04"} for n, name in enumerate(NAMES)]


@pytest.fixture
def home(cast):
    return a_list(cast[KEEPER])


def applied(cast, drain, source, who=KEEPER):
    actions.apply_list_import(cast[who], source)
    drain()
    return ListImport.objects.get(pk=source.pk)


def counts(source):
    return tuple(getattr(source, n) for n in ("read", "created", "updated", "unchanged", "withdrawn", "rejected"))


def test_a_file_says_what_it_changes_and_changes_it_when_it_is_applied(cast, drain, home):
    first = a_file_for(cast[KEEPER], home, LINES, instruction="question")
    assert (first.state, counts(first)) == ("previewed", (10, 10, 0, 0, 0, 0))
    assert not Entry.objects.exists()
    first = applied(cast, drain, first)
    assert (first.state, first.applied_by, counts(first)) == ("applied", cast[KEEPER].person, (10, 10, 0, 0, 0, 0))
    assert set(Entry.objects.values_list("instruction", "owner__code")) == {("question", "JAM.intelligence")}
    assert set(EntryVersion.objects.values_list("seat_id", "why")) == {(cast[KEEPER].seat_id, "Import of list.jsonl")}

    changed = [{**LINES[0], "birth_date": "1960-05-14", "instruction": "arrest"}, *LINES[1:9], {"ref": "F-X"}, LINES[1]]
    second = a_file_for(cast[KEEPER], home, changed, replaces=True, instruction="question")
    assert counts(second) == (11, 0, 1, 8, 1, 2)
    lines = {line.change: line for line in ImportLine.objects.filter(source=second).order_by("-line")}
    assert lines["changed"].changes == [
        ["Date of birth", "4 May 1960", "14 May 1960"],
        ["Instruction", "Question", "Arrest"],
    ]
    assert (lines["withdrawn"].reference, lines["withdrawn"].name) == ("F-9", "JORDAN")
    assert (lines["rejected"].line, "neither a name" in lines["rejected"].reason) == (10, True)
    applied(cast, drain, second)
    assert Entry.objects.get(reference="F-9").state == "withdrawn"
    assert Entry.objects.get(reference="F-0").version == 2
    assert not ListImportContent.objects.exists()


def test_the_same_import_twice_changes_nothing(cast, drain, home):
    applied(cast, drain, a_file_for(cast[KEEPER], home, LINES))
    before = list(Entry.objects.order_by("pk").values())
    again = applied(cast, drain, a_file_for(cast[KEEPER], home, LINES, replaces=True))
    assert counts(again) == (10, 0, 0, 10, 0, 0)
    assert list(Entry.objects.order_by("pk").values()) == before
    assert EntryVersion.objects.count() == 10


def test_an_import_that_withdraws_much_takes_two_people(cast, drain, home):
    applied(cast, drain, a_file_for(cast[KEEPER], home, LINES))
    much = a_file_for(cast[KEEPER], home, LINES[:1], replaces=True)
    assert (much.state, much.withdrawn) == ("held", 9)
    with pytest.raises(Refused, match="import-held"):
        actions.apply_list_import(cast[KEEPER], much)
    much = actions.propose_list_import(cast[KEEPER], much, why="The court has lifted them")
    with pytest.raises(Refused, match="second-person"):
        actions.countersign_list_import(cast[KEEPER], much)
    with pytest.raises(Refused, match="not-visible"):
        actions.countersign_list_import(cast[FOREIGNER], much)
    with pytest.raises(Refused, match="not-list-owner"):
        actions.countersign_list_import(cast[WATCH], much)
    assert Entry.objects.filter(state="active").count() == 10
    actions.countersign_list_import(cast[SECOND], much)
    drain()
    assert Entry.objects.filter(state="active").count() == 1
    ended = EntryVersion.objects.filter(state="withdrawn")
    assert set(ended.values_list("why", "seat_id")) == {("The court has lifted them", cast[SECOND].seat_id)}
    assert EntryKey.objects.values("entry").distinct().count() == 1


def test_a_list_that_was_changed_since_the_preview_is_compared_again_before_anything_is_written(cast, drain, home):
    source = a_file_for(cast[KEEPER], home, LINES)
    theirs = {"list": home.code, "reference": "F-0", "subject": PERSAUD, "instruction": "inform"}
    actions.create_watchlist_entry(cast[SECOND], None, **theirs)
    again = applied(cast, drain, source)
    assert (again.state, counts(again)) == ("previewed", (10, 9, 1, 0, 0, 0))
    assert "has changed since" in again.fault
    assert Entry.objects.count() == 1
    assert applied(cast, drain, again).state == "applied"
    assert Entry.objects.count() == 10


def test_a_failure_in_the_middle_leaves_the_list_as_it_was(cast, drain, home, monkeypatch):
    source = a_file_for(cast[KEEPER], home, LINES)
    actions.apply_list_import(cast[KEEPER], source)
    source.refresh_from_db()
    monkeypatch.setattr(actions.import_runs, "forget", lambda _source: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.carry_out_list_import(service_actor("JRCC.automation", request_id="test"), source)
    assert (Entry.objects.count(), ListImport.objects.get().state) == (0, "applying")


def whole(lines):
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 0, "empty"),
        (b"\n\n", 0, "empty"),
        (whole(LINES)[:-30], 10, "breaks off"),
        (b"ref,surname,birth_date\nF-1,ABRAMS,1960\nF-2,BISS", 3, "breaks off"),
        (b'ref,surname\nF-1,"ABRAMS', 2, "breaks off"),
        (b"ref,surname,colour\nF-1,ABRAMS,red\n", 1, "colour"),
        (b"name;born\nABRAMS;1960\n", 1, "ref"),
        (b'[{"ref": "F-1"}]', 1, "one object on each line"),
        ("ref,surname\nF-1,PEÑA\n".encode("latin-1"), 2, "UTF-8"),
        (b"<html><body>Not found</body></html>", 1, "html"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>\n<sdnList/>', 1, "document type"),
        (b"<sdnList>\n<sdnEntry><uid>1</uid>\n<lastName>AB", 3, "breaks off"),
    ],
)
def test_a_file_that_is_cut_or_no_list_is_refused_with_the_place(cast, home, data, line, said):
    source = a_file_for(cast[KEEPER], home, data=data)
    assert (source.state, source.fault_line) == ("refused", line)
    assert said in source.fault
    assert not ListImportContent.objects.exists()


def test_a_line_that_cannot_be_kept_is_rejected_alone(cast, home):
    bad = [
        {"ref": "N", "surname": "A\u0000B"},
        {"ref": "", "surname": "NOBODY"},
        {"ref": "D", "surname": "LONG", "valid_until": "soon"},
        {"ref": "Z", "surname": "DATED", "birth_date": "1900-01-00", "aliases": [f"Name {n}" for n in range(400)]},
    ]
    source = a_file_for(cast[KEEPER], home, [*bad, LINES[0]])
    assert counts(source) == (5, 2, 0, 0, 0, 3)
    assert set(ImportLine.objects.filter(change="rejected").values_list("line", flat=True)) == {1, 2, 3}


def test_files_are_sent_for_lists_of_the_own_party_and_seen_by_those_who_see_the_list(cast, home):
    with pytest.raises(Refused, match="not-list-owner"):
        actions.send_list_file(cast[FOREIGNER], None, list=home.code, data=whole(LINES))
    source = a_file_for(cast[KEEPER], home, LINES)
    seen = {w for w in (KEEPER, SECOND, WATCH, FOREIGNER) if ListImport.objects.visible_to(cast[w]).exists()}
    assert seen == {KEEPER, SECOND, WATCH}
    with pytest.raises(Refused, match="not-visible"):
        actions.apply_list_import(cast[FOREIGNER], source)


def test_an_officer_imports_a_table_on_the_pages(cast, client_for, drain, home):
    browser = client_for(KEEPER)
    page = reverse("screening:import_new", args=[home.pk])
    assert b"Columns of a table" in browser.get(page).content
    assert browser.post(page, {"instruction": "inform"}).status_code == 422
    table = b"ref;surname;aliases;nationality\nT-1;ABRAMS;~Abe; JAM\nT-2;;;\n"
    answer = browser.post(page, {"instruction": "refuse", "file": SimpleUploadedFile("list.csv", table)})
    place = answer.headers["Location"]
    assert b"being read" in browser.get(place).content
    drain()
    shown = browser.get(place).content.decode()
    for words in ("T-1", "ABRAMS", "neither a name nor a document number", "What it would change"):
        assert words in shown
    assert client_for(FOREIGNER).get(place).status_code == 404
    source = ListImport.objects.get()
    assert browser.post(f"{place}bring_in/", {"version": source.version}).status_code == 302
    drain()
    entry = Entry.objects.get()
    assert (entry.instruction, entry.subject["aliases"]) == ("refuse", [{"full_name": "Abe", "quality": "weak"}])
    assert b"What it changed" in browser.get(place).content
    assert browser.post(f"{place}bring_in/", {}).status_code == 409


def test_a_program_sends_a_file_and_applies_it(api, cast, drain, home):
    program, place = api("JAM.border"), "/api/v1/screening/imports/"
    sent = program.post(f"{place}?list={home.code}&replaces=true", whole(LINES), content_type="application/x-ndjson")
    assert (sent.status_code, sent.json()["state"]) == (202, "received")
    drain()
    read = program.get(sent.json()["url"]).json()
    assert (read["state"], read["created"], len(read["lines"])) == ("previewed", 10, 10)
    assert program.post(f"{sent.json()['url']}actions/bring_in/", {}, format="json").status_code == 200
    drain()
    assert program.get(sent.json()["url"]).json()["state"] == "applied"
    assert program.post(f"{place}?list=BRB-WATCH", whole(LINES), content_type="text/plain").status_code == 403
    assert program.post(place, {}, format="json").status_code == 415


def test_the_published_form_of_the_united_nations_list_is_read():
    person, entity = (one.record for one in readers.read_watchlist_file(UN.encode(), readers.form_of(UN.encode())))
    assert (person["ref"], person["full_name"], person["kind"], person["sex"]) == (
        *("ZZi.001", "OKWUDILI INVENTED", "person", "M"),
    )
    assert person["birth_date"] == ["1961-02-03", {"from": 1958, "to": 1963}, {"from": 1958, "to": 1962}]
    assert person["aliases"][:2] == [
        {"full_name": "Okwu Made Up", "quality": "strong"},
        {"full_name": "Oky", "quality": "weak"},
    ]
    assert (person["aliases"][2], person["nationality"]) == ("محمد يوسف", ["YEM"])
    assert person["documents"] == [{"type": "P", "number": "Z0001", "issuer": "YEM"}]
    assert (entity["kind"], entity["full_name"], len(entity["aliases"])) == ("organisation", "INVENTED TRADING", 1)


@pytest.mark.parametrize("file", [OFAC, OFAC_TABLE], ids=["XML", "CSV"])
def test_the_published_forms_of_the_sdn_list_are_read(file):
    data = file.encode()
    records = {one.record["ref"]: one.record for one in readers.read_watchlist_file(data, readers.form_of(data))}
    person = records["90001"]
    assert (person["surname"], person["given_names"], person["sex"]) == ("QUIXANO", "Bernardo Invented", "M")
    assert person["birth_date"] == ["1948-12-10", {"from": 1948, "to": 1952}]
    assert person["documents"] == [{"type": "P", "number": "Z0002", "issuer": "ECU"}]
    assert (person["nationality"], person["aliases"][0]["quality"]) == (["ECU"], "weak")
    assert records["90002"]["kind"] == "organisation"


def test_strong_and_weak_names_of_the_sdn_list_come_in_their_parts():
    [one] = readers.read_watchlist_file(OFAC_ALIASES.encode(), "ofac_xml")
    assert one.record["aliases"] == [
        {"surname": "QUIJANO ALONSO", "given_names": "Bernardo Jose", "quality": "strong"},
        {"surname": "INVENTED, B.", "quality": "strong"},
        {"given_names": "Nardo", "quality": "weak"},
        {"surname": "QUIXANUS", "quality": "strong"},
    ]


def test_ships_and_aircraft_of_the_sdn_table_are_read_and_named_as_not_taken_over(cast, drain, home):
    ship, aircraft = (one.record for one in readers.read_watchlist_file(OFAC_VESSELS.encode(), "ofac_csv"))
    assert (ship["kind"], ship["full_name"], ship["call_sign"], ship["flag"]) == (
        *("vessel", "CORAL INVENTED", "8PXX1", "Barbados"),
    )
    assert "documents" not in ship
    assert ship["reason"] == "CUBA. Vessel Registration Identification IMO 9999999."
    assert aircraft == {"ref": "90006", "kind": "vessel", "full_name": "XX-INV"}
    source = a_file_for(cast[KEEPER], home, data=OFAC_VESSELS.encode())
    assert (source.state, source.read, source.created, source.rejected) == ("previewed", 2, 0, 2)
    reasons = ImportLine.objects.filter(source=source, change="rejected").values_list("reason", flat=True)
    assert all("kind vessel are not screened yet, so it is not imported" in reason for reason in reasons)
    applied(cast, drain, source)
    assert not Entry.objects.exists()


def packed(**tables):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, table in tables.items():
            file.writestr(f"SDN/{name.upper()}.CSV", table)
    return data.getvalue()


def test_other_names_of_the_sdn_list_come_with_it_in_one_zip_file(cast, drain, home):
    data = packed(sdn=OFAC_TABLE, alt=OFAC_NAMES, add="other,things")
    source = a_file_for(cast[KEEPER], home, data=data)
    # a company is not taken over, and one name is of an entry that is not there
    assert (source.form, source.created, source.rejected) == ("ofac_csv", 1, 2)
    applied(cast, drain, source)
    [names] = Entry.objects.filter(reference="90001").values_list("subject__aliases", flat=True)
    assert [(one["full_name"], one["quality"]) for one in names] == [
        ("EL INVENTADO", "weak"), ("QUIJANO, Bernardo", "strong"), ("INVENTED, B.", "strong"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OFAC_NAMES.encode(), "This is alt.csv"),
        (packed(sdn=OFAC_TABLE), "has no alt.csv"),
        (packed(other="x"), "has no alt.csv and no sdn.csv"),
        (packed(sdn=OFAC_TABLE, alt=OFAC_NAMES)[:-30], "cannot be unpacked"),
        (b"PK\x03\x04" + b"x" * 99, "cannot be unpacked"),
        (packed(sdn=OFAC_TABLE, alt='90001,1,"aka"'), "alt.csv breaks off"),
        (packed(sdn=OFAC_TABLE[:200], alt=OFAC_NAMES), "breaks off"),
    ],
)
def test_a_zip_file_that_is_no_whole_sdn_list_is_refused(cast, home, data, words):
    source = a_file_for(cast[KEEPER], home, data=data)
    assert (source.state, words in source.fault) == ("refused", True)


def test_a_sanctions_file_with_fewer_entries_than_it_says_is_refused_and_a_whole_one_is_a_list(cast, drain, home):
    short = OFAC.replace("<Record_Count>3", "<Record_Count>4")
    assert "has 4 entries, but 3" in a_file_for(cast[KEEPER], home, data=short.encode()).fault
    source = applied(cast, drain, a_file_for(cast[KEEPER], home, data=OFAC.encode()))
    assert (source.form, counts(source)) == ("ofac_xml", (3, 1, 0, 0, 0, 2))
    assert set(Entry.objects.values_list("kind", flat=True)) == {"person"}


def test_neither_work_on_whole_lists_nor_mails_delay_a_passenger_list():
    queues = {topic: set() for topic, _name in outbox._QUEUES}
    for (topic, _name), queue in outbox._QUEUES.items():
        queues[topic].add(queue)
    assert queues["submission.received"] == {"intake"}
    assert queues["list.changed"] == queues["import.confirmed"] == {"slow"}
    assert queues["import.received"] == queues["entry.changed"] == {"fast"}
    assert queues["mail.due"] == {"mail"}
