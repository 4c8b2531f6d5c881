"""Every text that can name a person is asked or says why not; bookings, texts, files are found and nothing betrayed."""

from fnmatch import fnmatchcase

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.access.models import DeskGrant
from apps.files.rules.intake import store_upload
from apps.impacs.plan.actions import parts
from apps.journeys.models import Traveller
from apps.manifests.models import BookedTraveller, Booking
from apps.people.models import Party
from apps.protection import actions
from apps.protection.models import RequestSection
from apps.protection.queries import held_data
from apps.protection.queries.free_texts import NOT_SEARCHED, list_texts
from apps.protection.rules import patterns
from tests.files.room import PDF, attach
from tests.files.room import sent as a_file
from tests.impacs.tasks.people import a_task
from tests.jrcc.pages_world import listed, message, sent
from tests.jrcc.test_bookings import a_law
from tests.jrcc.test_bookings import message as bookings
from tests.protection.test_requests import ADMIN, BORDER, OVERSIGHT, recorded
from tests.world import a_watchlist

pytestmark = pytest.mark.django_db
REGION, MANAGER, ANALYST = "impacs.oversight.officer", "impacs.secretariat.manager", "jam.intelligence.officer"
SHORTEST = 60
"""Letters of a column without choices in which a name can stand."""


TEXTUAL = (models.TextField, models.JSONField)


def columns():
    """ "app.model.column" of everything that holds text."""
    for model in apps.get_models():
        if issubclass(model, DeskGrant):
            continue
        for field in model._meta.concrete_fields:
            long = isinstance(field, models.CharField) and (field.max_length or 0) >= SHORTEST
            if not field.is_relation and not field.choices and (long or isinstance(field, TEXTUAL)):
                yield f"{model._meta.label_lower}.{field.name}"


def test_every_column_of_text_is_asked_or_has_a_reason_why_not():
    asked = {f"{one.model}.{column}" for one in list_texts() for column in one.columns}
    reasons = [pattern for one in NOT_SEARCHED for pattern in one.columns]
    left = [name for name in columns() if name not in asked and not any(fnmatchcase(name, one) for one in reasons)]
    assert left == []
    assert asked - set(columns()) == {"assessments.section.plain"}
    assert [one for one in reasons if not any(fnmatchcase(name, one) for name in columns())] == []


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("Lindkvael-Ostrey", "met Mr LINDKVAEL OSTREY there", True),
        ("Hernandez", "said Hernández", True),
        ("Béranger", "BERANGER", True),
        ("Ng", "nothing", False),
        ("O'Neill", "ONeill was", True),
        ("a.*", "abc", False),
    ],
)
def test_a_name_is_found_however_it_is_accented_or_parted(asked, text, found):
    rows = Party.objects.annotate(said=models.Value(text)).filter(said__iregex=patterns.name(asked))
    assert rows.exists() is found


def test_a_document_number_is_found_with_blanks_and_a_word_is_none():
    assert patterns.number("r 7041662") == patterns.number("R7041662")
    assert patterns.number("without") == ""


@pytest.fixture
def booked(cast, drain):
    a_law("JAM", "documents", "contacts")
    sent(cast, drain, bookings())


BELT = {"surname": "Belthorne", "given_names": "Sophy Olivia", "document": "512731999"}


def test_a_booking_is_told_by_its_document_and_names_nobody_else(cast, booked):
    row = recorded(cast, **BELT)
    found = held_data.read_held_data(cast[BORDER], row)
    [line] = found.told["bookings"]
    assert "3PGZOV" in line.text
    assert "ISABELLE" not in line.text
    assert any("ISABELLE" in one.text for one in found.perhaps), "of the same name: shown to the desk"
    row = actions.gather_subject_data(cast[BORDER], row)
    answer = actions.prepare_subject_answer(cast[OVERSIGHT], row, outcome="given").answer
    assert "3PGZOV" in answer
    for hidden in ("ISABELLE", "18765550142", "example.org"):
        assert hidden not in answer, hidden


def test_a_booking_of_the_name_alone_is_never_told_and_no_other_desk_has_any(cast, booked):
    row = recorded(cast, surname="Belthorne", given_names="Sophy Olivia")
    found = held_data.read_held_data(cast[BORDER], row)
    assert found.told["bookings"] == []
    assert found.perhaps
    assert held_data.read_held_data(cast[ANALYST], row).perhaps == []


def test_a_booking_on_a_flight_on_which_he_was_declared_is_his(cast, booked):
    """The same man by their carrier's list: the flight and the name make the booking their, without a document in
    it."""
    one = BookedTraveller.objects.filter(surname="BELTHORNE", given_names__startswith="SOPHY").first()
    BookedTraveller.objects.filter(pk=one.pk).update(documents=[], birth_date="")
    flight = Booking.objects.get(pk=one.booking_id)
    journey = type("J", (), {"carrier_id": flight.carrier, "number": flight.number, "date": flight.date})
    sure, _perhaps = held_data._booked(
        cast[BORDER], {"surname": "Belthorne", "given_names": "Sophy"}, [type("T", (), {"journey": journey})]
    )
    assert len(sure) == 1


@pytest.fixture
def task(cast):
    """A task of the Agency that names them in a comment alone."""
    row = a_task(cast, title="Answer the letter")
    return parts.comment_on_task(cast[MANAGER], row, text="Marek Lindkvael-Ostrey asks again; R7041662 is his.")


def asked_of_impacs(cast, **more):
    return recorded(cast, REGION, **more)


def test_a_text_is_a_place_to_look_at_and_noted_once_an_officer_says_that_it_is_he(cast, task, client_for):
    row = asked_of_impacs(cast)
    page = client_for(MANAGER).get(reverse("protection:request_held", args=[row.pk])).content.decode()
    assert task.reference in page
    assert reverse("impacs:task", args=[task.pk]) in page
    assert "asks again" not in page
    [place] = held_data.read_held_data(cast[MANAGER], row).places.texts
    assert (place.desk, place.how, place.told) == ("IMPACS.secretariat", "full", True)
    row = actions.gather_subject_data(cast[MANAGER], row)
    assert RequestSection.objects.get(request=row, kind="texts").count == 0
    row = actions.gather_subject_data(cast[MANAGER], row, places=[place.key])
    section = RequestSection.objects.get(request=row, kind="texts")
    assert section.lines == [f"Tasks {task.reference}, IMPACS.secretariat, {task.created_at:%Y-%m-%d}"]
    answer = actions.prepare_subject_answer(cast[REGION], row, outcome="given").answer
    assert task.reference in answer
    assert "asks again" not in answer


def test_ticks_on_the_page_and_in_the_api_are_noted_alike(cast, task, client_for, api):
    row = asked_of_impacs(cast)
    browser = client_for(MANAGER)
    page = browser.get(reverse("protection:request_held", args=[row.pk])).content.decode()
    key = page.split('name="places" id="p1" value="')[1].split('"')[0]
    seat = page.split('name="_seat" value="')[1].split('"')[0]
    url = reverse("protection:request_do", args=[row.pk, "gather"])
    given = {"_seat": seat, "version": row.version, "places": ["impacs.task:nothing"]}
    assert browser.post(url, given).status_code == 422
    assert browser.post(url, given | {"places": [key]}).status_code == 302
    lines = RequestSection.objects.get(request=row, kind="texts").lines
    assert task.reference in lines[0]
    program = api("IMPACS.secretariat")
    place = f"/api/v1/protection/requests/{row.pk}/actions/gather/"
    assert program.post(place, {"places": ["x"]}, format="json").status_code == 400
    assert program.post(place, {"places": [key]}, format="json").status_code == 200
    assert RequestSection.objects.get(request=row, kind="texts").lines == lines


def test_a_text_is_found_by_the_document_alone_and_by_nobody_who_does_not_see_it(cast, task):
    [place] = held_data.read_held_data(
        cast[MANAGER], asked_of_impacs(cast, surname="Abellineaa", document="R 704 1662")
    ).places.texts
    assert place.how == "document"
    assert held_data.read_held_data(cast[REGION], asked_of_impacs(cast)).places.texts == []
    assert held_data.read_held_data(cast["jam.ministry.decider"], recorded(cast)).places.texts == []
    assert held_data.read_held_data(cast[MANAGER], asked_of_impacs(cast, surname="Lindkvae")).places.texts == []


def test_what_is_not_shown_or_not_to_be_told_cannot_be_ticked(cast, drain, task):
    listed(cast, drain)
    row = recorded(cast, document="R7041662")
    kept = held_data.read_held_data(cast[ANALYST], row)
    assert [one.told for one in kept.places.texts] == [False]
    assert len(kept.kept_back["Watchlist entries"]) == 1, "found by likeness and by its text: one line"
    for key in (kept.places.texts[0].key, f"impacs.task:{task.pk}", "x"):
        with pytest.raises(ValidationError) as wrong:
            actions.gather_subject_data(cast[ANALYST], row, places=[key])
        assert "places" in wrong.value.message_dict
    assert not RequestSection.objects.exists()


def test_the_form_of_noting_offers_no_covert_text_and_says_nothing_of_it(cast, drain, client_for):
    """Two persons, one of them on the desk's own list: the page of the act is the same for both."""
    listed(cast, drain)
    watched = recorded(cast, document="R7041662")
    free = recorded(cast, surname="Abellineaa", given_names="Costanze")
    assert held_data.read_held_data(cast[ANALYST], watched).places.texts
    pages = []
    for row in (watched, free):
        page = client_for(ANALYST).get(reverse("protection:request_do", args=[row.pk, "gather"])).content.decode()
        pages.append("checkbox" in page)
        assert "W-1" not in page
    assert pages == [False, False]


def test_a_text_above_official_is_kept_back(cast, task):
    type(task).objects.filter(pk=task.pk).update(level=2)
    found = held_data.read_held_data(cast[MANAGER], asked_of_impacs(cast))
    assert [one.told for one in found.places.texts] == [False]
    assert any(task.reference in line.text for line in found.kept_back["Tasks"])


def test_a_file_is_found_by_its_name_and_the_page_says_what_was_not_read(cast, client_for):
    attach(cast[ANALYST], a_watchlist(cast), stored=store_upload(a_file("Letter of Lindkvael Ostrey.pdf", PDF)))
    row = recorded(cast)
    [place] = held_data.read_held_data(cast[ANALYST], row).places.files
    assert (place.how, place.told) == ("surname", False)
    page = client_for(ANALYST).get(reverse("protection:request_held", args=[row.pk])).content.decode()
    assert "Content not read: PDF (1)" in page
    assert held_data.read_held_data(cast["tto.border.officer"], row).places.files == []


def test_the_answer_says_which_books_were_asked_by_whom_and_which_were_not(cast, drain):
    sent(cast, drain, message(3))
    assert Traveller.objects.exists()
    row = actions.gather_subject_data(cast[BORDER], recorded(cast))
    row = actions.gather_subject_data(cast[OVERSIGHT], row)
    answer = actions.prepare_subject_answer(cast[ADMIN], row, outcome="given").answer
    assert "Journeys on which a carrier declared the person: 1 (searched by JAM.border)" in answer
    assert "Texts that name the person, confirmed by an officer: 0 (searched by JAM.border, JAM.oversight)" in answer
    assert "Records of desks that have not searched: " in answer
    assert "JAM.intelligence" in answer.split("have not searched: ")[1].splitlines()[0]
    for said in (
        "PDF",
        "audit trail",
        "Sealed",
        "Recovery copies, which are not searched; deleted data leaves them",
    ):
        assert said in answer, said
    other = recorded(cast, received_on=timezone.now().date())
    answer = actions.prepare_subject_answer(
        cast[ADMIN], actions.gather_subject_data(cast[BORDER], other), outcome="given"
    ).answer
    assert "Portal account: searched by no desk" in answer
