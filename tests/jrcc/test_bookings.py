"""Airlines' bookings: nothing is kept without a law, and by a law each State has its own copy for its own time."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journeys.models import Traveller
from apps.manifests.models import BookedTraveller, Booking, BookingLaw, Submission, SubmissionContent
from apps.travellers.actions import retention_rounds
from tests.jrcc.pages_world import message as a_list
from tests.jrcc.pages_world import sent
from tests.jrcc.pnrgov.messages import BOOKINGS
from tests.jrcc.test_budgets import asked
from tests.jrcc.test_retention import everywhere

pytestmark = pytest.mark.django_db
PEOPLE = ("BELTHORNE", "3PGZOV", "512731999", "S_ONEILL@EXAMPLE.ORG", "18765550142")
NEVER = ("4111111111111111", "WITHOUT GLUTEN", "LIKES QUIET", "HOPE ROAD", "HISTORY")


def a_law(party: str, *elements: str, days: int = 180, **more) -> BookingLaw:
    since = timezone.now().date() - datetime.timedelta(days=30)
    return BookingLaw.objects.create(
        party_id=party, elements=list(elements), keep_days=days, source="Fictional Act 1/2026",
        **{"valid_from": since, **more},
    )  # fmt: skip


def message(text: str = BOOKINGS) -> bytes:
    """The bookings on a flight of tomorrow, Kingston to Bridgetown."""
    return text.replace("271126", f"{timezone.now() + datetime.timedelta(days=1):%d%m%y}").encode()


def test_without_a_law_the_receipt_is_all_that_stays(cast, drain, client_for):
    row = sent(cast, drain, message())
    assert (row.state, row.grade, row.flight[:7]) == ("answered", "accepted_with_warnings", "7T 1001")
    assert row.size == len(message())
    assert not Booking.objects.exists()
    assert everywhere(*PEOPLE, *NEVER) == {}
    for who in ("7t.carrier.agent", "jrcc.watch.officer"):
        page = client_for(who).get(reverse("jrcc:submission", args=[row.pk]))
        text = page.content.decode()
        assert "allows bookings: none are kept" in text, who
        assert "Answer as ACKRES" in text
        assert "PNR_NOT_KEPT" in page.context["codes"]
        assert page.context["form"] is None
    told = SubmissionContent.objects.get(submission=row).response
    assert "NO STATE OF THIS FLIGHT MAY HAVE BOOKINGS" in told
    assert Submission.objects.get().receipt == sent(cast, drain, message()).receipt


def test_each_state_has_what_its_own_law_names_and_sees_no_other(cast, drain, client_for):
    a_law("JAM", "documents", "contacts", "payment", "seats", "bags", "itinerary", "agency")
    a_law("BRB", "seats")
    row = sent(cast, drain, message())
    assert SubmissionContent.objects.get(submission=row).reading[0]["kept_for"] == ["BRB", "JAM"]
    pages = {who: client_for(who).get(reverse("jrcc:bookings")) for who in ("jam.border.officer", "brb.border.officer")}
    jamaica, barbados = (page.content.decode() for page in pages.values())
    for word in ("3PGZOV", "BELTHORNE", "512731999", "s_oneill@example.org", "32393340"):
        assert word in jamaica, word
    assert "BELTHORNE" in barbados
    for word in ("512731999", "s_oneill@example.org", "32393340", "18765550142"):
        assert word not in barbados, word
    assert "No bookings" in client_for("tto.border.officer").get(reverse("jrcc:bookings")).content.decode()
    for who in ("jrcc.watch.officer", "jam.intelligence.officer", "7t.carrier.agent"):
        assert not Booking.objects.visible_to(cast[who]).exists(), who
        assert not BookedTraveller.objects.visible_to(cast[who]).exists(), who
    # nowhere but in the States' copies, and what nobody may have nowhere at all
    found = everywhere(*PEOPLE, *NEVER)
    assert set().union(*found.values()) == {"jrcc_booking", "jrcc_bookedtraveller"}
    assert not set(NEVER) & set(found)


def test_a_later_message_takes_the_place_of_the_booking_before(cast, drain):
    a_law("JAM", "seats")
    sent(cast, drain, message())
    sent(cast, drain, message(BOOKINGS.replace("3A::2", "4C::2").replace("QWERT2", "ASDFG3")))
    assert sorted(Booking.objects.values_list("locator", flat=True)) == ["3PGZOV", "ASDFG3", "QWERT2"]
    assert list(BookedTraveller.objects.exclude(seat="").values_list("seat", flat=True)) == ["4C"]


def test_a_law_that_ends_closes_the_bookings_at_once_and_the_night_deletes_them(cast, drain):
    law, now = a_law("JAM", "documents"), timezone.now()
    sent(cast, drain, message())
    officer = cast["jam.border.officer"]
    assert Booking.objects.visible_to(officer).count() == 2
    law.valid_to = now.date()
    law.save()
    assert not Booking.objects.visible_to(officer).exists()
    assert not BookedTraveller.objects.visible_to(officer).exists()
    assert retention_rounds.forget(now)["bookings"] == 2
    assert everywhere(*PEOPLE) == {}


def test_bookings_are_deleted_on_the_day_that_the_law_says(cast, drain):
    a_law("JAM", "documents", days=10)
    a_law("BRB", "documents", days=20)
    sent(cast, drain, message())
    departs = timezone.now() + datetime.timedelta(days=1)
    assert retention_rounds.forget(departs + datetime.timedelta(days=9))["bookings"] == 0
    assert retention_rounds.forget(departs + datetime.timedelta(days=10))["bookings"] == 2
    assert set(Booking.objects.values_list("owner__code", flat=True)) == {"BRB.border"}
    assert retention_rounds.forget(departs + datetime.timedelta(days=20))["bookings"] == 2
    assert everywhere(*PEOPLE) == {}


def test_a_law_to_come_a_test_and_a_flight_elsewhere_keep_nothing(cast, drain):
    a_law("JAM", "documents", valid_from=timezone.now().date() + datetime.timedelta(days=1))
    sent(cast, drain, message())
    a_law("BRB", "documents")
    sent(cast, drain, message(BOOKINGS.replace("+0003'", "+0003++++++1'", 1)))
    sent(cast, drain, message(BOOKINGS.replace("BGI", "JFK")))
    assert not Booking.objects.exists()
    assert everywhere(*PEOPLE) == {}


def test_the_page_asks_as_often_for_twenty_bookings_as_for_two(cast, drain, client_for):
    a_law("JAM", "documents")
    sent(cast, drain, message())
    client, place = client_for("jam.border.officer"), reverse("jrcc:bookings")
    few = asked(client, place)
    more = "".join(f"SRC'RCI+7T:MORE{n}'TIF+BELT+ANN:A:1'" for n in range(20))
    sent(cast, drain, message(BOOKINGS.replace("UNT+29", more + "UNT+89").replace("EQN+2", "EQN+22")))
    many = asked(client, place)
    assert len(client.get(place).context["list"].records) == 22
    assert len(few) == len(many) <= 12, few


def test_bookings_come_by_the_api_as_well_and_are_answered(cast, drain, api):
    program = api("7T.carrier")
    posted = program.post("/api/v1/jrcc/submissions/", message(), content_type="application/edifact")
    assert posted.status_code == 202
    drain()
    told = program.get(posted["Location"]).json()
    assert "ACKRES" in told["response"]
    assert "BELTHORNE" not in json.dumps(told)


def mixed() -> bytes:
    """A file that begins with the bookings of a flight and goes on with the list of another."""
    return message() + a_list()


def test_a_file_with_bookings_and_a_list_is_read_as_both(cast, drain, client_for, api, stop_clock):
    stop_clock()
    a_law("JAM", "documents")
    row = sent(cast, drain, mixed())
    assert (row.state, row.passengers, row.size) == ("answered", 2, len(mixed()))
    assert Traveller.objects.count() == 2
    assert row.journey is not None
    assert sorted(Booking.objects.values_list("locator", flat=True)) == ["3PGZOV", "QWERT2"]
    content = SubmissionContent.objects.get(submission=row)
    assert [(obj["message"]["type"], obj["grade"]) for obj in content.reading][1:] == [
        ("bookings", "accepted_with_warnings")
    ]
    assert content.response.index("CUSRES") < content.response.index("ACKRES")
    assert a_list() in bytes(content.raw)
    found = everywhere(*PEOPLE, *NEVER)
    assert set().union(*found.values()) <= {"jrcc_booking", "jrcc_bookedtraveller"}
    page = client_for("7t.carrier.agent").get(reverse("jrcc:submission", args=[row.pk])).content.decode()
    for words in (
        "Passengers read",
        "Bookings read",
        "Answer as CUSRES and ACKRES",
        "The file contains manifests and bookings: each was read and answered",
        "JAM",
    ):
        assert words in page, words
    told = api("7T.carrier").get(f"/api/v1/jrcc/submissions/{row.pk}/").json()
    assert told["counts"] == {"passengers": 2, "crew": 0}
    assert "ACKRES" in told["response"]


def test_a_list_beside_bookings_is_mended_without_them(cast, drain, client_for):
    data = message() + a_list(flaw=True)
    row = sent(cast, drain, data)
    client, place = client_for("7t.carrier.agent"), reverse("jrcc:submission", args=[row.pk])
    form = client.get(place).context["form"]
    assert form is not None
    name = next(name for name in form.fields if name != "reason")
    done = client.post(reverse("jrcc:submission_correct", args=[row.pk]), {name: "JAM"})
    assert done.status_code == 302, form.fields
    drain()
    later = Submission.objects.get(corrects=row)
    assert later.passengers == 2
    kinds = [obj["message"]["type"] for obj in SubmissionContent.objects.get(submission=later).reading]
    assert kinds == ["passenger"]
