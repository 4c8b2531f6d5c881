"""Laws on airlines' bookings: changed by two persons of the State; earlier bookings follow the law that comes."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.carriers.actions import booking_laws
from apps.carriers.loaders import laws
from apps.carriers.models import BookingLawChange
from apps.files.models import Purge
from apps.manifests.models import BookedTraveller, Booking, BookingLaw
from apps.travellers.actions import retention_rounds
from tests.jrcc.pages_world import sent
from tests.jrcc.test_bookings import a_law, message
from tests.jrcc.test_retention import everywhere
from tests.jrcc.test_rules_by_two import in_days

pytestmark = pytest.mark.django_db
OFFICER, DECIDER = "jam.border.officer", "jam.ministry.decider"


def law(**more):
    return {"elements": ["documents", "seats"], "keep_days": 90, "valid_from": in_days(2), "source": "Act 5/2026 s. 4",
            **more}  # fmt: skip


def changed(cast, **more) -> BookingLawChange:
    """A change of Jamaica's law that both persons want."""
    return booking_laws.confirm_booking_law_change(
        cast[DECIDER], booking_laws.propose_booking_law_change(cast[OFFICER], None, **law(**more))
    )


def at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(3), datetime.UTC)


def test_a_law_holds_once_a_second_person_confirms_it_and_reference_data_leave_it(cast):
    row = booking_laws.propose_booking_law_change(cast[OFFICER], None, **law(elements=["seats", "documents"]))
    assert not BookingLaw.objects.exists()
    with pytest.raises(ValidationError, match="already awaiting approval"):
        booking_laws.propose_booking_law_change(cast["jam.border.head"], None, **law())
    booking_laws.confirm_booking_law_change(cast[DECIDER], row)
    made = BookingLaw.objects.get()
    assert (made.party_id, made.elements, made.keep_days, made.valid_from, made.valid_to) == (
        "JAM", ["documents", "seats"], 90, in_days(2), None,
    )  # fmt: skip
    changed(cast, valid_from=in_days(9), elements=[], keep_days=30)
    made.refresh_from_db()
    assert made.valid_to == in_days(9)
    laws.load_booking_laws()
    assert BookingLaw.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "code"),
    [("jam.border.head", "own-change"), (OFFICER, "change-needs-decider"), ("brb.border.head", "not-visible"),
     ("jrcc.watch.supervisor", "not-visible"), (DECIDER, "")],
)  # fmt: skip
def test_who_may_confirm(cast, who, code):
    row = booking_laws.propose_booking_law_change(cast["jam.border.head"], None, **law())
    if not code:
        assert booking_laws.confirm_booking_law_change(cast[who], row).state == "confirmed"
        return
    with pytest.raises(Refused) as refused:
        booking_laws.confirm_booking_law_change(cast[who], row)
    assert code in {refused.value.code, refused.value.reason}
    assert not BookingLaw.objects.exists()


def test_the_jrcc_and_carriers_propose_none(cast):
    for who in ("jrcc.watch.supervisor", "7t.carrier.agent", "jam.intelligence.head"):
        with pytest.raises(Refused) as refused:
            booking_laws.propose_booking_law_change(cast[who], None, **law())
        assert refused.value.code == "not-booking-law-desk", who


@pytest.mark.parametrize(
    ("more", "at_field"),
    [(lambda: {"valid_from": in_days(0)}, "valid_from"), (lambda: {"keep_days": None}, "keep_days"),
     (lambda: {"ends": True}, "ends"),
     (lambda: {"ends": True, "elements": [], "keep_days": None}, "ends")],
)  # fmt: skip
def test_what_cannot_be_a_law_is_refused_at_its_field(cast, more, at_field):
    with pytest.raises(ValidationError) as wrong:
        booking_laws.propose_booking_law_change(cast[OFFICER], None, **law(**more()))
    assert set(wrong.value.message_dict) == {at_field}


def test_a_law_that_names_less_narrows_earlier_bookings_and_keeps_none_longer(cast, drain):
    a_law("JAM", "documents", "contacts", "payment", "seats", "itinerary", days=40)
    a_law("BRB", "documents", days=40)
    sent(cast, drain, message())
    changed(cast, elements=["seats", "bags"], keep_days=300)
    of_jamaica = Booking.objects.filter(owner__code="JAM.border")
    before = {row.pk: row.keep_until for row in of_jamaica}
    assert retention_rounds.forget(at(in_days(1)))["bookings_narrowed"] == 0
    assert len(of_jamaica.exclude(contacts=[])) == 2
    assert retention_rounds.forget(at(in_days(2)))["bookings_narrowed"] == 2
    assert retention_rounds.forget(at(in_days(2)))["bookings_narrowed"] == 0
    assert {row.pk: row.keep_until for row in of_jamaica.all()} == before
    for row in of_jamaica.all():
        assert (row.contacts, row.payment, row.itinerary, row.law.keep_days) == ([], [], [], 300)
    people = BookedTraveller.objects.filter(booking__in=of_jamaica)
    assert set(people.values_list("birth_date", "nationality")) == {("", "")}
    assert [one.documents for one in people] == [[]] * people.count()
    assert list(people.exclude(seat="").values_list("seat", flat=True)) == ["3A"]
    assert set(everywhere("512731999")["512731999"]) == {"jrcc_bookedtraveller"}
    assert BookedTraveller.objects.filter(booking__owner__code="BRB.border").exclude(documents=[]).count() == 3
    assert len(Purge.objects.get(kind="jrcc.booking", count=2).hashes) == 2


def test_a_law_with_fewer_days_deletes_what_is_over_by_it(cast, drain):
    a_law("JAM", "seats", days=40)
    sent(cast, drain, message())
    changed(cast, elements=["seats"], keep_days=5)
    counts = retention_rounds.forget(at(in_days(7)))
    assert (counts["bookings_narrowed"], counts["bookings"]) == (0, 2)
    assert not Booking.objects.exists()


def test_a_law_that_ends_deletes_its_bookings_and_the_page_says_so_before(cast, drain, client_for):
    a_law("JAM", "documents", "seats")
    sent(cast, drain, message())
    client, second = client_for(OFFICER), client_for(DECIDER)
    form = {"ends": "on", "valid_from": str(in_days(2)), "source": "Act 6/2026"}
    made = client.post("/jrcc/bookings/laws/new/", form)["Location"]
    assert "Of 2 bookings that your desk will hold, 2 are deleted" in client.get(made).content.decode()
    assert "Your desk sees no bookings" in second.get(made).content.decode()
    assert second.post(f"{made}do/confirm/").status_code == 302
    assert retention_rounds.forget(at(in_days(2)))["bookings"] == 2
    assert everywhere("BELTHORNE", "512731999") == {}


def test_the_pages_from_proposal_to_law(cast, drain, client_for):
    a_law("JAM", "documents", "contacts")
    sent(cast, drain, message())
    client, second = client_for(OFFICER), client_for(DECIDER)
    form = {"elements": ["documents"], "keep_days": "90", "valid_from": str(in_days(2)), "source": "Act 5/2026 s. 4"}
    wrong = client.post("/jrcc/bookings/laws/new/", {**form, "keep_days": ""})
    assert (wrong.status_code, "Enter the days" in wrong.content.decode()) == (422, True)
    made = client.post("/jrcc/bookings/laws/new/", form)["Location"]
    page = client.get(made).content.decode()
    for words in ("0 are deleted and 2 lose data", "Data lost: telephone and email", "Act 5/2026 s. 4"):
        assert words in page, words
    assert second.post(f"{made}do/give_back/", {"said": ""}).status_code == 422
    assert second.post(f"{made}do/confirm/").status_code == 302
    for reader in (OFFICER, "brb.ministry.reader", "jrcc.watch.officer"):
        listed = client_for(reader).get("/jrcc/bookings/laws/").content.decode()
        assert "90 days after departure" in listed, reader
    assert client_for("brb.border.head").get(made).status_code == 404
    assert client_for("7t.carrier.agent").get("/jrcc/bookings/laws/").status_code == 404
