"""A person of one party at a desk of another: what both parties, they themselves and everybody else see of it."""

from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.actions import approvals, reviews, secondments
from apps.people.models import AccountProposal, Party, ReviewItem, Seat, User
from tests.jrcc.test_budgets import asked as statements
from tests.people.governing import ADMIN, OTHERS_ADMIN, at_seat, person, seat_of
from tests.people.governing import clock as the_clock
from tests.people.seconding import BADGE, JRCC, LIAISON, agreed, asked, at_home, day


def test_both_registers_show_it_and_the_account_stays_at_home(cast, client_for):
    seat = agreed(cast)
    there, home = client_for(JRCC), client_for(OTHERS_ADMIN)
    for browser in (there, home):
        for place in ("people:register", "people:secondments"):
            page = browser.get(reverse(place)).content.decode()
            assert BADGE in page
            assert seat.user.full_name in page
        assert BADGE in browser.get(reverse("people:secondment", args=[seat.uid])).content.decode()
    assert BADGE in home.get(reverse("people:person", args=[seat.user.uid])).content.decode()
    assert there.get(reverse("people:person", args=[seat.user.uid])).status_code == 404
    assert seat.user.pk not in set(User.objects.visible_to(cast[JRCC]).values_list("pk", flat=True))
    assert client_for(ADMIN).get(reverse("people:secondment", args=[seat.uid])).status_code == 404


def test_home_reads_who_asks_and_what_he_would_see_and_the_asking_party_does_not(cast, client_for):
    proposal = asked(cast)
    place = reverse("people:approval", args=[proposal.uid])
    home, there = (client_for(who).get(place).content.decode() for who in (OTHERS_ADMIN, JRCC))
    for words in ("JRCC.watch", "officer", "liaison", day(90).isoformat(), person(JRCC).full_name, "Before: what this"):
        assert words in home
    assert reverse("people:approval_do", args=[proposal.uid, "agree"]) in home
    assert "Before: what this" not in there
    assert reverse("people:approval_do", args=[proposal.uid, "agree"]) not in there
    assert "BRB.border" not in there


def test_the_badge_stands_on_his_own_pages_only_where_he_sits_elsewhere(cast, client_for):
    seat = agreed(cast)
    browser = client_for(LIAISON)
    page = browser.get(reverse("people:desk")).content.decode()
    assert page.count(BADGE) == 2  # in the menu of seats and in the list of them; they act at home
    browser.post(reverse("people:switch_seat"), {"seat": seat.pk})
    assert browser.get(reverse("people:desk")).content.decode().count(BADGE) == 3


def test_the_audit_says_who_sent_him(cast, client_for):
    seat = agreed(cast)
    actions.switch_desk(at_seat(seat.user, seat), seat)
    row = AuditRecord.objects.get(verb="seat.switch", outcome="done")
    assert row.detail == {"seconded_from": "BRB"}
    page = client_for("jrcc.oversight.officer").get(reverse("audit:records")).content.decode()
    assert BADGE in page


def a_round(party: str):
    return reviews.open_access_review(the_clock(), None, party=Party.objects.get(pk=party))


def test_reviews_of_both_parties_speak_of_it(cast, client_for):
    seat = agreed(cast)
    rounds = {
        code: reviews.open_access_review(the_clock(), None, party=Party.objects.get(pk=code))
        for code in ("JRCC", "BRB")
    }
    assert ReviewItem.objects.filter(review=rounds["JRCC"], seat=seat).exists()
    assert not ReviewItem.objects.filter(review=rounds["BRB"], seat=seat).exists()
    page = client_for(JRCC).get(reverse("people:review", args=[rounds["JRCC"].uid])).content.decode()
    assert BADGE in page
    page = client_for(OTHERS_ADMIN).get(reverse("people:review", args=[rounds["BRB"].uid])).content.decode()
    assert "Also at JRCC.watch as officer." in page
    assert "Our people at other parties" in page
    sheet = client_for(JRCC).get(reverse("people:review_evidence", args=[rounds["JRCC"].uid])).content.decode()
    assert "seconded_from" in sheet.splitlines()[0]


def test_the_review_of_the_other_party_does_not_tell_of_seats_at_home(cast):
    waiver = {"conflict": "oversight+border", "last_day": day(60), "reason": "small State"}
    actions.record_people_waiver(cast[OTHERS_ADMIN], None, user=LIAISON, **waiver)
    proposal = asked(cast, desk="JRCC.oversight", role="reader")
    approvals.approve_proposal(cast["portal.platform.head"], proposal)
    secondments.agree_to_second_person(at_home(), AccountProposal.objects.get(pk=proposal.pk))
    found = {}
    for code in ("JRCC", "BRB"):
        item = ReviewItem.objects.get(review=a_round(code), seat__user__username=LIAISON)
        found[code] = item.conflicting
    assert found == {"JRCC": False, "BRB": True}


def test_head_of_the_desk_ends_it_in_a_review(cast):
    seat = agreed(cast)
    item = ReviewItem.objects.get(review=a_round("JRCC"), seat=seat)
    reviews.remove_reviewed_seat(cast["jrcc.watch.supervisor"], item)
    seat.refresh_from_db()
    assert seat.state == "ended"
    assert AuditRecord.objects.filter(verb="account.return", stream="BRB").exists()


def test_more_of_them_cost_the_pages_no_query_more(cast, client_for):
    agreed(cast)
    places = [reverse(f"people:{name}") for name in ("secondments", "register")]
    before = [len(statements(client_for(JRCC), place)) for place in places]
    for user in ("brb.border.head", "jam.border.officer", "tto.border.officer"):
        secondments.agree_to_second_person(at_home_of(user), asked(cast, user=user))
    assert [len(statements(client_for(JRCC), place)) for place in places] == before
    assert max(before) <= 12


def at_home_of(user):
    seat = seat_of(f"{user[:3]}.administration.administrator")
    return at_seat(seat.user, seat)


# --- pages and programs ---


def test_the_whole_path_by_its_pages(cast, client_for):
    there, home = client_for(JRCC), client_for(OTHERS_ADMIN)
    fields = {"user": LIAISON, "place": "JRCC.watch:officer", "last_day": day(60).isoformat(), "reason": "liaison"}
    answer = there.post(reverse("people:secondment_new"), fields)
    proposal = AccountProposal.objects.get(verb="seat.second")
    assert answer.url == reverse("people:approval", args=[proposal.uid])
    assert b"Another party requests " in home.get(reverse("people:desk")).content
    do = reverse("people:approval_do", args=[proposal.uid, "agree"])
    assert there.get(do).status_code == 403
    assert home.get(do).status_code == 200
    assert home.post(do).status_code == 302
    assert Seat.objects.seconded().get().reason == "liaison"


def test_by_the_api(cast, client_for):
    there, home = client_for(JRCC), client_for(OTHERS_ADMIN)
    fields = {"user": LIAISON, "desk": "JRCC.watch", "role": "officer", "last_day": day(60).isoformat(), "reason": "x"}
    made = sent(there, "/api/v1/people/secondments/", fields)
    assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["home"], body["party"]) == ("awaited", "BRB", "JRCC")
    assert sent(there, f"{body['url']}actions/agree/").status_code == 403
    assert sent(home, f"{body['url']}actions/agree/").json()["state"] == "done"
    [seat] = [one for one in there.get("/api/v1/people/seats/").json()["results"] if one["seconded_from"]]
    assert (seat["user"], seat["seconded_from"]) == (LIAISON, "BRB")
    assert there.get(f"/api/v1/people/accounts/?username={LIAISON}").json()["results"] == []
    unknown = sent(there, "/api/v1/people/secondments/", {**fields, "user": "brb.no.one"})
    assert (unknown.status_code, unknown.json()["code"]) == (403, "no-such-person")


def sent(client, place, data=None):
    return client.post(place, data or {}, content_type="application/json")
