"""Who has opened an account by an invitation acts in no seat before their desk has confirmed that it is they."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.people import actions
from apps.people.models import Invitation, Seat, User
from apps.people.queries import seats_of
from tests.days import in_days
from tests.keys import ASKED
from tests.people.governing import (
    ADMIN,
    BROWN,
    PASSWORD,
    PLATFORM,
    a_second_administrator,
    an_invitation,
    approved_stand_in,
    at_seat,
    person,
)

pytestmark = pytest.mark.django_db
HEAD, NAME = "jam.border.head", BROWN["username"]


def opened(cast, client, **more):
    """An invitation whose person has opened their account."""
    invitation = an_invitation(cast, **more)
    given = {"code": invitation.secret, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("people:join", args=[actions.link_of(invitation)]), given).status_code == 302
    return Invitation.objects.get(pk=invitation.pk)


def test_until_then_the_person_is_signed_in_and_sees_nothing(cast, client, client_for):
    invitation = opened(cast, client)
    assert (invitation.state, person(NAME).state, seats_of(person(NAME))) == ("awaits", "active", [])
    page = client.get(reverse("people:desk")).content.decode()
    assert "Your account administrator can give you one; if you have just opened" in page
    assert client.get("/api/v1/jrcc/hits/").status_code in {401, 403}
    assert client.get("/api/stream/").status_code == 403
    assert actions.confirm_newcomer(cast[HEAD], invitation).state == "accepted"
    assert [seat.desk.code for seat in seats_of(person(NAME))] == ["JAM.border"]
    assert client.get(reverse("people:desk")).status_code == 200
    assert AuditRecord.objects.filter(verb="invitation.confirm", person=HEAD, outcome="done").exists()


def test_another_seat_that_was_given_meanwhile_opens_nothing_either(cast, client):
    invitation = opened(cast, client)
    actions.appoint_person(cast[ADMIN], None, user=NAME, desk="JAM.customs", role="reader")
    assert seats_of(person(NAME)) == []
    actions.confirm_newcomer(cast[HEAD], invitation)
    assert len(seats_of(person(NAME))) == 2


def test_who_invited_or_gave_the_address_or_is_of_another_desk_does_not_confirm(cast, client):
    invitation = opened(cast, client)
    for name, why in (
        (ADMIN, "own-half"), (PLATFORM, "not-visible"), ("jam.intelligence.head", "not-visible"),
        ("jam.border.officer", "not-visible"), ("brb.administration.administrator", "not-visible"),
        ("jam.oversight.officer", "not-confirmer"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            actions.confirm_newcomer(cast[name], invitation)
    stands_in = {"user": "jam.border.officer", "desk": "JAM.border", "role": "head"}
    seat = approved_stand_in(cast, **stands_in, last_day=in_days(9), reason="leave")
    with pytest.raises(Refused, match="not-confirmer"):
        actions.confirm_newcomer(at_seat(seat.user, seat), invitation)
    with pytest.raises(Refused, match="not-confirmer"):
        actions.confirm_newcomer(a_second_administrator(), invitation)
    assert Invitation.objects.get().state == "awaits"


def test_who_both_invited_and_decides_at_the_desk_does_not_confirm_from_there(cast, client):
    invitation = opened(cast, client)
    at = Seat.objects.get(user__username=HEAD, desk__code="JAM.border")
    own = Seat.objects.create(user=person(ADMIN), desk=at.desk, role=at.role, rank=3)
    with pytest.raises(Refused, match="own-half"):
        actions.confirm_newcomer(at_seat(person(ADMIN), own), invitation)


def test_where_nobody_decides_at_the_desk_another_administrator_confirms_or_the_platform(cast, client):
    Seat.objects.filter(user__username=HEAD).update(state="ended")
    cast.pop(HEAD, None)
    invitation = opened(cast, client)
    assert seats_of(person(NAME)) == []
    assert actions.confirm_newcomer(cast[PLATFORM], invitation).state == "accepted"


def test_with_a_second_administrator_the_platform_is_not_asked(cast, client):
    Seat.objects.filter(user__username=HEAD).update(state="ended")
    second = a_second_administrator()
    invitation = opened(cast, client)
    with pytest.raises(Refused, match="not-visible"):
        actions.confirm_newcomer(cast[PLATFORM], invitation)
    assert actions.confirm_newcomer(second, invitation).state == "accepted"


def test_a_stranger_is_shut_out_for_good_and_oversight_is_told(cast, client, client_for, drain):
    invitation = opened(cast, client)
    page = reverse("people:newcomer", args=[invitation.uid, "reject"])
    browser = client_for(HEAD)
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"reason": ""}).status_code == 422
    assert browser.post(page, {"reason": "I do not know this person."}).status_code == 302
    assert (person(NAME).state, Invitation.objects.get().state) == ("left", "revoked")
    assert "_auth_user_id" not in client.session
    assert not Seat.objects.filter(user__username=NAME, state="current").exists()
    drain()
    told = set(Notice.objects.filter(code="accounts.stranger").values_list("owner__code", flat=True))
    assert told == {"JAM.administration", "JAM.oversight", "IMPACS.oversight"}


def test_the_head_has_it_to_do_and_confirms_on_a_page(cast, client, client_for, drain):
    invitation = opened(cast, client)
    drain()
    assert set(Notice.objects.filter(code="accounts.newcomer").values_list("owner__code", flat=True)) == {"JAM.border"}
    browser, page = client_for(HEAD), reverse("people:newcomer", args=[invitation.uid, "confirm"])
    assert page in browser.get(reverse("people:desk")).content.decode()
    shown = browser.get(page).content.decode()
    assert all(one in shown for one in (NAME, BROWN["email"], "JAM.border"))
    assert browser.post(page).status_code == 302
    assert Invitation.objects.get().state == "accepted"
    assert page not in browser.get(reverse("people:desk")).content.decode()
    assert browser.get(page).status_code in {404, 409}


def test_by_api_too_and_nobody_else_finds_it(cast, client, client_for):
    invitation = opened(cast, client)
    place = f"/api/v1/people/invitations/{invitation.uid}/actions/confirm/"
    for name, status in ((ADMIN, 403), ("jam.intelligence.head", 404), (HEAD, 200)):
        answer = client_for(name).post(place, {}, content_type="application/json")
        assert answer.status_code == status, name
    assert answer.json()["state"] == "accepted"


def test_an_administrator_who_is_not_confirmed_yet_is_no_second_person_and_approves_no_key(cast, client):
    invitation = an_invitation(cast, desk="JAM.ministry", role="decider")
    User.objects.filter(username=NAME).update(state="active")
    Invitation.objects.filter(pk=invitation.pk).update(state="awaits")
    at = Seat.objects.get(user__username="jam.ministry.decider", desk__code="JAM.ministry")
    Seat.objects.create(user=person(NAME), desk=at.desk, role=at.role, rank=3)
    Seat.objects.filter(pk=at.pk).update(state="ended")
    with pytest.raises(ValidationError, match="the only approver"):
        actions.propose_api_key(cast[ADMIN], None, **{**ASKED, "desk": "JAM.ministry"})
