"""A key of a desk takes two people: who asks, somebody else of that very desk, and one of them is shown it, once."""

import datetime
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.declared_actions import REGISTRY
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.oversight.models import AnomalyRule
from apps.oversight.queries.anomalies import key_by_command
from apps.people import actions
from apps.people.actions import clock
from apps.people.models import Desk, DeskToken, Function, Seat, User
from apps.people.queries import actor_for_token
from demo import people as demo
from tests.days import in_days
from tests.keys import ASKED, a_key, by_two
from tests.people import governing
from tests.people.governing import ADMIN, PLATFORM, a_second_administrator, at_seat
from tests.screening.people import KEEPER, a_list
from tests.screening.test_api import BODY, ENTRIES

pytestmark = pytest.mark.django_db
HEAD, OFFICER = "jam.border.head", "jam.border.officer"
KEYS = "/api/v1/people/keys/"
PRIVATE = ["JAM.intelligence", "JAM.oversight", "TTO.intelligence", "JRCC.watch", "IMPACS.platform", "7T.carrier"]


def asked(cast: Any, **more: Any) -> DeskToken:
    return actions.propose_api_key(cast[ADMIN], None, **{**ASKED, **more})


def another_seat(username: str, desk: str, rank: int, **more: Any) -> Any:
    """The person acting from a further seat."""
    at, user = Desk.objects.select_related("function").get(code=desk), User.objects.get(username=username)
    seat = Seat.objects.create(user=user, desk=at, role=at.function.roles[rank - 1], rank=rank, **more)
    return at_seat(user, seat)


# --- nobody alone ---


def test_no_seat_of_the_cast_gets_a_key_of_any_desk_alone(cast):
    """Every seat tries everything with everything: no key is there that one person had a hand in alone."""
    desks = list(Desk.objects.filter(active=True).values_list("code", flat=True))
    wrong = []
    for name in demo.usernames():
        actor = cast[name]
        for desk in desks if actor.rank == 3 or actor.function == "carrier" else PRIVATE:
            try:
                made = actions.propose_api_key(actor, None, **{**ASKED, "desk": desk})
            except (Refused, ValidationError):
                continue
            own = desk.partition(".")[0] == actor.party_code if actor.function == "administration" else None
            if own is False or (actor.function == "platform" and desk != actor.desk_code and "carrier" not in desk):
                wrong.append((name, desk, "asked for"))
            for verb in ("token.approve", "token.show"):
                try:
                    REGISTRY[verb].run(actor, made)
                    wrong.append((name, desk, verb))
                except Refused:
                    continue
    assert wrong == []
    assert DeskToken.objects.filter(state="proposed").exists()
    assert not DeskToken.objects.exclude(state="proposed").exists()


@pytest.mark.parametrize("name", [ADMIN, PLATFORM, "jrcc.administration.administrator", HEAD, "7t.carrier.agent"])
def test_over_http_nobody_alone_is_told_a_key(name, client_for):
    browser, told = client_for(name), []
    for desk in PRIVATE:
        answer = browser.post(KEYS, {**ASKED, "desk": desk}, content_type="application/json")
        assert answer.status_code in {202, 400, 403}, (desk, answer.status_code)
        told.append(answer.content)
        if answer.status_code == 202:
            told += [
                browser.post(f"{answer['Location']}actions/{verb}/", {}, content_type="application/json").content
                for verb in ("approve", "show")
            ]
            page = reverse("people:token_do", args=[answer.json()["id"], "show"])
            told.append(browser.post(page).content)
        told.append(browser.post(reverse("people:tokens"), {**ASKED, "desk": desk}).content)
    assert b"ccp_" not in b"".join(told)
    assert not DeskToken.objects.exclude(sha256=None).exists()


def test_the_verb_of_the_command_line_has_no_address_and_is_no_persons(cast, client_for):
    wanted = {"desk": "JAM.border", "scope": "read", "days": 1}
    for name in (ADMIN, PLATFORM, HEAD):
        with pytest.raises(Refused, match="not-platform"):
            actions.create_api_key(cast[name], None, **wanted)
    program, _ = actor_for_token(actions.digest(a_key("IMPACS.platform").secret))
    with pytest.raises(Refused, match="not-platform"):
        actions.create_api_key(program, None, **wanted)
    with pytest.raises(Refused, match="not-administrator"):
        actions.propose_api_key(program, None, **wanted)


# --- the second person ---


def test_the_second_person_is_of_the_desk_and_another_person(cast):
    token = asked(cast)
    for name, why in (
        (ADMIN, "own-proposal"),
        (OFFICER, "not-visible"),
        ("jam.intelligence.head", "not-visible"),
        ("brb.border.head", "not-visible"),
        (PLATFORM, "not-key-desk"),
        ("jam.oversight.officer", "not-key-desk"),
    ):
        with pytest.raises(Refused, match=why):
            actions.approve_api_key(cast[name], token)
    with pytest.raises(Refused, match="not-key-desk"):
        actions.approve_api_key(a_second_administrator(), token)
    with pytest.raises(Refused, match="own-proposal"):
        actions.approve_api_key(another_seat(ADMIN, "JAM.border", 3), token)
    with pytest.raises(Refused, match="not-visible"):
        actions.approve_api_key(another_seat(OFFICER, "JAM.border", 3, kind="acting"), token)
    assert actions.approve_api_key(cast[HEAD], token).state == "approved"


@pytest.mark.parametrize("kind", ["acting", "emergency"])
def test_who_stands_in_at_the_desk_or_sits_there_in_an_emergency_decides_on_no_key(kind, cast):
    token = asked(cast)
    stands_in = another_seat(OFFICER, "JAM.border", 3, kind=kind, valid_to=timezone.now() + datetime.timedelta(hours=1))
    with pytest.raises(Refused):
        actions.approve_api_key(stands_in, token)


@pytest.mark.parametrize("desk", ["JAM.administration", "JAM.contact", "JAM.oversight", "JRCC.watch", "BRB.border"])
def test_where_nobody_else_decides_or_it_is_not_ones_own_no_key_is_asked_for(desk, cast):
    with pytest.raises(ValidationError):
        asked(cast, desk=desk)
    assert not DeskToken.objects.exists()


def test_a_key_of_the_administration_takes_a_second_administrator(cast):
    second = a_second_administrator()
    token = by_two(cast[ADMIN], second, desk="JAM.administration")
    assert actor_for_token(actions.digest(token.secret))[0].desk_code == "JAM.administration"


def test_a_carrier_is_given_a_key_by_the_platform_and_its_own_agent(cast, client_for):
    token = actions.propose_api_key(cast[PLATFORM], None, desk="7T.carrier", scope="write", days=90)
    for name in (PLATFORM, "8z.carrier.agent"):
        with pytest.raises(Refused):
            actions.approve_api_key(cast[name], token)
    agent = cast["7t.carrier.agent"]
    assert "A key of your desk waits" in client_for("7t.carrier.agent").get(reverse("people:desk")).content.decode()
    approved = actions.approve_api_key(agent, token)
    with pytest.raises(Refused, match="key-above-you"):
        actions.show_api_key(cast[PLATFORM], approved)
    assert actions.show_api_key(agent, approved).secret.startswith("ccp_")


# --- how much it reads ---


@pytest.mark.parametrize(
    ("desk", "second", "chosen", "reads"),
    [
        ("JAM.intelligence", "jam.intelligence.head", None, 1),
        ("JAM.intelligence", "jam.intelligence.head", 3, 3),
        ("JAM.intelligence", "jam.intelligence.head", 0, 0),
        ("JAM.border", HEAD, 2, 2),
    ],
)
def test_a_key_reads_official_unless_the_second_person_says_more(desk, second, chosen, reads, cast):
    token = by_two(cast[ADMIN], cast[second], clearance=chosen, desk=desk)
    actor, _ = actor_for_token(actions.digest(token.secret))
    assert (actor.clearance, actor.desk_code) == (reads, desk)


@pytest.mark.parametrize("own", [0, 1, 2, 3])
@pytest.mark.parametrize("chosen", [None, 0, 1, 2, 3])
def test_no_key_reads_more_than_the_second_person(own, chosen, cast):
    User.objects.filter(username="jam.intelligence.head").update(clearance=own)
    cast.pop("jam.intelligence.head", None)
    token, second = asked(cast, desk="JAM.intelligence"), cast["jam.intelligence.head"]
    try:
        approved = actions.approve_api_key(second, token, clearance=chosen)
    except ValidationError:
        assert chosen > own
        return
    assert approved.clearance <= own
    assert approved.clearance == (min(1, own) if chosen is None else chosen)


def test_a_lower_clearance_of_the_desk_lowers_its_keys(cast):
    token = by_two(cast[ADMIN], cast["jam.intelligence.head"], clearance=3, desk="JAM.intelligence")
    Function.objects.filter(pk="intelligence").update(max_level=1)
    assert actor_for_token(actions.digest(token.secret))[0].clearance == 1


def test_an_administrator_is_not_shown_what_reads_more_than_he_does(cast):
    token = actions.approve_api_key(cast["jam.intelligence.head"], asked(cast, desk="JAM.intelligence"), clearance=3)
    with pytest.raises(Refused, match="key-above-you"):
        actions.show_api_key(cast[ADMIN], token)
    assert actions.show_api_key(cast["jam.intelligence.head"], token).state == "live"


def test_two_keys_of_one_desk_are_not_given_each_others_answers(api, cast):
    low = by_two(cast[ADMIN], cast[HEAD]).secret
    a_list(cast[KEEPER])
    place, wanted, once = ENTRIES, BODY, {"Idempotency-Key": "k" * 20}
    program = api("JAM.border")
    first, again = (program.post(place, wanted, format="json", headers=once) for _time in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    headers = {**once, "Authorization": f"Bearer {low}"}
    other = Client().post(place, wanted, content_type="application/json", headers=headers)
    assert other.status_code in {403, 409}
    assert first.json()["id"] not in other.content.decode()


# --- in time, and only while both are there ---


def test_what_nobody_answers_or_is_shown_lapses(cast):
    token, approved = asked(cast), actions.approve_api_key(cast[HEAD], asked(cast))
    DeskToken.objects.update(lapses_at=timezone.now() - datetime.timedelta(minutes=1))
    assert actions.approve_api_key(cast[HEAD], token).state == "lapsed"
    assert actions.show_api_key(cast[ADMIN], approved).state == "lapsed"
    third = asked(cast)
    DeskToken.objects.filter(pk=third.pk).update(lapses_at=timezone.now())
    assert clock.run(governing.clock(), timezone.now())["keys_lapsed"] == 1
    assert not DeskToken.objects.exclude(sha256=None).exists()


def test_without_the_seat_of_one_of_the_two_it_is_void(cast):
    first, second = asked(cast), actions.approve_api_key(cast[HEAD], asked(cast))
    Seat.objects.filter(pk=cast[ADMIN].seat_id).update(state="ended", valid_to=timezone.now())
    assert actions.approve_api_key(cast[HEAD], first).state == "void"
    assert actions.show_api_key(cast[HEAD], second).state == "void"
    assert not DeskToken.objects.exclude(sha256=None).exists()


def test_a_key_ends_with_its_desk_and_is_not_there_again_when_the_desk_is(cast, client):
    key, approved = by_two(cast[ADMIN], cast[HEAD]), actions.approve_api_key(cast[HEAD], asked(cast))
    Desk.objects.filter(code="JAM.border").update(active=False)
    bearer = {"Authorization": f"Bearer {key.secret}"}
    assert client.get("/api/v1/people/me/", headers=bearer).status_code == 401
    assert client.get("/taxii2/", headers=bearer).status_code == 401
    assert clock.run(governing.clock(), timezone.now())["keys_ended"] == 2
    Desk.objects.filter(code="JAM.border").update(active=True)
    assert client.get("/api/v1/people/me/", headers=bearer).status_code == 401
    assert set(DeskToken.objects.filter(pk__in=[key.pk, approved.pk]).values_list("state", flat=True)) == {"revoked"}
    assert AuditRecord.objects.filter(verb="token.outlive", outcome="done").count() == 2


def test_it_is_refused_with_words_or_taken_back_by_who_asked(cast, client_for):
    refused, other = asked(cast), asked(cast)
    page = reverse("people:token_do", args=[refused.uid, "refuse"])
    assert client_for(HEAD).post(page, {"answer": "Nobody told me."}).status_code == 302
    assert "Nobody told me." in client_for(ADMIN).get(reverse("people:tokens")).content.decode()
    with pytest.raises(Refused, match="not-your-proposal"):
        actions.withdraw_api_key(cast[HEAD], other)
    assert actions.withdraw_api_key(cast[ADMIN], other).state == "withdrawn"


# --- who hears of it, and what the audit says ---


def test_the_desk_and_oversight_hear_of_asking_making_and_refusing(cast, drain):
    by_two(cast[ADMIN], cast["jam.intelligence.head"], desk="JAM.intelligence")
    actions.refuse_api_key(cast["jam.intelligence.head"], asked(cast, desk="JAM.intelligence"), answer="no")
    drain()

    def told(code: str) -> set[str]:
        return set(Notice.objects.filter(code=code).values_list("owner__code", flat=True))

    oversight = {"JAM.oversight", "IMPACS.oversight"}
    assert told("key.proposed") == {"JAM.intelligence", *oversight}
    assert told("key.made") == {"JAM.intelligence", "JAM.administration", *oversight}
    assert told("key.refused") == {"JAM.administration", *oversight}


def test_what_a_key_does_names_who_made_and_who_approved_it(cast, client_for):
    token = by_two(cast[ADMIN], cast[HEAD], scope="write")
    headers = {"Authorization": f"Bearer {token.secret}"}
    refused = Client().post("/api/v1/people/stand-ins/", {"user": "x", "desk": "JAM.border", "role": "head",
        "last_day": str(in_days(30)), "reason": "x"}, content_type="application/json", headers=headers)  # fmt: skip
    assert refused.status_code == 403
    row = AuditRecord.objects.get(person="svc.jam.border", outcome="refused")
    assert row.detail == {"key": token.prefix, "key_made_by": ADMIN, "key_approved_by": HEAD}
    own = client_for("jam.oversight.officer")
    words = f"Key {token.prefix}…, made by {ADMIN}, approved by {HEAD}"
    assert words in own.get(f"{reverse('audit:records')}?person=svc.jam.border").content.decode()
    sheet = own.get(f"{reverse('audit:records')}?person=svc.jam.border&format=csv").content.decode()
    assert f"{token.prefix},{ADMIN},{HEAD}" in sheet
    (line,) = own.get("/api/v1/audit/records/?person=svc.jam.border").json()["results"]
    assert (line["key"], line["key_made_by"], line["key_approved_by"]) == (token.prefix, ADMIN, HEAD)


# --- the operators' command line ---


def command(*args: str) -> list[str]:
    out = io.StringIO()
    call_command("create_token", *args, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_prints_one_key_a_line_for_each_desk_in_order(cast):
    lines = command("--desk", "JAM.border", "--desk", "TTO.intelligence", "--scope", "write", "--days", "2")
    actors = [actor_for_token(actions.digest(line))[0] for line in lines]
    assert [(one.desk_code, one.clearance) for one in actors] == [("JAM.border", 2), ("TTO.intelligence", 3)]
    (narrow,) = command("--desk", "TTO.intelligence", "--scope", "read", "--days", "2", "--clearance", "1")
    assert actor_for_token(actions.digest(narrow))[0].clearance == 1


def test_what_the_operators_make_is_told_recorded_and_a_case(cast, drain, client_for):
    before = timezone.now()
    command("--desk", "TTO.intelligence", "--scope", "read", "--days", "2", "--label", "trial")
    token = DeskToken.objects.get()
    drain()
    told = set(Notice.objects.filter(code="key.by_command").values_list("owner__code", flat=True))
    assert told == {"TTO.intelligence", "TTO.administration", "TTO.oversight", "IMPACS.oversight"}
    actor, _ = actor_for_token(token.sha256)
    assert (actor.key.made_by, actor.key.approved_by) == (f"svc.impacs.platform ({token.operator})", "")
    assert token.operator
    page = client_for("tto.administration.administrator").get(reverse("people:tokens")).content.decode()
    assert "No one: made by command" in page
    rule = AnomalyRule.objects.get(code="key_by_command")
    hour = before.replace(minute=0, second=0, microsecond=0)
    (found,) = key_by_command(rule, hour, hour + datetime.timedelta(hours=2))
    assert (found.party, found.desk, found.count) == ("TTO", "TTO.intelligence", 1)


def test_whoever_is_told_of_a_key_reads_it_among_the_notices(cast, client_for, drain):
    """A key is told of by the id that its page has, which is not its key in the table."""
    by_two(cast[ADMIN], cast[HEAD])
    drain()
    answer = client_for(HEAD).get("/notices/")
    assert answer.status_code == 200
    assert "people.desktoken" in Notice.objects.values_list("object_type", flat=True)
