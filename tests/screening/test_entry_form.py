"""The form of an entry: several names, births and documents, a row at a time; and whom it would touch."""

import re

import pytest
from django.urls import reverse

from apps.people.models import Desk
from apps.screening.models import Entry
from apps.screening.queries.visibility import states
from tests.screening.people import KEEPER, a_list, an_entry
from tests.screening.test_pages import FORM, SUBJECT, text

pytestmark = pytest.mark.django_db
NEW = "screening:entry_new"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(answer)))


def fields(answer):
    """Text fields with what stands in them."""
    found = re.findall(r'<input type="text" name="([^"]+)"([^>]*)>', text(answer))
    return {name: (re.search(r'value="([^"]*)"', rest) or ["", ""])[1] for name, rest in found}


class TestRows:
    def test_one_more_row_is_asked_for_without_a_script_and_what_was_typed_stays(self, cast, client_for):
        a_list(cast[KEEPER])
        browser = client_for(KEEPER)
        assert "alias_2" not in fields(browser.get(reverse(NEW)))
        for kind, first, second in (
            ("alias", "alias", "alias_2"),
            ("birth", "birth_date", "birth_date_2"),
            ("document", "document_number", "document_number_2"),
        ):
            typed = {**FORM, first: "1974", "document_issuer": "Q9Q", "add": kind}
            del typed["alias_2"]
            answer = browser.post(reverse(NEW), typed)
            assert answer.status_code == 200
            shown = fields(answer)
            assert (shown[first], shown[second]) == ("1974", "")
            assert (shown["surname"], shown["document_issuer"]) == ("Hutchinson-Bright", "Q9Q")
        assert not Entry.objects.exists()

    def test_every_row_is_stored_and_comes_back(self, cast, client_for):
        a_list(cast[KEEPER])
        browser = client_for(KEEPER)
        more = {
            **{"alias": "Del Bright", "alias_kind": "birth", "alias_2": "Shorty", "alias_kind_2": "weak"},
            **{"birth_date": "14 03 1974", "birth_date_2": "1971-1975", "birth_date_3": "1976-06"},
            **{"document_type_2": "I", "document_number_2": "ID-778", "document_issuer_2": "gbr"},
            "document_expires_2": "2051-05-14",
        }
        assert browser.post(reverse(NEW), {**FORM, **more}).status_code == 302
        entry = Entry.objects.get()
        assert entry.subject["aliases"] == [
            {"full_name": "Del Bright", "kind": "birth"},
            {"full_name": "Shorty", "quality": "weak"},
        ]
        assert entry.subject["birth_date"] == ["1974-03-14", {"from": 1971, "to": 1975}, "1976-06"]
        assert entry.subject["documents"] == [
            {"type": "P", "number": "A1234567", "issuer": "JAM"},
            {"type": "I", "number": "ID-778", "issuer": "GBR", "expires": "2051-05-14"},
        ]
        page = words(browser.get(reverse("screening:entry", args=[entry.pk])))
        for shown in ("Del Bright (name at birth)", "14 Mar 1974", "1971 to 1975", "I ID-778 GBR until 2051-05-14"):
            assert shown in page
        change = browser.get(reverse("screening:entry_change", args=[entry.pk]))
        assert fields(change)["birth_date_2"] == "1971-1975"
        assert fields(change)["document_number_2"] == "ID-778"

    def test_a_row_that_is_emptied_is_gone_and_the_others_stay_as_they_were(self, cast, client_for):
        weak = {"full_name": "Bo", "quality": "weak", "source": "court"}
        entry = an_entry(cast[KEEPER], {**SUBJECT, "aliases": ["Del Bright", weak]})
        browser, change = client_for(KEEPER), reverse("screening:entry_change", args=[entry.pk])
        typed = {**FORM, **fields(browser.get(change)), "alias": "", "alias_kind_2": "weak", "version": "1"}
        assert browser.post(change, typed).status_code == 302
        entry.refresh_from_db()
        assert entry.subject == {**SUBJECT, "aliases": [weak]}

    @pytest.mark.parametrize(
        ("wrong", "at"),
        [
            ({"birth_date_2": "", "birth_date_3": "1974-02-31"}, "birth_date_3"),
            ({"document_number_2": "X1", "document_issuer_2": "Q9Q", "document_type_2": "I"}, "document_issuer_2"),
            ({"document_number_2": "X1", "document_expires_2": "soon", "document_type_2": "I"}, "document_expires_2"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_its_row_and_nothing_is_lost(self, cast, client_for, wrong, at):
        a_list(cast[KEEPER])
        answer = client_for(KEEPER).post(reverse(NEW), {**FORM, **wrong})
        assert answer.status_code == 422
        assert f"id_{at}_error" in text(answer)
        assert fields(answer).items() >= {**wrong, "surname": "Hutchinson-Bright"}.items() - {("document_type_2", "I")}
        assert not Entry.objects.exists()

    def test_two_tabs_do_not_overwrite_each_other(self, cast, client_for):
        entry = an_entry(cast[KEEPER])
        browser, change = client_for(KEEPER), reverse("screening:entry_change", args=[entry.pk])
        typed = {**FORM, "version": "1"}
        more = browser.post(change, {**typed, "add": "alias"})
        assert 'name="version" value="1"' in " ".join(text(more).split())
        assert browser.post(change, typed).status_code == 302
        assert browser.post(change, {**typed, "alias_2": "Late"}).status_code == 412

    def test_an_entry_of_a_file_with_many_names_keeps_those_that_the_form_does_not_show(self, cast, client_for):
        names = [f"Yusuf the {n}th" for n in range(30)]
        entry = an_entry(cast[KEEPER], {**SUBJECT, "aliases": names})
        browser, change = client_for(KEEPER), reverse("screening:entry_change", args=[entry.pk])
        page = browser.get(change)
        assert "10 more are kept as they are." in words(page)
        typed = {**FORM, **fields(page), "alias": "Yusuf the first", "version": "1"}
        assert browser.post(change, typed).status_code == 302
        entry.refresh_from_db()
        assert entry.subject["aliases"] == ["Yusuf the first", *names[1:]]


class TestWhoIsTouched:
    def reached(self, client_for, **more):
        return words(client_for(KEEPER).post(reverse(NEW), {**FORM, "count": "1", **more}))

    def test_a_new_entry_begins_with_ones_own_state_alone(self, cast, client_for):
        a_list(cast[KEEPER])
        browser = client_for(KEEPER)
        page = browser.get(reverse(NEW))
        assert re.search(r'name="screeners" value="own"[^>]* checked', text(page))
        assert "1 State can be hit by this entry Jamaica" in words(page)
        answer = browser.post(reverse(NEW), {**FORM, "screeners": "own", "screen_for": []})
        assert answer.status_code == 302
        assert Entry.objects.get().screen_for == ["JAM"]

    def test_a_body_without_a_state_chooses_and_has_no_all_by_default(self, cast, client_for):
        page = text(client_for("jrcc.watch.officer").get(reverse(NEW)))
        assert 'value="own"' not in page
        assert re.search(r'name="screeners" value="chosen"[^>]* checked', page)

    def test_what_is_counted_is_what_the_rules_of_screening_and_referral_say(self, cast, client_for):
        a_list(cast[KEEPER])
        borders = set(Desk.objects.filter(code__endswith=".border", active=True).values_list("party_id", flat=True))
        everywhere = self.reached(client_for, screeners="all", hit_visible_to="owner_and_acting")
        assert f"{len(states())} States can be hit by this entry" in everywhere
        wanted = len(borders & {one.code for one in states()})
        assert f"{wanted} border desks can be told" in everywhere
        chosen = self.reached(client_for, hit_visible_to="owner_and_acting")
        assert "2 States can be hit by this entry Barbados, Jamaica" in chosen
        assert f"{len(borders & {'JAM', 'BRB'})} border desks can be told" in chosen
        assert "1 border desk can be told" in self.reached(client_for, hit_visible_to="owner")
        assert "1 border desk can be told" in self.reached(client_for, hit_visible_to="all", instruction="discreet")
        assert "0 States can be hit" in self.reached(client_for, functions=["intelligence"])

    def test_counting_stores_nothing(self, cast, client_for):
        a_list(cast[KEEPER])
        self.reached(client_for)
        assert not Entry.objects.exists()


def test_two_people_of_one_name_are_told_apart_in_the_list(cast, client_for):
    one = an_entry(cast[KEEPER], SUBJECT, reference="A-1")
    an_entry(cast[KEEPER], {**SUBJECT, "birth_date": "1981-03-14", "documents": []}, reference="A-2")
    page = words(client_for(KEEPER).get(reverse("screening:list", args=[one.list_id])))
    assert "Jun 1974, JAM GBR, P A1234567 JAM" in page
    assert "14 Mar 1981, JAM GBR" in page
    assert page.count("Two entries share this name") == 2
