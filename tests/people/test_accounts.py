"""Accounts: who gives them, suspends them and renews them, and how the first of a party comes about."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY
from apps.access.models import IdempotencyKey
from apps.access.refusal import Refused
from apps.access.verdict import Deny
from apps.audit.models import AuditRecord
from apps.people import actions, policy
from apps.people.actions import stream_rights
from apps.people.actions.stream_rights import Claim
from apps.people.models import Seat, User
from apps.people.queries import actor_for, has_second_factor, seats_of, service_actor
from tests.keys import a_key
from tests.people.governing import approved_to_renew, left_of, whole

ADMIN = "jam.administration.administrator"
OTHERS_ADMIN = "brb.administration.administrator"
BROWN = {"username": "jam.border.brown", "name": "Ivy Brown", "clearance": 1}
ONE_TIME = re.compile(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}")


def account(username: str) -> User:
    return User.objects.get(username=username)


def an_actor(function: str, rank: int, **more: Any) -> Actor:
    who = {
        "user_id": 1,
        "person": "x",
        "seat_id": 1,
        "seat_kind": "standing",
        "desk_id": 1,
        "role": "x",
        "groups": (1,),
    }
    where = {"desk_code": f"JAM.{function}", "party_code": "JAM", "party_name": "Jamaica", "time_zone": "UTC"}
    return Actor(**{**who, **where, "function": function, "rank": rank, "clearance": 1, **more})


def somebody(pk: int = 2, party: str = "JAM", *, person: bool = True) -> Any:
    return SimpleNamespace(pk=pk, home_party_id=party, has_usable_password=lambda: person)


# --- policies ---


@pytest.mark.parametrize(
    ("function", "rank", "verdict"),
    [
        ("administration", 3, True),
        ("administration", 2, Deny("not-administrator")),
        ("oversight", 3, Deny("not-administrator")),
        ("border", 3, Deny("not-administrator")),
        ("platform", 3, Deny("not-administrator")),
    ],
)
def test_only_account_administrators_give_and_change_accounts(function, rank, verdict):
    assert policy.may_open_account(an_actor(function, rank), None) == verdict
    assert policy.may_change_account(an_actor(function, rank), somebody()) == verdict


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (somebody(), True),
        (somebody(pk=1), Deny("own-account")),
        (somebody(party="BRB"), Deny("not-administrator")),
        (somebody(person=False), Deny("program-account")),
    ],
    ids=["a colleague", "himself", "another party's", "a program's"],
)
def test_an_administrator_changes_others_of_his_own_party_only(target, verdict):
    assert policy.may_change_account(an_actor("administration", 3), target) == verdict


@pytest.mark.parametrize(
    ("function", "kind", "via", "allowed"),
    [
        ("platform", "service", "task", True),
        ("platform", "service", "api", False),
        ("platform", "standing", "web", False),
        ("platform", "standing", "task", False),
        ("automation", "service", "task", False),
        ("administration", "standing", "web", False),
    ],
)
def test_the_first_administrator_is_installed_from_the_command_line_alone(function, kind, via, allowed):
    verdict = policy.may_install(an_actor(function, 2, seat_kind=kind, via=via), None)
    assert verdict == (True if allowed else Deny("not-platform"))


# --- giving an account ---


def test_an_administrator_gives_a_person_of_his_party_an_account(cast):
    made = actions.open_account(cast[ADMIN], None, **BROWN)
    kept = account("jam.border.brown")
    assert (kept.full_name, kept.home_party_id, kept.state, kept.clearance) == ("Ivy Brown", "JAM", "active", 1)
    assert kept.must_change_password
    assert kept.check_password(whole(made))
    assert not kept.check_password(made.secret), "nobody alone is given all of it"
    assert seats_of(kept) == []
    row = AuditRecord.objects.visible_to(cast[ADMIN]).get(verb="account.open")
    assert (row.stream, row.person, row.outcome, row.object_id) == ("JAM", ADMIN, "done", str(kept.pk))


def test_one_time_passwords_are_random_and_kept_nowhere(cast):
    first = actions.open_account(cast[ADMIN], None, **BROWN).secret
    second = actions.renew_account(cast[ADMIN], account("jam.border.brown")).secret
    assert ONE_TIME.fullmatch(f"{first}-{left_of(account('jam.border.brown'))}")
    assert ONE_TIME.fullmatch(f"{second}-{left_of(account('jam.border.brown'))}")
    assert first != second
    assert not hasattr(account("jam.border.brown"), "secret")
    assert second not in str(User.objects.filter(username="jam.border.brown").values()[0])
    assert second not in str(list(AuditRecord.objects.values()))


@pytest.mark.parametrize(
    "name",
    ["brb.border.brown", "jam", "jam.", "jamborder", "JAM.border.brown", "jam.Border", "jam. x", "jam.é", "svc.jam.x"],
)
def test_a_user_name_begins_with_the_code_of_the_party(cast, name):
    with pytest.raises(ValidationError) as wrong:
        actions.open_account(cast[ADMIN], None, **{**BROWN, "username": name})
    assert set(wrong.value.message_dict) == {"username"}
    assert not User.objects.filter(username=name).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"username": "jam.border.head"}, "username"), ({"name": "  "}, "name"), ({"clearance": 3}, "clearance")],
    ids=["a name that is taken", "no name", "secret"],
)
def test_an_account_that_cannot_be_is_refused_in_words(cast, wrong, field):
    before = User.objects.count()
    with pytest.raises(ValidationError) as told:
        actions.open_account(cast[ADMIN], None, **{**BROWN, **wrong})
    assert set(told.value.message_dict) == {field}
    assert User.objects.count() == before


@pytest.mark.parametrize("who", ["jam.border.head", "jrcc.oversight.officer", "jrcc.watch.supervisor"])
def test_nobody_else_gives_accounts_and_the_attempt_is_recorded(cast, who):
    with pytest.raises(Refused, match="not-administrator"):
        actions.open_account(cast[who], None, **BROWN)
    row = AuditRecord.objects.get(verb="account.open")
    assert (row.outcome, row.reason, row.person) == ("refused", "not-administrator", who)


# --- suspending and opening again ---


def test_a_suspended_person_has_no_seat_no_session_and_no_stream(cast, client_for):
    officer, browser = account("jam.border.officer"), client_for("jam.border.officer")
    seat, key = cast["jam.border.officer"], browser.session.session_key
    UserSession.objects.create(user=officer, session_key=key, ip="127.0.0.1", user_agent="x")
    claim = Claim(officer.pk, seat.seat_id, seat.clearance, session_key=key)
    assert stream_rights.still_held([claim]) == {claim}
    actions.suspend_account(cast[ADMIN], officer, reason="telephone stolen")
    assert actor_for(officer, seat.seat_id) is None
    assert not Session.objects.filter(session_key=key).exists()
    assert not UserSession.objects.filter(user=officer).exists()
    assert stream_rights.still_held([claim]) == set()
    assert Seat.objects.get(pk=seat.seat_id).state == "current"
    assert account("jam.border.officer").reason == "telephone stolen"


def test_a_session_that_no_list_knows_ends_with_the_account(cast, client_for):
    browser = client_for("jam.border.officer")
    assert browser.get(reverse("people:desk")).status_code == 200
    actions.suspend_account(cast[ADMIN], account("jam.border.officer"), reason="left")
    assert Session.objects.filter(session_key=browser.session.session_key).exists()
    assert browser.get(reverse("people:desk")).url.startswith(reverse("account_login"))
    assert browser.get("/api/v1/people/me/").status_code == 401


def test_a_reactivated_person_sits_where_he_sat(cast):
    officer = account("jam.border.officer")
    actions.suspend_account(cast[ADMIN], officer, reason="under inquiry")
    actions.reactivate_account(cast[ADMIN], officer)
    again = account("jam.border.officer")
    assert (again.state, again.reason, [seat.desk.code for seat in seats_of(again)]) == ("active", "", ["JAM.border"])
    verbs = list(AuditRecord.objects.filter(stream="JAM", outcome="done").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["account.suspend", "account.reactivate"]


@pytest.mark.parametrize(("verb", "wanted"), [("suspend", {"reason": "x"}), ("reactivate", {}), ("renew", {})])
def test_nobody_touches_his_own_account_a_programs_or_another_partys(cast, verb, wanted):
    run = REGISTRY[f"account.{verb}"].run
    a_key("JAM.border", "read")
    with pytest.raises(Refused, match="own-account"):
        run(cast[ADMIN], account(ADMIN), **wanted)
    with pytest.raises(Refused, match="program-account"):
        run(cast[ADMIN], account("svc.jam.border"), **wanted)
    with pytest.raises(Refused, match="not-visible"):
        run(cast[OTHERS_ADMIN], account("jam.border.officer"), **wanted)
    assert set(User.objects.values_list("state", flat=True)) == {"active"}


def test_of_two_administrators_who_suspend_each_other_one_stays(cast):
    second = actions.install_administrator(
        service_actor("IMPACS.platform"), None, party="JAM", username="jam.two", name="B", force=True
    )
    there = actor_for(second, Seat.objects.get(user=second).pk)
    first = cast[ADMIN]
    actions.suspend_account(there, account(ADMIN), reason="x")
    with pytest.raises(Refused, match="last-administrator"):
        actions.suspend_account(first, second, reason="x")
    assert account("jam.two").state == "active"


@pytest.mark.parametrize(
    ("state", "verb"), [("suspended", "suspend"), ("suspended", "renew"), ("active", "reactivate")]
)
def test_an_act_in_the_wrong_state_is_refused(cast, state, verb):
    officer = account("jam.border.officer")
    if state == "suspended":
        actions.suspend_account(cast[ADMIN], officer, reason="x")
    with pytest.raises(Refused, match="wrong-state"):
        REGISTRY[f"account.{verb}"].run(cast[ADMIN], officer, **({"reason": "x"} if verb == "suspend" else {}))


# --- a new one-time password ---


def test_a_new_one_time_password_ends_the_old_one_the_second_factor_and_the_sessions(cast, client_for):
    head, browser = account("jam.border.head"), client_for("jam.border.head")
    assert has_second_factor(head)
    approved_to_renew(cast, "jam.border.head")
    made = actions.renew_account(cast[ADMIN], head)
    head.refresh_from_db()
    assert head.check_password(whole(made))
    assert not head.check_password("demo jam.border.head 2008")
    assert head.must_change_password
    assert not Authenticator.objects.filter(user=head).exists()
    assert browser.get(reverse("people:desk")).url.startswith(reverse("account_login"))
    assert AuditRecord.objects.get(verb="account.renew").changed == ["must_change_password", "password"]


# --- the API ---


def test_the_api_gives_the_one_time_password_in_one_answer_only(client_for):
    browser, url = client_for(ADMIN), "/api/v1/people/accounts/"
    headers = {"Idempotency-Key": "one"}
    first = browser.post(url, BROWN, content_type="application/json", headers=headers)
    assert first.status_code == 201, first.content
    secret = first.json()["one_time_password"]
    brown = account("jam.border.brown")
    assert brown.check_password(f"{secret}-{left_of(brown)}")
    again = browser.post(url, BROWN, content_type="application/json", headers=headers)
    assert (again.status_code, again.json()["one_time_password"]) == (201, "")
    assert secret not in str(list(IdempotencyKey.objects.values()))
    read = browser.get(first.json()["url"])
    assert read.json() == {**first.json(), "one_time_password": ""}
    renewed = browser.post(f"{first.json()['url']}actions/renew/", content_type="application/json").json()
    whole_one = f"{renewed['one_time_password']}-{left_of(brown)}"
    assert account("jam.border.brown").check_password(whole_one)


def test_the_api_says_what_is_wrong_with_an_account(client_for):
    wanted = {"username": "brb.x", "name": "X", "clearance": 3}
    answer = client_for(ADMIN).post("/api/v1/people/accounts/", wanted, content_type="application/json")
    assert (answer.status_code, [fault["pointer"] for fault in answer.json()["errors"]]) == (400, ["/clearance"])
    answer = client_for(ADMIN).post(
        "/api/v1/people/accounts/", {**wanted, "clearance": 1}, content_type="application/json"
    )
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/username"]


def test_a_key_of_the_administration_desk_gives_no_accounts(api):
    answer = api("JAM.administration").post("/api/v1/people/accounts/", BROWN, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-administrator")


# --- the command line ---


def test_the_command_gives_a_party_its_first_administrator(cast, capsys):
    call_command("install_party_admin", "hti", "hti.baptiste", "Marie Baptiste")
    *_, password = capsys.readouterr().out.splitlines()
    made = account("hti.baptiste")
    assert made.check_password(password)
    assert made.must_change_password
    (seat,) = seats_of(made)
    assert (seat.desk.code, seat.role, seat.rank) == ("HTI.administration", "administrator", 3)
    rows = AuditRecord.objects.filter(stream="HTI").order_by("pk").values_list("verb", "desk", "outcome")
    assert set(rows) == {("account.install", "IMPACS.platform", "done"), ("seat.appoint", "IMPACS.platform", "done")}


def test_the_new_administrator_gives_the_next_account(cast, capsys):
    call_command("install_party_admin", "HTI", "hti.baptiste", "Marie Baptiste")
    made = account("hti.baptiste")
    actor = actor_for(made, seats_of(made)[0].pk)
    actions.open_account(actor, None, username="hti.border.paul", name="Jean Paul", clearance=2)
    assert account("hti.border.paul").home_party_id == "HTI"


def test_a_party_with_an_administrator_gets_another_only_by_force(cast, capsys):
    with pytest.raises(CommandError, match="has an account administrator already"):
        call_command("install_party_admin", "JAM", "jam.second", "Second One")
    assert not User.objects.filter(username="jam.second").exists()
    refused = AuditRecord.objects.get(verb="account.install")
    assert (refused.outcome, refused.reason) == ("refused", "has-administrator")
    call_command("install_party_admin", "JAM", "jam.second", "Second One", "--force")
    assert account("jam.second").home_party_id == "JAM"


@pytest.mark.parametrize(
    ("party", "username", "words"),
    [
        ("XXX", "xxx.a", "No party XXX"),
        ("7T", "7t.a", "No party 7T"),
        ("HTI", "jam.a", "Start with hti."),
        ("HTI", "hti", "Start with hti."),
    ],
)
def test_the_command_refuses_in_words(cast, party, username, words):
    with pytest.raises(CommandError, match=words):
        call_command("install_party_admin", party, username, "A B")


def test_the_platform_desk_sees_administrators_and_nobody_else(cast):
    platform = service_actor("IMPACS.platform")
    seen = User.objects.visible_to(platform).exclude(pk=platform.user_id).values_list("username", flat=True)
    assert set(seen) == {
        name for name in User.objects.values_list("username", flat=True) if name.endswith("administrator")
    }
    assert not User.objects.visible_to(replace(platform, function="automation")).exclude(pk=platform.user_id).exists()
