"""No half of a way into somebody else's account is enough: who invites or renews never has the other half."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.people import actions
from apps.people import policy as people_policy
from apps.people.actions import approvals, handovers
from apps.people.models import AccountProposal, Handover, Seat, User
from demo import people as demo
from tests.people.governing import (
    ADMIN,
    PASSWORD,
    PLATFORM,
    a_second_administrator,
    an_invitation,
    approved_to_renew,
    at_seat,
    left_of,
    person,
    whole,
)

pytestmark = pytest.mark.django_db
BROWN, HEAD, OWN_MAILBOX = "jam.border.brown", "jam.border.head", "administrator@mailbox.example"


def waiting(user: str = BROWN) -> Handover:
    return Handover.objects.get(user__username=user, state="waits")


def open_proposals() -> set[str]:
    return set(AccountProposal.objects.filter(subject__username=BROWN, state="open").values_list("verb", flat=True))


# --- who hands over ---


def test_of_the_whole_cast_only_who_decides_at_the_desk_hands_over_what_the_administrator_gave(cast):
    a_row = an_invitation(cast).user
    given = actions.open_account(cast[ADMIN], None, username="jam.customs.grey", name="Ann Grey", clearance=1)
    may = {BROWN: set(), given.username: set()}
    for username, name in itertools.product(may, demo.usernames()):
        row = Handover.objects.visible_to(cast[name]).filter(user__username=username).first()
        if row is not None and people_policy.may_hand_over(cast[name], row):
            may[username].add(name)
    assert may == {BROWN: {HEAD, PLATFORM}, given.username: {PLATFORM}}
    assert a_row.username == BROWN


def test_with_a_second_administrator_he_hands_over_and_the_platform_does_not(cast):
    an_invitation(cast)
    second = a_second_administrator()
    with pytest.raises(Refused, match="not-visible"):
        handovers.show_handed_over_secret(cast[PLATFORM], waiting())
    with pytest.raises(Refused, match="own-half"):
        handovers.show_handed_over_secret(cast[ADMIN], waiting())
    assert handovers.show_handed_over_secret(second, waiting()).secret


def test_nobody_who_gave_the_address_or_invited_hands_over_however_often_it_is_sent_anew(cast):
    second, invitation = a_second_administrator(), an_invitation(cast)
    again = actions.resend_invitation(second, invitation, email=invitation.user.email)
    with pytest.raises(Refused, match="own-half"):
        handovers.show_handed_over_secret(cast[ADMIN], waiting())  # their is the address
    actions.resend_invitation(second, again, email="other@mailbox.example")
    for actor in (cast[ADMIN], second):
        with pytest.raises(Refused, match="own-half"):
            handovers.show_handed_over_secret(actor, waiting())
    assert handovers.show_handed_over_secret(cast[PLATFORM], waiting()).secret, "no administrator is left"


def test_who_stands_in_hands_nothing_over(cast):
    an_invitation(cast)
    desk, officer = cast[HEAD].desk_id, person("jam.border.officer")
    Seat.objects.create(user=officer, desk_id=desk, role="head", rank=3, kind="acting")
    cast.pop("jam.border.officer", None)
    acting = at_seat(officer, Seat.objects.get(user=officer, kind="acting"))
    with pytest.raises(Refused, match="not-hander"):
        handovers.show_handed_over_secret(acting, waiting())


# --- nobody alone ---


def try_in(client: Client, username: str, secrets: list[str]) -> bool:
    """Whether one of these signs somebody in."""
    return any(
        client.post(reverse("account_login"), {"login": username, "password": one}).status_code == 302
        for one in secrets
    )


def test_an_administrator_alone_ends_with_no_open_account_of_somebody_else(cast, client_for, client):
    """Everything that an administrator can do alone, with all that they are shown: no way in comes of it."""
    browser, shown = client_for(ADMIN), []
    invited = {"username": BROWN, "name": "Ivy Brown", "email": OWN_MAILBOX, "desk": "JAM.intelligence",
               "role": "head", "clearance": 2}  # fmt: skip
    made = browser.post("/api/v1/people/invitations/", invited, content_type="application/json")
    shown.append(made.content)
    approvals.approve_proposal(cast[PLATFORM], AccountProposal.objects.get(verb="account.clear", state="open"))
    moved = {"email": OWN_MAILBOX.upper()}
    shown.append(browser.post(f"{made.json()['url']}actions/resend/", moved, content_type="application/json").content)
    shown.append(browser.get(reverse("people:invitations")).content)
    for row in Handover.objects.all():
        shown.append(browser.post(reverse("people:handover", args=[row.uid])).content)
    code = left_of(person(BROWN))
    assert code.encode() not in b"".join(shown)

    secrets = []
    opened = {"username": "jam.border.grey", "name": "Ann Grey", "clearance": 1}
    secrets.append(
        ("jam.border.grey", browser.post("/api/v1/people/accounts/", opened, content_type="application/json"))
    )
    for username in ("jam.intelligence.officer", "jam.border.officer", "jam.ministry.reader"):
        page = f"/api/v1/people/accounts/{person(username).uid}/actions/renew/"
        secrets.append((username, browser.post(page, content_type="application/json")))
    for username, answer in secrets:
        half = answer.json()["one_time_password"]
        assert half
        assert not person(username).check_password(half)
        assert not try_in(client, username, [half, f"{half}-", half.replace("-", "")])
        assert f"{half}-{left_of(person(username))}".count("-") == 3


def test_with_both_halves_the_person_signs_in(cast, client):
    approved_to_renew(cast, HEAD)
    given = actions.renew_account(cast[ADMIN], person(HEAD))
    assert waiting(HEAD).desk.code == "JAM.border"
    assert person(HEAD).check_password(whole(given))
    with pytest.raises(Refused, match="own-account"):
        handovers.show_handed_over_secret(cast[HEAD], waiting(HEAD))


# --- another address ---


def test_an_approval_is_for_the_address_that_was_approved(cast, drain):
    invitation = an_invitation(cast, role="head", clearance=2)
    for proposal in AccountProposal.objects.filter(state="open"):
        assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "done"
    user = person(BROWN)
    assert (user.clearance, Seat.objects.in_force().filter(user=user).count()) == (2, 1)
    actions.resend_invitation(cast[ADMIN], invitation, email=OWN_MAILBOX)
    user = person(BROWN)
    assert (user.email, user.clearance, Seat.objects.in_force().filter(user=user).count()) == (OWN_MAILBOX, 1, 0)
    assert open_proposals() == {"seat.appoint", "account.clear"}
    with pytest.raises(Refused, match="own-proposal"):
        approvals.approve_proposal(cast[ADMIN], AccountProposal.objects.filter(state="open").first())
    drain()
    told = set(Notice.objects.filter(code="accounts.invitation_moved").values_list("owner__code", flat=True))
    assert told == {"JAM.border", "JAM.administration", "JAM.oversight", "IMPACS.oversight"}


def test_what_waits_is_asked_for_anew_at_another_address_and_stays_at_the_same(cast):
    invitation = an_invitation(cast, role="head", clearance=2)
    first = set(AccountProposal.objects.filter(state="open").values_list("pk", flat=True))
    actions.resend_invitation(cast[ADMIN], invitation, email=invitation.user.email)
    assert set(AccountProposal.objects.filter(state="open").values_list("pk", flat=True)) == first
    actions.resend_invitation(cast[ADMIN], invitation, email=OWN_MAILBOX)
    assert set(AccountProposal.objects.filter(state="void").values_list("pk", flat=True)) == first
    assert open_proposals() == {"seat.appoint", "account.clear"}


def test_what_takes_no_two_people_stays_at_another_address(cast):
    invitation = an_invitation(cast)
    actions.resend_invitation(cast[ADMIN], invitation, email=OWN_MAILBOX)
    assert Seat.objects.in_force().get(user__username=BROWN).desk.code == "JAM.border"
    assert open_proposals() == set()


def test_the_approver_reads_the_address(cast, client_for):
    an_invitation(cast, clearance=2)
    proposal = AccountProposal.objects.get()
    browser = client_for(PLATFORM)
    assert "brown@border.example" in browser.get(reverse("people:approval", args=[proposal.uid])).content.decode()
    row = browser.get(f"/api/v1/people/proposals/{proposal.uid}/").json()
    assert row["email"] == "brown@border.example"


def test_an_address_that_was_changed_past_the_action_makes_the_approval_void(cast):
    an_invitation(cast, clearance=2)
    User.objects.filter(username=BROWN).update(email=OWN_MAILBOX)
    assert approvals.approve_proposal(cast[PLATFORM], AccountProposal.objects.get()).state == "void"
    assert person(BROWN).clearance == 1


def test_an_accepted_invitation_leaves_nothing_to_hand_over_and_what_was_asked_for_goes_on(cast, client):
    invitation = an_invitation(cast, clearance=2)
    given = {"code": invitation.secret, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("people:join", args=[actions.link_of(invitation)]), given).status_code == 302
    assert Handover.objects.get().state == "over"
    assert approvals.approve_proposal(cast[PLATFORM], AccountProposal.objects.get()).state == "done"
    assert person(BROWN).clearance == 2


def test_a_revoked_invitation_is_not_begun_again_with_the_same_name(cast):
    actions.revoke_invitation(cast[ADMIN], an_invitation(cast), reason="mistake")
    assert Handover.objects.get().state == "over"
    with pytest.raises(ValidationError):
        an_invitation(cast)


def test_desk_and_second_administrator_or_platform_are_told_that_something_is_to_be_handed_over(cast, drain):
    an_invitation(cast)
    drain()
    told = set(Notice.objects.filter(code="accounts.handover").values_list("owner__code", flat=True))
    assert told == {"JAM.border", "IMPACS.platform"}
