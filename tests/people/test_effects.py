"""What a person can see is said before an act on their account: for each act that changes it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.people import actions
from apps.people.models import AccountProposal, Invitation, Seat
from tests.entrance.signing import long_ago
from tests.people.governing import ADMIN, person, seat_of
from tests.people.seconding import JRCC, agreed, day

OFFICER, HEAD, CUSTOMS = "jam.border.officer", "jam.border.head", "jam.customs.officer"
IVY = {"name": "Ivy Brown", "username": "jam.border.brown", "email": "brown@border.example", "clearance": "1"}
BUDGET = 16


def looked(browser, url, **fields):
    """The page after *See what it changes*, without its tags."""
    answer = browser.post(url, {**fields, "look": "1"})
    assert answer.status_code == 200
    return words(answer)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- inviting ---


def test_an_invitation_says_what_the_person_will_see_and_sends_nothing(client_for):
    browser, url = client_for(ADMIN), reverse("people:invitation_new")
    assert "After: access from this appointment" not in words(browser.get(url))
    page = looked(browser, url, **IVY, place="JAM.border:officer")
    assert "holds JAM.border, officer" in page
    assert "up to Official" in page
    assert "New pages: " in page
    assert "None: this person has no appointment." in page
    assert "higher classification" not in page
    assert "This appointment needs second approval" not in page
    assert "This clearance needs second approval" not in page
    assert not Invitation.objects.exists()


def test_an_invitation_says_what_waits_for_a_second_person(client_for):
    page = looked(
        client_for(ADMIN), reverse("people:invitation_new"), **{**IVY, "clearance": "2"}, place="JAM.border:head"
    )
    assert "This appointment needs second approval before it applies" in page
    assert "This clearance needs second approval" in page


def test_looking_needs_no_more_than_desk_and_role_and_complains_of_nothing(client_for):
    browser, url = client_for(ADMIN), reverse("people:invitation_new")
    page = looked(browser, url, place="JAM.border:reader")
    assert "holds JAM.border, reader" in page
    assert "This field is required" not in page
    assert "After: access from this appointment" not in looked(browser, url, place="BRB.border:reader")
    assert browser.post(url, {"place": "JAM.border:reader"}).status_code == 422


def test_a_script_gets_the_effect_alone(client_for):
    sent = {"look": "1", "place": "JAM.border:officer"}
    url, partial = reverse("people:invitation_new"), {"HX-Request-Type": "partial"}
    answer = client_for(ADMIN).post(url, sent, headers=partial)
    assert answer.content.decode().startswith('<div id="effect"')


# --- many invitations ---

HEADS = "name,username,email,desk,role,clearance\n"


def sheet(count: int) -> str:
    rows = [f"Ivy {n},jam.border.ivy{n},i{n}@border.example,JAM.border,officer,official\n" for n in range(count)]
    return HEADS + "".join(rows) + "Otto White,jam.customs.white,w@border.example,JAM.customs,head,confidential\n"


def test_the_preview_of_many_says_what_each_will_see_and_which_lines_take_two(client_for):
    browser, url = client_for(ADMIN), reverse("people:invitation_bulk")
    answer = browser.post(url, {"text": sheet(2)})
    page = words(answer)
    assert "JAM.border, officer, Official : Ivy 0, Ivy 1" in page
    assert "JAM.customs, head, Confidential : Otto White" in page
    assert "holds JAM.customs, head" in page
    lines = answer.content.decode().split('<tr role="row">')[2:]
    assert ["the appointment, the clearance" in line for line in lines] == [False, False, True]
    assert not Invitation.objects.exists()


def test_the_preview_of_many_asks_as_often_for_twenty_as_for_two(client_for):
    browser, url = client_for(ADMIN), reverse("people:invitation_bulk")
    browser.post(url, {"text": sheet(1)})
    few, many = (queries_of(browser, url, text=sheet(count)) for count in (1, 20))
    assert few == many <= BUDGET


def queries_of(browser, url, **fields) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert (browser.post(url, fields) if fields else browser.get(url)).status_code == 200
    return len(seen)


# --- moving, standing in, ending ---


def test_a_transfer_says_what_comes_what_goes_and_what_stays(cast, client_for):
    actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk="JAM.contact", role="reader")
    url = reverse("people:seat_transfer", args=[seat_of(OFFICER, desk__code="JAM.border").uid])
    page = looked(client_for(ADMIN), url, place="JAM.ministry:reader")
    assert page.index("holds JAM.ministry, reader") < page.index("Access that ends with the appointment at JAM.border")
    assert (
        page.index("Pages that this person loses: ")
        < page.index("Access that remains")
        < page.rindex("holds JAM.contact, reader")
    )
    assert "Border desk" in page[page.index("Pages that this person loses: ") : page.index("Access that remains")]
    assert seat_of(OFFICER, desk__code="JAM.border")


def test_a_transfer_to_a_seat_that_takes_two_says_so_before(client_for):
    url = reverse("people:seat_transfer", args=[seat_of(OFFICER).uid])
    assert "Appoint first; once approved, end the old appointment" in looked(
        client_for(ADMIN), url, place="JAM.customs:head"
    )


@pytest.mark.parametrize(("who", "partly"), [(ADMIN, False), (HEAD, True)])
def test_naming_somebody_to_stand_in_says_what_the_seat_adds(who, partly, cast, client_for):
    actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk="JAM.contact", role="reader")
    page = looked(client_for(who), reverse("people:stand_in"), user=OFFICER, place="JAM.border:head")
    assert "holds JAM.border, head" in page
    assert "holds JAM.border, officer" in page
    assert "This appointment needs second approval before it applies" in page
    assert ("holds JAM.contact, reader" in page) is not partly
    assert ("Appointments that you may not see are not shown here." in page) is partly
    assert not AccountProposal.objects.exists()


def test_ending_the_only_seat_says_that_nothing_stays(client_for):
    page = words(client_for(ADMIN).get(reverse("people:seat_end", args=[seat_of(CUSTOMS).uid])))
    assert "Access that ends with the appointment at JAM.customs" in page
    assert page.index("Access that remains") < page.index("None: this person has no appointment.")


def test_ending_one_of_two_seats_says_what_stays(cast, client_for):
    actions.appoint_person(cast[ADMIN], None, user=CUSTOMS, desk="JAM.border", role="officer")
    page = words(
        client_for(ADMIN).get(reverse("people:seat_end", args=[seat_of(CUSTOMS, desk__code="JAM.border").uid]))
    )
    assert page.index("Access that remains") < page.rindex("holds JAM.customs, officer")


def test_who_sends_a_liaison_home_does_not_learn_of_his_other_seats(cast, client_for):
    seat = agreed(cast)
    page = words(client_for(JRCC).get(reverse("people:seat_end", args=[seat.uid])))
    assert "No other appointment that you may see." in page
    assert "BRB.border" not in page[page.index("Access that ends with the appointment at") :]


def test_an_acting_seat_says_what_goes_with_it(cast, client_for):
    wanted = {"user": OFFICER, "desk": "JAM.border", "role": "officer", "reason": "leave", "last_day": day(9)}
    seat = actions.delegate_stand_in(cast[ADMIN], None, **wanted)
    page = words(client_for(HEAD).get(reverse("people:acting_end", args=[seat.uid])))
    assert "Access that ends with the appointment at JAM.border" in page
    assert "No page is lost: another appointment has them all." in page


def test_a_seat_that_has_not_begun_takes_nothing_away(cast, client_for):
    later = actions.appoint_person(
        cast[ADMIN], None, user=OFFICER, desk="JAM.customs", role="officer", first_day=day(9)
    )
    assert "Access that ends with the appointment at" not in words(
        client_for(ADMIN).get(reverse("people:seat_end", args=[later.uid]))
    )


# --- clearance ---


def test_a_change_of_clearance_says_up_to_what_each_seat_reads(cast, client_for):
    officer = person(OFFICER)
    officer.clearance = 1
    officer.save(update_fields=["clearance"])
    url = reverse("people:account_clear", args=[officer.uid])
    page = looked(client_for(ADMIN), url, clearance="3")
    assert "This clearance needs second approval" in page
    assert page.index("Now: up to Official") < page.index("holds JAM.border, officer")
    assert "Can read a higher classification than now" in page
    assert ("limited by the desk" in page) is (Seat.objects.get(user=officer).desk.function.max_level < 3)
    assert person(OFFICER).clearance == 1
    assert "Now: up to" not in looked(client_for(ADMIN), url, clearance="1")


def test_looking_at_a_clearance_wants_no_second_factor(client_for):
    url = reverse("people:account_clear", args=[person(OFFICER).uid])
    assert "Now: up to" in looked(long_ago(client_for(ADMIN)), url, clearance="3")


# --- cost ---


def test_looking_stays_within_its_budget_whatever_number_of_seats_he_holds(cast, client_for):
    browser, seat = client_for(ADMIN), seat_of(OFFICER)
    browser.get(reverse("people:desk"))
    looks = [
        (reverse("people:seat_transfer", args=[seat.uid]), {"place": "JAM.ministry:reader"}),
        (reverse("people:account_clear", args=[seat.user.uid]), {"clearance": "3"}),
        (reverse("people:seat_end", args=[seat.uid]), {}),
        (reverse("people:invitation_new"), {**IVY, "place": "JAM.border:head"}),
    ]
    browser.post(looks[0][0], {**looks[0][1], "look": "1"})  # permissions are read once by each process
    few = [queries_of(browser, url, **(fields and {**fields, "look": "1"})) for url, fields in looks]
    for desk in ("customs", "contact", "intelligence"):
        actions.appoint_person(cast[ADMIN], None, user=OFFICER, desk=f"JAM.{desk}", role="reader")
    assert [queries_of(browser, url, **(fields and {**fields, "look": "1"})) for url, fields in looks] == few
    assert max(few) <= BUDGET
