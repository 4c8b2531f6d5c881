"""The watchlists' pages: one story from the form to the history, what stays hidden, and the number of queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.grants import share
from apps.audit.models import AuditRecord
from apps.screening import actions
from apps.screening.models import Entry, EntryKey
from apps.screening.queries.visibility import region_today
from tests.screening.people import FOREIGNER, KEEPER, MUHAMMAD, WATCH, a_list, an_entry

FORM = {
    "list": "JAM-WATCH",
    "reference": "JAM-77",
    "surname": "Hutchinson-Bright",
    "given_names": "Delroy",
    "birth_date": "1974-06",
    "sex": "M",
    "nationality": "jam gbr",
    "document_type": "P",
    "document_number": "A1234567",
    "document_issuer": "jam",
    "alias": "Del Bright",
    "alias_2": "Roy Hutchinson",
    "instruction": "refuse",
    "screeners": "chosen",
    "screen_for": ["JAM", "BRB"],
    "hit_visible_to": "owner",
    "valid_until": "2999-12-31",
    "reason": "Court order 12 of 2026",
}
SUBJECT = {
    "surname": "Hutchinson-Bright",
    "given_names": "Delroy",
    "birth_date": "1974-06",
    "sex": "M",
    "nationality": ["JAM", "GBR"],
    "documents": [{"type": "P", "number": "A1234567", "issuer": "JAM"}],
    "aliases": ["Del Bright", "Roy Hutchinson"],
}


def text(answer):
    return answer.content.decode()


def test_an_officer_adds_changes_and_withdraws_an_entry_on_the_pages(cast, client_for):
    a_list(cast[KEEPER])
    browser = client_for(KEEPER)
    added = browser.post(reverse("screening:entry_new"), FORM)
    entry = Entry.objects.get(reference="JAM-77")
    assert added.headers["Location"] == reverse("screening:entry", args=[entry.pk])
    assert entry.subject == SUBJECT
    assert (entry.screen_for, entry.hit_visible_to, entry.reason) == (["BRB", "JAM"], "owner", "Court order 12 of 2026")

    page = text(browser.get(added.headers["Location"]))
    for shown in ("HUTCHINSON-BRIGHT, Delroy", "Del Bright", "P A1234567 JAM", "Barbados, Jamaica", "Court order 12"):
        assert shown in page

    change = reverse("screening:entry_change", args=[entry.pk])
    assert 'value="1974-06"' in text(browser.get(change))
    altered = {**FORM, "version": "1", "instruction": "arrest", "why": "Warrant issued", "alias": ""}
    assert browser.post(change, altered).status_code == 302
    entry.refresh_from_db()
    assert (entry.instruction, entry.version) == ("arrest", 2)
    assert entry.subject == {**SUBJECT, "aliases": ["Roy Hutchinson"]}
    assert browser.post(change, altered).status_code == 412

    withdraw = reverse("screening:entry_withdraw", args=[entry.pk])
    assert browser.post(withdraw, {"version": "2"}).status_code == 422
    assert browser.post(withdraw, {"version": "2", "reason": "Warrant executed"}).status_code == 302
    page = text(browser.get(reverse("screening:entry", args=[entry.pk])))
    assert "Warrant executed" in page
    assert not EntryKey.objects.filter(entry=entry).exists()


def test_an_officer_says_on_the_page_that_an_entry_is_still_needed(cast, client_for):
    entry, browser = an_entry(cast[KEEPER]), client_for(KEEPER)
    page, day = reverse("screening:entry_review", args=[entry.pk]), region_today() + datetime.timedelta(days=90)
    assert "Why it is still needed" in text(browser.get(page))
    assert browser.post(page, {"version": "1", "review_on": day.isoformat()}).status_code == 422
    answer = browser.post(page, {"version": "1", "why": "Still wanted", "review_on": day.isoformat()}, follow=True)
    assert answer.redirect_chain == [(reverse("screening:entry", args=[entry.pk]), 302)]
    assert "R-1 is still needed." in text(answer)
    assert "Still wanted" in text(answer)
    entry.refresh_from_db()
    assert (entry.review_on, entry.version, entry.state) == (day, 2, "active")


def test_a_form_with_faults_comes_back_with_each_fault_and_every_value(cast, client_for):
    a_list(cast[KEEPER])
    wrong = {**FORM, "birth_date": "1974-02-31", "screen_for": [], "valid_until": "31.12.2027"}
    answer = client_for(KEEPER).post(reverse("screening:entry_new"), wrong)
    page = text(answer)
    assert answer.status_code == 422
    for shown in ("Choose at least one State.", "for example 2027-12-31.", 'value="1974-02-31"', "Roy Hutchinson"):
        assert shown in page
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("birth_date", "1974-02-31", "id_birth_date_error"),
        ("document_issuer", "Q9Q", "id_document_issuer_error"),
        ("nationality", "Q9Q", "id_nationality_error"),
        ("reference", "R-1", "id_reference_error"),
    ],
)
def test_a_fault_inside_the_subject_is_shown_at_its_own_field(cast, client_for, field, value, said):
    an_entry(cast[KEEPER])
    answer = client_for(KEEPER).post(reverse("screening:entry_new"), {**FORM, field: value})
    assert answer.status_code == 422
    assert said in text(answer)


def test_the_page_lets_the_acting_state_read_the_reason_unless_the_owner_says_otherwise(cast, client_for):
    a_list(cast[KEEPER])
    browser, told = client_for(KEEPER), {**FORM, "hit_visible_to": "all"}
    browser.post(reverse("screening:entry_new"), {**told, "reason_visible_to": ""})
    browser.post(reverse("screening:entry_new"), {**told, "reference": "JAM-78", "reason_visible_to": "owner"})
    rows = Entry.objects.order_by("reference")
    assert list(rows.values_list("reason_visible_to", flat=True)) == ["all", "owner"]
    chosen = text(browser.get(reverse("screening:entry_change", args=[rows[1].pk])))
    assert 'name="reason_visible_to" value="owner" ' in " ".join(chosen.split())


def test_a_change_of_one_field_keeps_what_the_form_cannot_show(cast, client_for):
    subject = {
        **MUHAMMAD,
        "birth_date": {"from": 1979, "to": 1983},
        "aliases": [{"full_name": "Bo", "quality": "weak"}],
    }
    entry = an_entry(cast[KEEPER], subject)
    form = {"surname": "MOHAMMED", "given_names": "YUSUF ALI", "nationality": "TTO", "birth_date": "1979-1983"}
    rest = {
        "alias": "Bo",
        "alias_kind": "weak",
        "instruction": "question",
        "screeners": "all",
        "hit_visible_to": "owner_and_acting",
    }
    answer = client_for(KEEPER).post(reverse("screening:entry_change", args=[entry.pk]), {**form, **rest})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.subject == {**subject, "given_names": "YUSUF ALI"}


@pytest.mark.parametrize("page", ["entry", "entry_change", "entry_withdraw"])
def test_another_states_officer_is_told_the_same_for_an_entry_as_for_none(cast, client_for, page):
    entry = an_entry(cast[KEEPER])
    browser = client_for(FOREIGNER)
    there = browser.get(reverse(f"screening:{page}", args=[entry.pk]))
    absent = browser.get(reverse(f"screening:{page}", args=["0190b5c0-0000-7000-8000-000000000000"]))
    assert (there.status_code, absent.status_code) == (404, 404)
    assert "PERSAUD" not in text(there)
    assert browser.get(reverse("screening:list", args=[entry.list_id])).status_code == 404


def test_the_watch_reads_the_entry_and_its_reason_and_changes_nothing(cast, client_for):
    entry = an_entry(cast[KEEPER], reason="Court order 12", visibility={"hit_visible_to": "owner"})
    browser = client_for(WATCH)
    page = text(browser.get(reverse("screening:entry", args=[entry.pk])))
    assert "Court order 12" in page
    assert reverse("screening:entry_change", args=[entry.pk]) not in page
    assert browser.get(reverse("screening:entry_change", args=[entry.pk])).status_code == 403


@pytest.mark.parametrize(("told", "shown"), [("owner_and_acting", False), ("all", True)])
def test_a_state_that_a_hit_was_referred_to_reads_the_reason_only_if_all_may(cast, client_for, told, shown):
    entry = an_entry(cast[KEEPER], reason="Court order 12", visibility={"hit_visible_to": told})
    share(cast[WATCH], entry, [cast["brb.border.officer"].desk_id])
    page = text(client_for("brb.border.officer").get(reverse("screening:entry", args=[entry.pk])))
    assert "PERSAUD" in page
    assert ("Court order 12" in page) is shown


def test_reading_an_entry_is_remembered_once(cast, client_for):
    entry = an_entry(cast[KEEPER])
    client_for("jam.border.officer").get(reverse("screening:entry", args=[entry.pk]))
    [row] = AuditRecord.objects.filter(verb="entry.read", outcome="read")
    assert (row.person, row.object_id) == ("jam.border.officer", str(entry.pk))


def test_entries_are_found_by_reference_or_name_and_ended_ones_by_state(cast, client_for):
    home = a_list(cast[KEEPER])
    an_entry(cast[KEEPER], reference="A-1")
    actions.withdraw_watchlist_entry(cast[KEEPER], an_entry(cast[KEEPER], MUHAMMAD, reference="B-2"), reason="Mistake")
    browser, address = client_for(KEEPER), reverse("screening:list", args=[home.pk])
    assert "PERSAUD" in text(browser.get(address, {"q": "a-1"}))
    assert "PERSAUD" not in text(browser.get(address, {"q": "mohammed"}))
    assert "MOHAMMED" in text(browser.get(address, {"q": "mohammed", "state": "withdrawn"}))
    refused = browser.get(address, {"before": "x"})
    assert refused.status_code == 400
    assert "This position in the list is not known" in text(refused)


@pytest.mark.parametrize("who", ["jam.ministry.decider", "jam.administration.administrator"])
def test_a_desk_that_keeps_no_lists_gets_no_form(client_for, who):
    assert client_for(who).get(reverse("screening:entry_new")).status_code == 404


def test_a_list_is_opened_on_its_page(cast, client_for):
    browser, form = client_for(KEEPER), {"code": "JAM-BOATS", "name": "Boats", "kind": "national"}
    assert "Start the code with JAM-" in text(browser.post(reverse("screening:list_new"), {**form, "code": "BRB-X"}))
    assert browser.post(reverse("screening:list_new"), form).status_code == 302
    assert "JAM-BOATS" in text(browser.get(reverse("screening:lists")))


@pytest.mark.parametrize("page", ["lists", "list", "entry", "entry_new", "entry_change"])
def test_pages_ask_as_few_queries_for_many_rows_as_for_one(cast, client_for, page):
    entry = an_entry(cast[KEEPER])
    browser = client_for(KEEPER)
    of = {"list": [entry.list_id], "entry": [entry.pk], "entry_change": [entry.pk]}
    address = reverse(f"screening:{page}", args=of.get(page, []))
    browser.get(address)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    once = count()
    for i in range(20):
        an_entry(cast[KEEPER], reference=f"M-{i}", list=f"JAM-L{i}" if page == "lists" else "JAM-WATCH")
    for i in range(5):
        actions.change_watchlist_entry(cast[KEEPER], entry, instruction="arrest", why=str(i))
    assert count() == once <= 12
