"""Invitations: a link by mail, a code by hand, once, for some days; many at a time by CSV."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import AccountProposal, Handover, Invitation, Party, Seat, User
from apps.people.queries import seats_of
from apps.people.rules import account_sheets
from tests.people.governing import (
    ADMIN,
    BROWN,
    OTHERS_ADMIN,
    PASSWORD,
    an_invitation,
    left_of,
    person,
    refusals,
    with_code,
)

FORM = {"name": "Ivy Brown", "username": "jam.border.brown", "email": "brown@border.example",
        "place": "JAM.border:officer", "clearance": "1"}  # fmt: skip


def opening(invitation: Invitation) -> str:
    return reverse("people:join", args=[actions.link_of(invitation)])


def given(invitation: Invitation, **more: Any) -> dict[str, Any]:
    return {"code": invitation.secret, "password1": PASSWORD, "password2": PASSWORD, **more}


# --- one person ---


def test_an_invited_person_has_a_seat_and_cannot_sign_in_yet(cast):
    invitation = an_invitation(cast)
    user = person("jam.border.brown")
    assert (user.state, user.clearance, user.has_usable_password()) == ("invited", 1, False)
    assert Seat.objects.get(user=user).desk.code == "JAM.border"
    assert seats_of(user) == []
    assert invitation.expires_at - invitation.sent_at == timedelta(hours=72)
    done = set(AuditRecord.objects.filter(outcome="done").values_list("verb", flat=True))
    assert {"invitation.send", "account.invite", "seat.appoint"} <= done


def test_the_mail_carries_a_link_and_neither_code_nor_name(cast, drain):
    invitation = an_invitation(cast)
    drain()
    (letter,) = [one for one in mail.outbox if one.to == ["brown@border.example"]]
    assert opening(invitation) in letter.body
    for one in mail.outbox:  # who decides at the desk is told of the new seat
        assert invitation.secret not in one.body
        assert "Brown" not in one.body


@pytest.mark.parametrize(
    ("languages", "subject"),
    [
        (["fr", "ht"], "Invitation au"),
        (["nl"], "Uitnodiging voor het"),
        (["en"], "Invitation to the Regional Security Portal"),
        (["ht"], "Invitation to the Regional Security Portal"),
    ],
)
def test_the_mail_speaks_the_language_of_the_party(languages, subject, cast, drain):
    Party.objects.filter(code="JAM").update(languages=languages)
    an_invitation(cast)
    drain()
    (letter,) = [one for one in mail.outbox if one.to == ["brown@border.example"]]
    assert letter.subject.startswith(subject)


def test_link_and_code_are_kept_as_digests_only(cast):
    invitation = an_invitation(cast)
    kept = str(Invitation.objects.filter(pk=invitation.pk).values())
    assert invitation.secret not in kept
    assert actions.link_of(invitation) not in kept


def test_code_and_link_open_the_account_and_sign_the_person_in(cast, client):
    invitation = an_invitation(cast)
    page = client.get(opening(invitation))
    assert "jam.border.brown" in page.content.decode()
    answer = client.post(opening(invitation), given(invitation))
    assert answer.status_code == 302
    user = person("jam.border.brown")
    assert (user.state, user.check_password(PASSWORD), user.must_change_password) == ("active", True, False)
    assert client.session["_auth_user_id"] == str(user.pk)
    row = AuditRecord.objects.get(verb="invitation.accept")
    assert (row.person, row.stream, row.outcome) == ("jam.border.brown", "JAM", "done")
    assert AuditRecord.objects.filter(verb="account.activate", person="jam.border.brown").exists()


def test_who_opens_his_account_is_led_to_the_second_factor(cast, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    invitation = an_invitation(cast)
    client.post(opening(invitation), given(invitation))
    answer = client.get(reverse("people:desk"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
    assert client.get(answer.url).status_code == 200


def test_a_code_may_be_written_in_capitals_and_with_spaces(cast, client):
    invitation = an_invitation(cast)
    code = invitation.secret.upper().replace("-", " ")
    assert client.post(opening(invitation), given(invitation, code=code)).status_code == 302


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"password2": "another one altogether"}, "The two passwords differ"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"code": "aaaa-aaaa"}, "Ask your administrator for the right one"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_opens_nothing(more, said, cast, client):
    invitation = an_invitation(cast)
    answer = client.post(opening(invitation), given(invitation, **more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert person("jam.border.brown").state == "invited"


def test_five_wrong_codes_close_the_link_and_each_is_recorded(cast, client):
    invitation = an_invitation(cast)
    answers = [client.post(opening(invitation), given(invitation, code="aaaa-aaaa")).status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 404, 404]
    assert client.post(opening(invitation), given(invitation)).status_code == 404
    assert refusals("invitation.accept", "wrong-invitation-code") == 5
    assert person("jam.border.brown").state == "invited"


def test_used_revoked_old_and_unknown_links_look_the_same(cast, client, client_for):
    used = an_invitation(cast)
    client.post(opening(used), given(used))
    revoked = an_invitation(cast, username="jam.border.white")
    actions.revoke_invitation(cast[ADMIN], revoked, reason="he is somebody else")
    over = an_invitation(cast, username="jam.border.green")
    Invitation.objects.filter(pk=over.pk).update(
        sent_at=timezone.now() - timedelta(hours=73), expires_at=timezone.now() - timedelta(hours=1)
    )
    links = [opening(used), opening(revoked), opening(over), reverse("people:join", args=["0" * 64])]
    pages = [client.__class__().get(link) for link in links]
    assert {page.status_code for page in pages} == {404}
    plain = {re.sub(r"csrfmiddlewaretoken.*?>|/people/join/\w+/", "", page.content.decode()) for page in pages}
    assert len(plain) == 1


def test_a_used_link_does_not_set_the_password_again(cast, client):
    invitation = an_invitation(cast)
    client.post(opening(invitation), given(invitation))
    again = client.__class__().post(opening(invitation), given(invitation, password1="x" * 20, password2="x" * 20))
    assert again.status_code == 404
    assert person("jam.border.brown").check_password(PASSWORD)


def test_a_new_link_makes_the_old_one_useless(cast, client):
    old = an_invitation(cast)
    first, code = opening(old), old.secret
    new = with_code(actions.resend_invitation(cast[ADMIN], old, email="right@border.example"))
    assert client.get(first).status_code == 404
    assert new.secret != code
    assert client.post(opening(new), given(new, code=code)).status_code == 422
    assert client.post(opening(new), given(new)).status_code == 302
    assert person("jam.border.brown").email == "right@border.example"


def test_revoking_ends_the_seat_and_closes_the_account_for_good(cast):
    invitation = an_invitation(cast)
    actions.revoke_invitation(cast[ADMIN], invitation, reason="left before he came")
    assert person("jam.border.brown").state == "left"
    assert not Seat.objects.filter(user__username="jam.border.brown", state="current").exists()
    with pytest.raises(Refused, match="wrong-state"):
        actions.resend_invitation(cast[ADMIN], invitation, email="x@border.example")


# --- who may, and what cannot be ---


def test_the_same_person_is_not_invited_twice(cast):
    an_invitation(cast)
    with pytest.raises(ValidationError):
        an_invitation(cast)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "more", [{"desk": "BRB.border"}, {"username": "brb.border.brown"}, {"role": "emperor"}, {"desk": "JAM.drones"}]
)
def test_nobody_is_invited_into_another_state(more, cast):
    with pytest.raises(ValidationError):
        an_invitation(cast, **more)
    assert not User.objects.filter(full_name="Ivy Brown").exists()


@pytest.mark.parametrize("who", ["jam.border.head", "portal.platform.head", "jrcc.oversight.officer"])
def test_only_an_administrator_invites(who, cast):
    with pytest.raises(Refused, match="not-administrator"):
        actions.send_invitation(cast[who], None, **BROWN)


def test_another_states_administrator_finds_no_invitation(cast, client_for):
    invitation = an_invitation(cast)
    barbados = client_for(OTHERS_ADMIN)
    for verb in ("resend", "revoke"):
        assert barbados.get(reverse(f"people:invitation_{verb}", args=[invitation.uid])).status_code == 404
    with pytest.raises(Refused, match="not-visible"):
        actions.revoke_invitation(cast[OTHERS_ADMIN], invitation, reason="mischief")


def test_a_seat_that_decides_and_a_higher_clearance_wait_for_a_second_person(cast, client):
    invitation = an_invitation(cast, role="head", clearance=2)
    waiting = AccountProposal.objects.filter(subject=invitation.user, state="open")
    assert set(waiting.values_list("verb", flat=True)) == {"seat.appoint", "account.clear"}
    assert not Seat.objects.filter(user=invitation.user).exists()
    client.post(opening(invitation), given(invitation))
    user = person("jam.border.brown")
    assert (user.state, user.clearance) == ("active", 1)


# --- pages ---


def test_the_page_invites_and_another_person_is_shown_the_code_once(client_for):
    browser, head = client_for(ADMIN), client_for("jam.border.head")
    answer = browser.post(reverse("people:invitation_new"), FORM)
    row = Handover.objects.get()
    place, code = reverse("people:handover", args=[row.uid]), left_of(row.user)
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", code)
    listed = browser.get(reverse("people:invitations")).content.decode() + answer.content.decode()
    assert "jam.border.brown" in listed
    seen = [browser.get(place), browser.post(place), browser.get(reverse("people:handovers"))]
    assert [page.status_code for page in seen] == [403, 403, 200]
    assert "Hand over a code: " in head.get(reverse("people:desk")).content.decode()
    assert code not in listed + head.get(place).content.decode() + "".join(page.content.decode() for page in seen)
    assert code in head.post(place).content.decode()
    assert head.post(place).status_code == 409
    assert Handover.objects.get().sealed == ""


def test_what_is_wrong_in_the_form_stays_in_it(client_for):
    answer = client_for(ADMIN).post(reverse("people:invitation_new"), {**FORM, "username": "brb.border.brown"})
    assert answer.status_code == 422
    assert "ivy brown" in answer.content.decode().lower()
    assert not Invitation.objects.exists()


def test_a_place_that_was_edited_into_the_form_is_refused(client_for):
    answer = client_for(ADMIN).post(reverse("people:invitation_new"), {**FORM, "place": "BRB.border:head"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_new_link_and_taking_back_by_page(cast, client_for):
    invitation, browser = an_invitation(cast), client_for(ADMIN)
    answer = browser.post(reverse("people:invitation_resend", args=[invitation.uid]), {"email": "new@border.example"})
    assert answer.url == reverse("people:invitations")
    browser.post(reverse("people:invitation_revoke", args=[invitation.uid]), {"reason": "mistake"})
    assert Invitation.objects.get().state == "revoked"


def test_the_api_invites_and_gives_the_code_to_another_person_alone(client_for):
    browser, head = client_for(ADMIN), client_for("jam.border.head")
    made = browser.post("/api/v1/people/invitations/", BROWN, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (201, "sent")
    assert (made.json()["code"], browser.get(made.json()["url"]).json()["code"]) == ("", "")
    (row,) = head.get("/api/v1/people/handovers/?state=waits").json()["results"]
    assert (row["user"], row["email"], row["secret"]) == ("jam.border.brown", "brown@border.example", "")
    refused = browser.post(f"{row['url']}actions/show/", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "own-half")
    shown = head.post(f"{row['url']}actions/show/", {}, content_type="application/json").json()
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", shown["secret"])
    assert head.get(row["url"]).json()["secret"] == ""
    gone = browser.post(f"{made.json()['url']}actions/revoke/", {"reason": "x"}, content_type="application/json")
    assert gone.json()["state"] == "revoked"


# --- many ---

HEAD = "name,username,email,desk,role,clearance\n"
GOOD = "Ivy Brown,jam.border.brown,brown@border.example,JAM.border,officer,official\n"
ALSO = "Otto White,jam.customs.white,white@border.example,JAM.customs,reader,1\n"


def test_many_are_looked_through_then_sent_one_by_one(client_for):
    browser = client_for(ADMIN)
    seen = browser.post(reverse("people:invitation_bulk"), {"text": HEAD + GOOD + ALSO})
    assert seen.status_code == 200
    assert not Invitation.objects.exists()
    sent = browser.post(reverse("people:invitation_bulk"), {"text": HEAD + GOOD + ALSO, "confirm": "yes"})
    assert Invitation.objects.count() == 2
    assert Handover.objects.filter(state="waits").count() == 2
    assert not [one for one in Handover.objects.all() if left_of(one.user) in sent.content.decode()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Otto White,brb.white,white@border.example,BRB.border,reader,1\n", "no desk BRB.border"),
        ("Otto White,jam.white,not an address,JAM.border,reader,1\n", "without spaces"),
        ("Otto White,jam.white,w@border.example,JAM.border,emperor,1\n", "Roles at this desk"),
        ("Otto White,jam.white,w@border.example,JAM.border,reader,secret\n", "Clearance"),
        ("Otto White,jam.border.officer,w@border.example,JAM.border,reader,1\n", "This user name is taken"),
        ("Otto White,jam.border.brown,w@border.example,JAM.border,reader,1\n", "earlier line"),
        ("Otto White,jam.white\n", "6 columns"),
    ],
)
def test_one_wrong_line_is_told_and_nothing_is_sent_or_lost(line, said, client_for):
    answer = client_for(ADMIN).post(reverse("people:invitation_bulk"), {"text": HEAD + GOOD + line, "confirm": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Otto White" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "names the columns"), ("a,b\n1,2", "names the columns"), (HEAD, "no lines"),
     (HEAD + GOOD * 201, "at most 200"), (HEAD + '"open', "6 columns")],
)  # fmt: skip
def test_a_sheet_that_is_none_says_why(text, said):
    lines, wrong = account_sheets.read_account_sheet(text)
    assert said in (wrong or " ".join(lines[0].faults))


def test_semicolons_and_columns_in_another_order_are_read():
    (line,), wrong = account_sheets.read_account_sheet(
        "username;name;desk;role;email;clearance\njam.x;A B;JAM.border;head;a@b.example;2"
    )
    assert wrong == ""
    assert (line.number, line.said["role"], line.said["name"], line.faults) == (2, "head", "A B", [])
