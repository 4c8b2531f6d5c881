"""A fact held on a traveller is corrected: the former value stays, who had it is told, they are compared anew."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.journeys.models import Amendment, Document, Journey, Traveller
from apps.jrcc.models import Hit
from apps.notices.models import Notice
from apps.travellers.actions import amendments, retention_rounds
from tests.jrcc.pages_world import listed, message, sent

pytestmark = pytest.mark.django_db
BORDER, WATCH = "jam.border.officer", "jrcc.watch.officer"


@pytest.fixture
def traveller(cast, drain):
    """The second person on a list to Jamaica: nobody looks for her."""
    sent(cast, drain, message(2))
    return Traveller.objects.get(seq=2)


def corrected(cast, one, who=BORDER, **right):
    return amendments.make_amendment(cast[who], None, traveller=one.pk, proof="document", **right)


def test_the_former_value_stays_and_who_had_it_is_told_without_it(cast, drain, traveller):
    made = corrected(
        cast, traveller, birth_date=datetime.date(1981, 2, 3), document="t 9990001", request="ds-jam-2026-0001"
    )
    drain()
    traveller.refresh_from_db()
    assert (traveller.birth_date, traveller.birth_date_other) == ("1981-02-03", "")
    assert made.now == {"birth_date": "1981-02-03", "document": "T9990001"}
    assert made.was["birth_date"].startswith("1980")
    assert made.was["document"].startswith("T1")
    assert made.request == "DS-JAM-2026-0001"
    assert Document.objects.get(traveller=traveller).number == "T9990001"
    told = Notice.objects.filter(code="traveller.amended")
    assert {notice.owner.code for notice in told} == {"JRCC.watch", "TTO.border"} == set(made.told)
    assert not any(made.was["document"] in f"{notice.title} {notice.number}" for notice in told)


def test_who_is_corrected_into_a_listed_person_is_found_at_once(cast, drain, traveller):
    listed(cast, drain)
    before = set(Hit.objects.values_list("traveller_id", flat=True))
    assert traveller.pk not in before
    corrected(
        cast, traveller, surname="lindqvael-ostrey", given_names="marek tobias", sex="M", nationality="guy",
        birth_date=datetime.date(1971, 4, 9),
    )  # fmt: skip
    assert Traveller.objects.get(pk=traveller.pk).screened_at is None
    drain()
    assert Hit.objects.filter(traveller=traveller).exists()
    assert Traveller.objects.get(pk=traveller.pk).screened_at is not None


def test_the_carriers_next_list_does_not_undo_it_but_may_say_a_third_thing(cast, drain, traveller):
    corrected(cast, traveller, surname="ABELLINEBC", birth_date=datetime.date(1981, 2, 3))
    drain()
    sent(cast, drain, message(2).replace(b"K178", b"K179"))
    one = Traveller.objects.get(journey=traveller.journey, seq=2, withdrawn_at=None)
    assert (one.pk, one.surname, one.birth_date) == (traveller.pk, "ABELLINEBC", "1981-02-03")
    sent(cast, drain, message(2).replace(b"K178", b"K180").replace(b"ABELLINEAA", b"ABELLINEZZ"))
    one = Traveller.objects.get(journey=traveller.journey, seq=2, withdrawn_at=None)
    assert one.surname == "ABELLINEZZ"
    assert Journey.objects.count() == 1


def test_nothing_to_correct_two_documents_and_what_is_not_seen_are_refused(cast, traveller):
    with pytest.raises(ValidationError, match="Nothing has changed"):
        corrected(cast, traveller, surname=traveller.surname.lower())
    Document.objects.create(traveller=traveller, type="P", number="X1", issuer="TTO")
    with pytest.raises(ValidationError, match="exactly one"):
        corrected(cast, traveller, document="T5")
    with pytest.raises(ValidationError, match="not found"):
        corrected(cast, traveller, who="guy.border.officer", surname="OTHER")
    with pytest.raises(Refused) as refused:
        corrected(cast, traveller, who="jam.intelligence.officer", surname="OTHER")
    assert refused.value.code == "not-floor"
    assert Amendment.objects.count() == 0


def test_the_former_value_goes_with_the_travellers_names(cast, drain, traveller):
    made = corrected(cast, traveller, surname="ABELLINEBC")
    drain()
    retention_rounds.forget(timezone.now() + datetime.timedelta(days=92))
    made.refresh_from_db()
    assert (made.was, made.now) == ({}, {})
    with pytest.raises(ValidationError, match="already deleted"):
        corrected(cast, traveller, who=WATCH, surname="OTHER")


def test_a_second_correction_goes_from_the_first_ones_result_and_a_third_sets_it_right(
    cast, drain, traveller, client_for
):
    original = traveller.surname
    for name in ("ABELLINEBC", "ABELLINECD", original):
        corrected(cast, Traveller.objects.get(pk=traveller.pk), surname=name)
        drain()
    rows = list(Amendment.objects.order_by("pk"))
    held = [(row.was["surname"], row.now["surname"]) for row in rows]
    assert held == [(original, "ABELLINEBC"), ("ABELLINEBC", "ABELLINECD"), ("ABELLINECD", original)]
    assert Traveller.objects.get(pk=traveller.pk).surname == original
    page = client_for(BORDER).get(reverse("jrcc:traveller", args=[traveller.pk])).content.decode()
    assert all(reverse("jrcc:amendment", args=[row.pk]) in page for row in rows)
    sent(cast, drain, message(2).replace(b"K178", b"K179"))
    assert Traveller.objects.get(pk=traveller.pk).surname == original


def test_nothing_undoes_a_correction():
    verbs = {verb for verb, spec in REGISTRY.items() if spec.model is Amendment}
    assert verbs == {"amendment.make"}


def test_the_carriers_former_list_is_read_through_both_corrections(cast, drain, traveller):
    corrected(cast, traveller, surname="ABELLINEBC")
    corrected(cast, Traveller.objects.get(pk=traveller.pk), surname="ABELLINECD")
    drain()
    sent(cast, drain, message(2).replace(b"K178", b"K179"))
    one = Traveller.objects.get(journey=traveller.journey, seq=2, withdrawn_at=None)
    assert (one.pk, one.surname) == (traveller.pk, "ABELLINECD")


def test_a_hit_that_a_correction_took_away_is_raised_again_by_the_next(cast, drain, traveller):
    listed(cast, drain)
    listed_as = {
        "surname": "lindqvael-ostrey", "given_names": "marek tobias", "sex": "M", "nationality": "guy",
        "birth_date": datetime.date(1971, 4, 9),
    }  # fmt: skip
    other = {
        "surname": "abellineaa", "given_names": "costanze", "sex": "F", "nationality": "tto",
        "birth_date": datetime.date(1990, 1, 2),
    }  # fmt: skip
    states = []
    for right in (listed_as, other, listed_as):
        corrected(cast, Traveller.objects.get(pk=traveller.pk), **right)
        drain()
        states.append(Hit.objects.filter(traveller=traveller, state__in=Hit.OPEN).count())
    assert states == [1, 0, 1]


def test_the_journey_counts_him_as_complete_or_not_by_what_is_held(cast, drain):
    data = message(2).replace(b"NAT+2+TTO'", b"", 1)
    sent(cast, drain, data)
    one = Traveller.objects.get(seq=2)
    before = Journey.objects.get().complete
    assert not one.nationality
    corrected(cast, one, nationality="tto")
    assert Journey.objects.get().complete == before + 1


def test_a_form_of_what_is_held_no_longer_is_refused_and_nothing_is_lost(cast, drain, traveller, client_for):
    url = reverse("jrcc:amendment_new", args=[traveller.pk])
    browser = client_for(BORDER)
    form = browser.get(url).content.decode()
    hidden = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("_seat", "seen")}
    corrected(cast, traveller, who=WATCH, surname="ABELLINEBC")
    drain()
    given = {**hidden, "traveller": traveller.pk, "surname": "ABELLINEXY", "proof": "document"}
    answer = browser.post(url, given)
    assert answer.status_code == 412
    assert "while you were reading it" in answer.content.decode()
    assert "ABELLINEXY" in answer.content.decode()
    assert Amendment.objects.count() == 1
    form = browser.get(url).content.decode()
    given["seen"] = form.split('name="seen" value="')[1].split('"')[0]
    assert browser.post(url, given).status_code == 302


def test_pages_and_programs_show_both_values_to_who_sees_the_journey(cast, drain, traveller, client_for, api):
    browser = client_for(BORDER)
    form = browser.get(reverse("jrcc:amendment_new", args=[traveller.pk])).content.decode()
    seat = form.split('name="_seat" value="')[1].split('"')[0]
    given = {"_seat": seat, "traveller": traveller.pk, "surname": "ABELLINEBC", "proof": "document"}
    done = browser.post(reverse("jrcc:amendment_new", args=[traveller.pk]), given)
    assert done.status_code == 302
    page = browser.get(done.url).content.decode()
    assert traveller.surname in page
    assert "ABELLINEBC" in page
    assert done.url in browser.get(reverse("jrcc:traveller", args=[traveller.pk])).content.decode()
    assert client_for("guy.border.officer").get(done.url).status_code == 404
    body = api("JAM.border").get("/api/v1/jrcc/corrections/").json()["results"][0]
    assert (body["was"], body["now"]) == ({"surname": traveller.surname}, {"surname": "ABELLINEBC"})
    made = api("JAM.border").post(
        "/api/v1/jrcc/corrections/", {"traveller": str(traveller.pk), "sex": "X", "proof": "order"}, format="json"
    )
    assert made.status_code == 201, made.json()
    assert Traveller.objects.get(pk=traveller.pk).sex == "X"
