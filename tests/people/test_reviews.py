"""Rounds of access: every seat is answered for, one by one, or it ends; never the last administrator's."""

import csv
import hashlib
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.people import actions
from apps.people.actions import clock, reviews
from apps.people.models import AccessReview, Party, ReviewItem, Seat, User
from apps.people.queries import dormant_accounts, parties_to_review
from tests.people.governing import ADMIN, OTHERS_ADMIN, a_second_administrator, person
from tests.people.governing import clock as the_clock

OFFICER, HEAD = "jam.border.officer", "jam.border.head"


def a_round(party: str = "JAM") -> AccessReview:
    return reviews.open_access_review(the_clock(), None, party=Party.objects.get(pk=party))


def item_of(username: str, **more) -> ReviewItem:
    return ReviewItem.objects.select_related("review", "seat").get(seat__user__username=username, **more)


def test_a_round_holds_every_seat_of_the_party_but_programs(cast):
    review = a_round()
    seats = Seat.objects.filter(pk__in=ReviewItem.objects.filter(review=review).values("seat_id"))
    assert {seat.desk.party_id for seat in seats.select_related("desk")} == {"JAM"}
    assert not seats.filter(kind="service").exists()
    assert seats.count() == Seat.objects.in_force().filter(desk__party="JAM").exclude(kind="service").count()


def test_heads_and_administrators_are_told_when_it_opens(cast, drain):
    a_round()
    drain()
    desks = set(Notice.objects.filter(code="accounts.review").values_list("owner__code", flat=True))
    assert {"JAM.border", "JAM.administration"} <= desks
    assert all(desk.startswith("JAM.") for desk in desks)


def test_a_head_answers_for_his_desk_and_for_no_other(cast):
    a_round()
    assert reviews.keep_reviewed_seat(cast[HEAD], item_of(OFFICER)).state == "kept"
    with pytest.raises(Refused, match="not-visible"):
        reviews.keep_reviewed_seat(cast[HEAD], item_of("jam.ministry.reader"))
    with pytest.raises(Refused, match="not-visible"):
        reviews.keep_reviewed_seat(cast[OFFICER], item_of(HEAD))


def test_nobody_answers_for_his_own_seat(cast):
    a_round()
    with pytest.raises(Refused, match="own-seat"):
        reviews.keep_reviewed_seat(cast[HEAD], item_of(HEAD))
    with pytest.raises(Refused, match="own-seat"):
        reviews.keep_reviewed_seat(cast[ADMIN], item_of(ADMIN))
    assert reviews.keep_reviewed_seat(cast[ADMIN], item_of(HEAD)).state == "kept"


def test_another_states_administrator_finds_nothing(cast):
    a_round()
    with pytest.raises(Refused, match="not-visible"):
        reviews.remove_reviewed_seat(cast[OTHERS_ADMIN], item_of(OFFICER))


def test_removing_ends_the_seat_at_once(cast):
    a_round()
    reviews.remove_reviewed_seat(cast[HEAD], item_of(OFFICER))
    assert not Seat.objects.in_force().filter(user__username=OFFICER).exists()


def test_removing_the_last_administrator_is_refused(cast):
    second = a_second_administrator()
    a_round()
    actions.suspend_account(second, person(ADMIN), reason="away")
    with pytest.raises(Refused, match="own-seat"):
        reviews.remove_reviewed_seat(second, item_of("jam.smith"))
    assert reviews.remove_reviewed_seat(second, item_of(ADMIN)).state == "removed"


def test_what_is_to_be_changed_says_what(cast):
    a_round()
    item = reviews.change_reviewed_seat(cast[HEAD], item_of(OFFICER), note="reader is enough")
    assert (item.state, item.note) == ("changed", "reader is enough")
    assert Seat.objects.in_force().filter(user__username=OFFICER).exists()


def test_what_nobody_answers_for_ends_and_the_last_administrator_stays(cast):
    review = a_round()
    reviews.keep_reviewed_seat(cast[HEAD], item_of(OFFICER))
    counts = clock.run(the_clock(), review.due_at)
    assert counts["closed"] == 1
    assert item_of(OFFICER).state == "kept"
    assert item_of(HEAD).state == "ended"
    assert not Seat.objects.in_force().filter(user__username=HEAD).exists()
    assert item_of(ADMIN).state == "spared"
    assert Seat.objects.in_force().filter(user__username=ADMIN).exists()
    row = AuditRecord.objects.get(verb="reviewitem.end", object_id=str(item_of(HEAD).pk))
    assert (row.party, row.stream) == ("IMPACS", "JAM")


def test_of_two_administrators_whom_nobody_confirmed_one_stays(cast):
    a_second_administrator()
    review = a_round()
    clock.run(the_clock(), review.due_at)
    states = sorted(item_of(name).state for name in (ADMIN, "jam.smith"))
    assert states == ["ended", "spared"]


def test_a_closed_round_takes_no_answer(cast):
    review = a_round()
    item = item_of(HEAD)
    clock.run(the_clock(), review.due_at)
    with pytest.raises(Refused):
        reviews.keep_reviewed_seat(cast[ADMIN], item)


def test_reminders_go_out_a_week_and_two_days_before_once_each(cast, drain):
    review = a_round()
    told = []
    for left in (8, 7, 6, 2, 1):
        told.append(clock.run(the_clock(), review.due_at - timedelta(days=left))["reminded"])
    drain()
    assert told == [0, 1, 0, 1, 0]
    steps = set(Notice.objects.filter(code="accounts.review_reminder").values_list("step", flat=True))
    assert steps == {"first", "last"}


def test_a_round_opens_a_quarter_after_the_first_seat_and_then_every_quarter(cast):
    now = timezone.now()
    assert parties_to_review(now) == []
    later = now + timedelta(days=91)
    assert {"JAM", "BRB"} <= {party.pk for party in parties_to_review(later)}
    a_round()
    assert "JAM" not in {party.pk for party in parties_to_review(later)}
    AccessReview.objects.update(state="closed")
    assert "JAM" not in {party.pk for party in parties_to_review(now + timedelta(days=89))}
    assert "JAM" in {party.pk for party in parties_to_review(later)}


def test_what_is_known_of_a_seat_is_said(cast):
    long_ago = timezone.now() - timedelta(days=200)
    User.objects.filter(username=OFFICER).update(last_login=long_ago)
    Seat.objects.filter(user__username__in=[OFFICER, ADMIN]).update(valid_from=long_ago)
    actions.suspend_account(cast[ADMIN], person("jam.ministry.reader"), reason="he acts, so his seat is used")
    a_round()
    officer, admin = item_of(OFFICER), item_of(ADMIN)
    assert (officer.dormant, officer.unused, admin.unused, officer.conflicting) == (True, True, False, False)


def test_who_never_signs_in_is_suspended_after_sixty_days_but_not_the_last_administrator(cast):
    User.objects.filter(username__in=[OFFICER, ADMIN]).update(is_demo=False)
    now = timezone.now()
    assert dormant_accounts(now + timedelta(days=59)) == []
    assert clock.run(the_clock(), now + timedelta(days=61))["suspended"] == 1
    assert (person(OFFICER).state, person(ADMIN).state) == ("suspended", "active")


def test_administrators_hear_of_an_account_that_sleeps_once_before_it_is_suspended(cast, drain):
    User.objects.filter(username=OFFICER).update(is_demo=False)
    now = timezone.now()
    assert clock.run(the_clock(), now + timedelta(days=44))["asleep"] == 0
    told = [clock.run(the_clock(), now + timedelta(days=days)) for days in (46, 47, 61)]
    assert [(one["asleep"], one["suspended"]) for one in told] == [(1, 0), (0, 0), (0, 1)]
    drain()
    notice = Notice.objects.get(code="accounts.asleep")
    assert (notice.owner.code, notice.object_id) == ("JAM.administration", str(person(OFFICER).uid))
    assert notice.page == reverse("people:person", args=[person(OFFICER).uid])


# --- pages ---


def test_the_page_shows_progress_and_answers_one_by_one(cast, client_for):
    review, browser = a_round(), client_for(HEAD)
    page = browser.get(reverse("people:review", args=[review.uid])).content.decode()
    assert person(OFFICER).full_name in page
    assert person("jam.ministry.reader").full_name not in page
    done = browser.post(reverse("people:review_do", args=[item_of(OFFICER).uid, "keep"]))
    assert done.url == reverse("people:review", args=[review.uid])
    assert item_of(OFFICER).state == "kept"
    assert "Access review" in client_for(ADMIN).get(reverse("people:reviews")).content.decode()
    assert client_for(OFFICER).get(reverse("people:reviews")).status_code == 404
    assert client_for(OTHERS_ADMIN).get(reverse("people:review", args=[review.uid])).status_code == 404


def test_seats_to_answer_for_stand_on_my_desk(cast, client_for):
    a_round()
    page = client_for(HEAD).get(reverse("people:desk")).content.decode()
    assert "is this appointment still needed" in page


def test_the_evidence_is_csv_and_its_digest_stands_in_the_audit(cast, client_for):
    review = a_round()
    reviews.change_reviewed_seat(cast[HEAD], item_of(OFFICER), note="=HYPERLINK(1)")
    answer = client_for(ADMIN).get(reverse("people:review_evidence", args=[review.uid]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == ReviewItem.objects.filter(review=review).count()
    (officer,) = [row for row in rows if row["user"] == OFFICER]
    assert (officer["answer"], officer["note"], officer["answered_by"]) == ("changed", "'=HYPERLINK(1)", HEAD)
    row = AuditRecord.objects.get(verb="review.export")
    assert row.detail["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert client_for(HEAD).get(reverse("people:review_evidence", args=[review.uid])).status_code == 404
