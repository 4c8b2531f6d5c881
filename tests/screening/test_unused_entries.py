"""An entry that nobody would ever be compared with is refused with words; one that is there says so."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.screening import actions
from apps.screening.models import Entry, ImportLine
from tests.screening.people import KEEPER, MUHAMMAD, PERSAUD, a_file_for, a_list, an_entry

UNUSED = ("organisation", "vessel", "contact", "rule", "spaceship")


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client, **more):
    body = {"list": "JAM-WATCH", "reference": "R-1", "subject": PERSAUD, "instruction": "inform", **more}
    return client.post("/api/v1/screening/entries/", json.dumps(body), content_type="application/json")


@pytest.fixture
def home(cast):
    return a_list(cast[KEEPER])


@pytest.mark.parametrize("kind", UNUSED)
def test_a_kind_that_nothing_compares_is_refused_by_the_api_with_what_is_supported(home, client_for, kind):
    client = client_for(KEEPER)
    for body, pointer in (({"kind": kind}, "/kind"), ({"subject": {**PERSAUD, "kind": kind}}, "/subject")):
        answer = sent(client, **body)
        [fault] = answer.json()["errors"]
        assert (answer.status_code, fault["pointer"]) == (400, pointer)
        assert "are not screened yet, so it is not imported" in fault["message"]
    assert not Entry.objects.exists()


def test_the_kind_of_a_subject_is_the_kind_of_its_entry(home, client_for):
    paper = {"documents": [{"type": "P", "number": "A1234567", "issuer": "JAM"}], "kind": "document"}
    assert sent(client_for(KEEPER), subject=paper).status_code == 201
    entry = Entry.objects.get()
    assert (entry.kind, "kind" in entry.subject) == ("document", False)
    assert sent(client_for(KEEPER), reference="R-2", subject=paper, kind="person").status_code == 400


def test_lines_of_a_file_are_refused_one_by_one_with_place_and_reason(take):
    lines = [{**MUHAMMAD, "ref": "E1"}, *({"ref": f"U-{kind}", "kind": kind, "full_name": "X Y"} for kind in UNUSED)]
    report = take(lines)
    assert (report["read"], report["created"]) == (6, 1)
    assert [(one["line"], "(/kind)" in one["reason"]) for one in report["rejected"]] == [
        (line, True) for line in range(2, 7)
    ]
    assert "are not screened yet, so it is not imported" in report["rejected"][0]["reason"]


def test_a_whole_list_keeps_the_old_entries_that_its_file_still_names(take):
    take([{**MUHAMMAD, "ref": "E1"}, {**PERSAUD, "ref": "E2"}])
    Entry.objects.filter(reference="E2").update(kind="organisation")
    take([{**MUHAMMAD, "ref": "E1"}, {"ref": "E2", "kind": "organisation", "full_name": "CORAL TRADING"}], "--replace")
    assert set(Entry.objects.values_list("reference", "state")) == {("E1", "active"), ("E2", "active")}


def test_the_page_of_an_import_names_what_it_does_not_take_over(cast, client_for, home):
    source = a_file_for(cast[KEEPER], home, [{"ref": "F-1", "kind": "organisation", "full_name": "CORAL TRADING"}])
    assert ImportLine.objects.filter(source=source, change="rejected").count() == 1
    assert "kind organisation are not screened yet" in words(
        client_for(KEEPER).get(reverse("screening:import", args=[source.pk]))
    )


@pytest.mark.parametrize("functions", [["customs"], ["intelligence"], ["customs", "intelligence"]])
def test_an_entry_for_desks_that_compare_nobody_is_refused(cast, home, client_for, take, functions):
    visibility = {"functions": functions}
    answer = sent(client_for(KEEPER), visibility=visibility)
    assert answer.status_code == 400
    assert "Only border desks compare" in answer.json()["errors"][0]["message"]
    assert "/visibility/functions" in answer.json()["errors"][0]["message"]
    assert take([{**MUHAMMAD, "ref": "E1", "visibility": visibility}])["rejected"][0]["line"] == 1
    entry = an_entry(cast[KEEPER])
    with pytest.raises(ValidationError, match="Only border desks compare"):
        actions.change_watchlist_entry(cast[KEEPER], entry, visibility=visibility)


def test_the_form_says_at_the_field_that_such_desks_compare_nobody(home, client_for):
    form = {"list": "JAM-WATCH", "reference": "R-1", "surname": "PERSAUD", "given_names": "DEONARINE"}
    form |= {"instruction": "inform", "screeners": "all", "hit_visible_to": "owner", "functions": ["customs"]}
    answer = client_for(KEEPER).post(reverse("screening:entry_new"), form)
    assert answer.status_code == 422
    assert "Only border desks compare people" in words(answer)
    form["functions"] = ["customs", "border"]
    assert client_for(KEEPER).post(reverse("screening:entry_new"), form).status_code == 302


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"kind": "organisation"}, "No one is screened against this entry: travellers are screened"),
        ({"functions": ["customs"]}, "No one is screened against this entry: it is shared only with desks"),
        ({}, ""),
    ],
)
def test_an_entry_from_before_says_on_its_page_that_nobody_is_compared_with_it(cast, client_for, columns, said):
    entry = an_entry(cast[KEEPER])
    Entry.objects.filter(pk=entry.pk).update(**columns)
    page = words(client_for(KEEPER).get(reverse("screening:entry", args=[entry.pk])))
    assert ("No one is screened against this entry" in page) is bool(said)
    assert said in page


def test_screen_reads_the_kind_of_a_subject(take, screen):
    paper = {"type": "P", "number": "A1234567", "issuer": "JAM"}
    take([{**MUHAMMAD, "ref": "E1"}, {"ref": "E2", "kind": "document", "documents": [paper]}])
    lines = [{**MUHAMMAD, "documents": [paper], "kind": kind, "ref": kind} for kind in ("person", "document")]
    [person, document], _ = screen(lines)
    assert {hit["entry_ref"] for hit in person["hits"]} == {"E1", "E2"}
    assert [hit["entry_ref"] for hit in document["hits"]] == ["E2"]


@pytest.mark.parametrize("kind", UNUSED)
def test_screen_refuses_a_subject_of_another_kind_with_its_place(take, command, kind):
    take([{**MUHAMMAD, "ref": "E1"}])
    ran = command("screen", [{**MUHAMMAD, "kind": kind, "ref": "T1"}, {**MUHAMMAD, "ref": "T2"}])
    assert ran.status == 1
    assert "(/kind)" in ran.answers[0]["error"]
    assert len(ran.answers[1]["hits"]) == 1
