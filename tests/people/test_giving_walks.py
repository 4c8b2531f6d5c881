"""Each way of giving access step by step: with one left out nothing acts, and what acts names who decided."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.entrance import actions as entrance
from apps.entrance.models import KeyLimit
from apps.manifests.actions import drop_folder
from apps.manifests.models import Submission
from apps.people import actions
from apps.people.actions import approvals, emergency, handovers, secondments
from apps.people.models import AccountProposal, Handover, Seat, User
from apps.people.queries import actor_for, actor_for_token, seats_of
from tests import world
from tests.days import in_days
from tests.keys import by_two
from tests.people.governing import ADMIN, BROWN, PASSWORD, PLATFORM

pytestmark = pytest.mark.django_db
HEAD, OFFICER, JRCC = "jam.border.head", "jam.border.officer", "jrcc.administration.administrator"

# --- nothing acts before everybody whose it is has decided ---

Step = tuple[str, Callable[[], Any]]


def walked(steps: list[Step], acts: Callable[[], Any], left_out: int) -> None:
    """Do all steps but one: whatever still goes through, nothing acts."""
    for number, (_name, step) in enumerate(steps):
        if number == left_out:
            continue
        assert not acts()
        try:
            step()
        except (Refused, ValidationError, ObjectDoesNotExist, TypeError, AttributeError):
            continue
    assert not acts(), steps[left_out][0]


class AKey:
    """A key: asked for, approved by the desk, shown."""

    def __init__(self, cast: Any) -> None:
        asked = {"desk": "JAM.border", "scope": "write"}
        self.key: Any = None
        self.secret = "ccp_none"
        self.steps: list[Step] = [
            ("asked for", lambda: setattr(self, "key", actions.propose_api_key(cast[ADMIN], None, **asked))),
            ("approved by the desk", lambda: actions.approve_api_key(cast[HEAD], self.key)),
            ("shown", lambda: setattr(self, "secret", actions.show_api_key(cast[HEAD], self.key).secret)),
        ]  # fmt: skip

    def acts(self) -> Any:
        found = actor_for_token(actions.digest(self.secret))
        return found and found[0]


class ASecondment:
    """A person of another party: asked for by one, agreed to by their own."""

    def __init__(self, cast: Any) -> None:
        asked = {"user": OFFICER, "desk": "JRCC.watch", "role": "officer", "last_day": in_days(9), "reason": "x"}
        self.row: Any = None
        self.steps: list[Step] = [
            ("asked for", lambda: setattr(self, "row", secondments.ask_for_person(cast[JRCC], None, **asked))),
            ("agreed to", lambda: secondments.agree_to_second_person(cast[ADMIN], self.row)),
        ]

    def acts(self) -> Any:
        seat = Seat.objects.current().filter(user__username=OFFICER, desk__code="JRCC.watch").first()
        return seat and actor_for(seat.user, seat.pk)


class ASeat:
    """A seat that decides: asked for, approved."""

    def __init__(self, cast: Any) -> None:
        wanted = {"user": "jam.ministry.reader", "desk": "JAM.customs", "role": "head"}
        ask = lambda: setattr(self, "row", actions.do_or_ask(cast[ADMIN], "seat.appoint", None, **wanted))  # noqa: E731
        self.row: Any = None
        self.steps: list[Step] = [
            ("asked for", ask),
            ("approved", lambda: approvals.approve_proposal(cast[PLATFORM], self.row)),
        ]

    def acts(self) -> Any:
        return Seat.objects.current().filter(user__username="jam.ministry.reader", desk__code="JAM.customs").first()


class AnInvitation:
    """A person who is invited: by an administrator, handed the code by another, confirmed by the desk."""

    def __init__(self, cast: Any) -> None:
        self.row: Any = None
        self.code = "aaaa-aaaa"
        self.steps: list[Step] = [
            ("invited", lambda: setattr(self, "row", actions.send_invitation(cast[ADMIN], None, **BROWN))),
            ("code handed over", lambda: setattr(self, "code", self.handed(cast[PLATFORM]))),
            ("opened", lambda: actions.join(actions.link_of(self.row), code=self.code, password=PASSWORD)),
            ("confirmed", lambda: actions.confirm_newcomer(cast[HEAD], self.row)),
        ]

    def handed(self, by: Any) -> str:
        row = Handover.objects.get(user__username=BROWN["username"], state="waits")
        return handovers.show_handed_over_secret(by, row).secret

    def acts(self) -> Any:
        user = User.objects.filter(username=BROWN["username"]).first()
        seats = seats_of(user) if user else []
        assert bool(seats) == bool(Seat.objects.current().filter(user=user).exists() if user else False)
        return seats


WALKS = [(AKey, 0), (AKey, 1), (AKey, 2), (ASecondment, 0), (ASecondment, 1), (ASeat, 0), (ASeat, 1),
         (AnInvitation, 0), (AnInvitation, 1), (AnInvitation, 2), (AnInvitation, 3)]  # fmt: skip


@pytest.mark.parametrize(("way", "left_out"), WALKS)
def test_without_one_of_its_steps_nothing_acts(way, left_out, cast):
    walk = way(cast)
    if (way, left_out) == (AnInvitation, 1):  # the code is in the portal's hands: five guesses, and none is right
        walk.code = "zzzz-zzzz"
    walked(walk.steps, walk.acts, left_out)


@pytest.mark.parametrize("way", [AKey, ASecondment, ASeat, AnInvitation])
def test_with_all_of_them_it_acts(way, cast):
    walk = way(cast)
    for _name, step in walk.steps:
        assert not walk.acts()
        step()
    assert walk.acts()


# --- under whose name ---


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Put a passenger list into the folder of a carrier, and collect it."""
    monkeypatch.setattr(drop_folder, "SETTLED_S", -1)

    def put() -> dict[str, int]:
        place = tmp_path / "7T.carrier" / "in"
        place.mkdir(parents=True, exist_ok=True)
        (place / "tele.txt").write_text(world.a_message(), encoding="utf-8")
        return drop_folder.collect(tmp_path)

    return put


def test_a_folder_sends_in_no_carriers_name_before_the_carrier_has_agreed_to_a_key(cast, folder):
    asked = actions.propose_api_key(cast[PLATFORM], None, desk="7T.carrier", scope="write")
    assert Seat.objects.filter(desk__code="7T.carrier", kind="service").exists(), "the seat alone is nobody's word"
    assert folder() == {"done": 0, "failed": 1}
    agent = cast["7t.carrier.agent"]
    key = actions.show_api_key(agent, actions.approve_api_key(agent, asked))
    assert folder() == {"done": 1, "failed": 0}
    row = AuditRecord.objects.filter(verb="submission.receive", outcome="done").latest("id")
    assert row.detail["key"] == key.prefix
    assert (row.detail["key_made_by"], row.detail["key_approved_by"]) == (PLATFORM, "7t.carrier.agent")
    actions.revoke_api_key(agent, key)
    assert folder() == {"done": 0, "failed": 1}
    assert Submission.objects.count() == 1


def test_a_key_that_reads_or_is_for_other_verbs_sends_nothing_from_a_folder(cast, folder):
    agent = cast["7t.carrier.agent"]
    for more in ({"scope": "read"}, {"scope": "write", "verbs": "hit.acknowledge"}):
        asked = actions.propose_api_key(cast[PLATFORM], None, desk="7T.carrier", **more)
        actions.show_api_key(agent, actions.approve_api_key(agent, asked))
        assert folder()["done"] == 0
    assert not Submission.objects.exists()


# --- from where and for what a key is ---


def test_from_where_and_for_what_a_key_is_stands_in_what_is_approved(cast, client_for):
    asked = actions.propose_api_key(
        cast[ADMIN], None, desk="JAM.border", scope="write", networks="192.0.2.0/24", verbs="hit.acknowledge",
        collections="jrcc-hits",
    )  # fmt: skip
    page = client_for(HEAD).get(f"/people/keys/{asked.uid}/approve/").content.decode()
    assert all(one in page for one in ("192.0.2.0/24", "hit.acknowledge", "jrcc-hits"))
    key = actions.show_api_key(cast[HEAD], actions.approve_api_key(cast[HEAD], asked))
    assert actor_for_token(key.sha256, address="203.0.113.9") is None
    actor, _key = actor_for_token(key.sha256, address="192.0.2.9")
    assert (actor.verbs, actor.collections) == (("hit.acknowledge",), ("jrcc-hits",))


def test_without_networks_a_key_is_for_those_of_its_party(cast):
    limits = {"factors": ["totp", "webauthn"], "session_minutes": 60, "idle_minutes": 10, "why": "x"}
    at_home = dataclasses.replace(cast[ADMIN], address="198.51.100.7")
    entrance.set_sign_in_rule(at_home, None, networks="198.51.100.0/24", **limits)
    key = by_two(cast[ADMIN], cast[HEAD])
    assert KeyLimit.objects.get(token=key).networks == ["198.51.100.0/24"]
    named = by_two(cast[ADMIN], cast[HEAD], networks="192.0.2.0/24")
    assert KeyLimit.objects.get(token=named).networks == ["192.0.2.0/24"]
    assert not KeyLimit.objects.filter(token=by_two(cast["brb.administration.administrator"], cast["brb.border.head"],
        desk="BRB.border")).exists()  # fmt: skip


@pytest.mark.parametrize(
    "to", ["", "0.0.0.0/0", "192.0.2.0/23", "198.51.100.0/24", "192.0.2.0/25 198.51.100.7", "::/0"]
)
def test_what_was_approved_is_not_widened_by_one(to, cast):
    key = by_two(cast[ADMIN], cast[HEAD], networks="192.0.2.0/24")
    with pytest.raises(ValidationError, match="narrowed"):
        entrance.set_key_limit(cast[ADMIN], None, token=key, networks=to)
    entrance.set_key_limit(cast[ADMIN], None, token=key, networks="192.0.2.64/26", verbs="hit.acknowledge")
    with pytest.raises(ValidationError, match="narrowed"):
        entrance.set_key_limit(cast[ADMIN], None, token=key, networks="192.0.2.64/26", verbs="")
    assert KeyLimit.objects.get(token=key).networks == ["192.0.2.64/26"]


# --- a seat above the giver ---


def test_a_seat_from_which_more_is_read_than_the_giver_may_read_takes_two(cast, client_for):
    cast_admin, wanted = cast[ADMIN], {"user": "jam.intelligence.officer", "desk": "JAM.ministry", "role": "drafter"}
    User.objects.filter(username=ADMIN).update(clearance=1)
    with pytest.raises(Refused, match="needs-approval"):
        actions.appoint_person(cast_admin, None, **wanted)
    proposal = actions.do_or_ask(cast_admin, "seat.appoint", None, **wanted)
    assert isinstance(proposal, AccountProposal)
    assert approvals.approve_proposal(cast[PLATFORM], proposal).state == "done"
    seat = Seat.objects.get(user__username="jam.intelligence.officer", desk__code="JAM.intelligence")
    with pytest.raises(Refused, match="transfer-takes-two"):
        actions.transfer_appointment(cast_admin, seat, desk="JAM.customs", role="officer", reason="x")


def test_an_emergency_seat_is_for_an_hour_at_ones_own_level_and_another_person_judges_it(cast):
    own = User.objects.get(username=HEAD)
    use = emergency.take_emergency_seat(cast[HEAD], None, desk="JAM.intelligence", cause="life", why="x" * 60)
    assert min(own.clearance, use.seat.desk.function.max_level) <= own.clearance
    assert (use.seat.valid_to - timezone.now()).total_seconds() <= 3600
    with pytest.raises(Refused, match="own-emergency"):
        emergency.judge_emergency_seat(cast[HEAD], use, outcome="justified", finding="fine")
