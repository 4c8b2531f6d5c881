"""Every way of giving access: nobody gives alone what they may not hold, nothing acts under a name that did not decide.

The ways are found from the declared actions: a verb about a record that lets somebody in has to be named below, and a
place in the code that makes such a record has to be one of them. Then everybody tries everything alone, and each way is
walked with one of its people left out.
"""

import ast
import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import BooleanField

from apps.access.declared_actions import REGISTRY
from apps.access.problems import Problem
from apps.access.refusal import Refused
from apps.entrance import actions as entrance
from apps.entrance.models import Directory, KeyLimit
from apps.notices.actions import webhooks
from apps.notices.models import CalendarFeed, Webhook
from apps.people.models import AccountProposal, Desk, DeskToken, Handover, Invitation, Seat, User
from tests.days import in_days
from tests.keys import by_two
from tests.people import governing
from tests.people.governing import ADMIN, BROWN, PLATFORM

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
HEAD, OFFICER, JRCC = "jam.border.head", "jam.border.officer", "jrcc.administration.administrator"
KEEPERS = frozenset({"people", "entrance"})
"""Apps whose every record is about who comes in."""

LETS_IN = {
    "seats": {"seat.appoint", "seat.transfer"},
    "stand-ins": {"seat.delegate"},
    "secondments": {"proposal.second", "proposal.agree", "seat.second"},
    "second persons": {"proposal.make", "proposal.approve"},
    "clearances": {"account.clear"},
    "accounts": {"account.open", "account.renew", "account.reactivate", "account.install"},
    "invitations": {"invitation.send", "invitation.resend", "invitation.accept", "invitation.confirm", "handover.show"},
    "emergency": {"emergency.take"},
    "leave for conflicts": {"waiver.record"},
    "keys": {"token.propose", "token.approve", "token.show", "token.rotate", "token.create", "key_limit.set"},
    "directories": {"directory.propose", "directory.confirm", "directory_link.make"},
    "rules of signing in": {"sign_in_rule.set"},
    "webhooks": {"webhook.add", "webhook.renew", "webhook.resume"},
    "calendars": {"feed.make"},
}
"""Verbs after which somebody, or some program, may come in or read more than before."""

TAKES_AWAY_OR_SAYS = {
    *("seat.end", "seat.expire", "seat.switch", "account.suspend", "account.leave", "account.dormant"),
    *(
        "account.rename",
        "account.warn_asleep",
        "user.set_address",
        "invitation.revoke",
        "invitation.reject",
        "proposal.refuse",
    ),
    *("proposal.refuse", "proposal.withdraw", "proposal.lapse", "proposal.decline"),
    *("emergency.judge",),
    *(
        "emergency.escalate",
        "emergency.give_back",
        "review.open",
        "review.close",
        "review.remind",
        "reviewitem.keep",
        "reviewitem.change",
    ),
    *("reviewitem.end", "reviewitem.remove", "seat_waiver.end", "token.refuse", "token.withdraw", "token.lapse"),
    *("token.revoke", "token.warn", "token.outlive", "key_limit.alarm", "directory.end", "directory.withdraw"),
    *("directory_link.end", "directory_link.remove", "device.meet", "device.forget"),
    *("accountchange.note", "accountchange.close", "webhook.try", "webhook.resend", "webhook.end", "feed.revoke"),
}
"""Verbs about the same records after which nobody comes in who did not before."""

SECRETS = frozenset({"sealed", "password", "secret"})
CONTENTS = {"rifc.SourceReference", "socialaccount.SocialApp"}
"""Records with a secret column that opens no door: a source's name; a table of a package that stays empty."""

ASKED_OF_A_PASSWORD = {"people.actions.stream_rights:_session_hash"}  # an account in memory alone
MAKERS = {
    "Seat": {
        "people.actions.accounts:install_administrator", "people.actions.emergency:take_emergency_seat",
        "people.actions.seats:appoint_person", "people.actions.seats:delegate_stand_in",
        "people.actions.seats:make_service_seat", "people.actions.secondments:appoint_seconded_person",
    },
    "DeskToken": {"people.actions.keys:propose_api_key", "people.actions.keys:create_api_key"},
    "User": {"people.actions.accounts:made", "people.actions.seats:make_service_seat", *ASKED_OF_A_PASSWORD},
    "Invitation": {"people.actions.invitations:send_invitation"},
    "Handover": {"people.actions.handovers:leave_to_another"},
    "KeyLimit": {"entrance.actions.keys:set_key_limit", "entrance.actions.keys:keep_key_purposes"},
    "Directory": {"entrance.actions.directories:propose_directory"},
    "DirectoryLink": {"entrance.actions.links:link_directory"},
    "Webhook": {"notices.actions.webhooks:add_webhook"},
    "CalendarFeed": {"notices.actions.calendars:make_calendar_feed"},
}  # fmt: skip
"""Where in the code a record that lets somebody in is made. Rows that only show what would be are made in no action."""


# --- the ways, from the registry and from the code ---


def doors() -> set[Any]:
    """Models of records by which somebody comes in: all of KEEPERS, and those of other apps that keep a secret."""
    found = {model for model in apps.get_models() if model._meta.app_label in KEEPERS}
    for model in apps.get_models():
        columns = {one.name for one in model._meta.concrete_fields if not isinstance(one, BooleanField)}
        to_seat = any(one.name == "seat" and one.related_model is Seat for one in model._meta.concrete_fields)
        if columns & SECRETS or ("sha256" in columns and to_seat):
            found.add(model)
    return {model for model in found if model._meta.label not in CONTENTS}


def test_every_verb_about_a_record_that_lets_somebody_in_is_classified():
    known = set.union(TAKES_AWAY_OR_SAYS, *LETS_IN.values())
    about_doors = {verb for verb, spec in REGISTRY.items() if spec.model in doors()}
    assert about_doors - known == set(), "does it let somebody in? Then it needs a way, and a trial below"
    assert known - set(REGISTRY) == set()
    assert not TAKES_AWAY_OR_SAYS & set.union(*LETS_IN.values())


def _makes(tree: ast.AST, names: set[str]) -> Iterator[tuple[str, str]]:
    """(model, function) of each `Model(…)` and `Model.objects.create(…)` and its like in a module."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            said = ast.unparse(call.func)
            name, _, rest = said.partition(".")
            if name in names and rest in {"", *(f"objects.{how}" for how in CREATES)}:
                yield name, function.name


CREATES = ("create", "bulk_create", "get_or_create", "update_or_create", "create_user")


def test_what_lets_somebody_in_is_made_in_the_named_places_alone():
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "apps").glob("*/**/*.py")):
        place = ".".join(path.relative_to(ROOT / "apps").with_suffix("").parts)
        if place.startswith("watch."):  # its handovers are of a watch on duty
            continue
        if "actions" not in place and "loaders" not in place and "tasks" not in place and "listeners" not in place:
            continue
        for model, function in _makes(ast.parse(path.read_text(encoding="utf-8")), set(MAKERS)):
            found.setdefault(model, set()).add(f"{place}:{function}")
    assert found == MAKERS


# --- everybody tries everything alone ---

Trial = tuple[str, Any, dict[str, Any]]
SUBJECTS = ("jam.border.officer", "jam.intelligence.officer", "brb.border.officer")
NOT_BY_PERSONS = {"account.install", "token.create", "seat.second", "invitation.accept"}
"""By the operators' command line alone, as parts of an agreement, by the invited person with link and code."""
FOREIGN = ("JAM.intelligence", "BRB.border")


def places(actor: Any) -> list[tuple[str, str]]:
    """Some desks of one's own party, one's own among them, and of others; with the role of each rank."""
    rows = Desk.objects.filter(active=True).select_related("function").order_by("code")
    near = [one for one in rows if one.code in {actor.desk_code, *FOREIGN, f"{actor.party_code}.border",
        f"{actor.party_code}.administration", f"{actor.party_code}.oversight", "7T.carrier"}]  # fmt: skip
    return [(one.code, role) for one in near for role in one.function.roles]


def trials(actor: Any) -> Iterator[Trial]:
    """(verb, row, input) of everything by which this person could let somebody in: each verb of LETS_IN but the
    automatic ones, which nobody presses."""
    yield from seats_for_people(actor)
    yield from ways_in_for_people(actor)
    yield from keys_of_programs(actor)
    yield from answers_to_what_waits()


def seats_for_people(actor: Any) -> Iterator[Trial]:
    names = [*SUBJECTS, actor.person]
    for name, (desk, role) in itertools.product(names, places(actor)):
        wanted = {"user": name, "desk": desk, "role": role}
        yield "seat.appoint", None, wanted
        yield "seat.delegate", None, {**wanted, "last_day": in_days(9), "reason": "x"}
        yield "proposal.second", None, {**wanted, "last_day": in_days(9), "reason": "x"}
    for seat in Seat.objects.filter(user__username__in=names, state="current"):
        for desk, role in places(actor):
            yield "seat.transfer", seat, {"desk": desk, "role": role, "reason": "x"}
    for desk, _role in places(actor)[::3]:
        yield "emergency.take", None, {"desk": desk, "cause": "life", "why": "x" * 60}


def ways_in_for_people(actor: Any) -> Iterator[Trial]:
    for user in User.objects.filter(username__in=[*SUBJECTS, actor.person]):
        for level in (3, 2, 1):
            wanted = {"clearance": level}
            yield "account.clear", user, wanted
            yield "proposal.make", None, {"asks_for": "account.clear", "subject": user, "payload": wanted}
        yield "account.renew", user, {}
        yield "account.reactivate", user, {}
        waived = {"user": user.username, "conflict": "oversight+border", "last_day": in_days(9), "reason": "x"}
        yield "waiver.record", None, waived
    begins = actor.party_code.lower()
    yield "account.open", None, {"username": f"{begins}.x.ghost", "name": "A Ghost", "clearance": 2}
    for number, (desk, role) in enumerate(places(actor)):
        person = {"username": f"{begins}.ghost.n{number}", "email": "own@mailbox.example", "clearance": 3}
        yield "invitation.send", None, {**BROWN, **person, "desk": desk, "role": role}
    directory = {"issuer": "https://login.example/realm", "client_id": "x", "secret": "y" * 20}
    yield "directory.propose", None, {**directory, "shown_claim": "name", "second_factors": "", "why": "x"}
    limits = {"factors": ["totp", "webauthn"], "session_minutes": 60, "idle_minutes": 10, "networks": "", "why": "x"}
    yield "sign_in_rule.set", None, limits


def keys_of_programs(actor: Any) -> Iterator[Trial]:
    for desk, _role in places(actor)[::3]:
        yield "token.propose", None, {"desk": desk, "scope": "write", "days": 90}
    yield "webhook.add", None, {"url": "https://hooks.example.com/own"}
    yield "feed.make", None, {}
    for key in DeskToken.objects.exclude(state="withdrawn"):
        yield "token.rotate", None, {"token": key, "days": 90, "overlap_days": 1}
        for networks in ("", "0.0.0.0/0", "192.0.2.0/25"):
            for verbs in ("", "hit.acknowledge"):
                yield "key_limit.set", None, {"token": key, "networks": networks, "verbs": verbs}


def answers_to_what_waits() -> Iterator[Trial]:
    waiting: list[tuple[Any, list[tuple[str, dict[str, Any]]]]] = [
        (DeskToken, [("token.approve", {"clearance": 3}), ("token.approve", {}), ("token.show", {})]),
        (AccountProposal, [("proposal.approve", {}), ("proposal.agree", {})]),
        (Invitation, [("invitation.resend", {"email": "another@mailbox.example"}), ("invitation.confirm", {})]),
        (Handover, [("handover.show", {})]),
        (Directory, [("directory.confirm", {})]),
        (Webhook, [("webhook.renew", {}), ("webhook.resume", {})]),
    ]
    for model, verbs in waiting:
        for row, (verb, fields) in itertools.product(model.objects.all(), verbs):
            yield verb, row, fields
    for row in Directory.objects.all():
        yield "directory_link.make", None, {"directory": row, "subject": "x"}


def some_of_each(cast: Any) -> None:
    """A key, an invitation, a proposal, a webhook and a directory, by others than who tries."""
    key = by_two(cast[ADMIN], cast[HEAD])
    entrance.set_key_limit(cast[ADMIN], None, token=key, networks="192.0.2.0/24", verbs="hit.acknowledge")
    governing.an_invitation(cast, role="head", clearance=2)
    webhooks.add_webhook(cast["brb.border.head"], None, url="https://hooks.example.com/before")
    brb = cast[governing.OTHERS_ADMIN]
    proposed = {"issuer": "https://login.example/realm", "client_id": "x", "secret": "y" * 20}
    entrance.propose_directory(brb, None, **proposed, shown_claim="name", second_factors="", why="x")


def test_the_trials_try_every_verb_that_lets_somebody_in(cast):
    some_of_each(cast)
    tried = {verb for verb, _row, _fields in trials(cast[ADMIN])}
    assert set.union(*LETS_IN.values()) - tried == NOT_BY_PERSONS


@dataclasses.dataclass
class Before:
    """Who could come in before somebody tried alone."""

    seats: set[int]
    clearances: dict[int, int]
    limits: dict[int, KeyLimit]
    keys: set[int]

    @classmethod
    def now(cls) -> "Before":
        return cls(
            set(Seat.objects.current().values_list("pk", flat=True)),
            dict(User.objects.values_list("pk", "clearance")),
            {one.token_id: one for one in KeyLimit.objects.all()},
            set(DeskToken.objects.values_list("pk", flat=True)),
        )


def given_alone(actor: Any, before: Before) -> list[str]:
    """What came of it, by one person's hands, that this person may not hold: in words, none if all is well."""
    return [*seats_given(actor, before), *accounts_opened(actor, before), *programs_let_in(actor, before)]


def seats_given(actor: Any, before: Before) -> Iterator[str]:
    own = User.objects.get(pk=actor.user_id).clearance
    new = Seat.objects.current().exclude(pk__in=before.seats).exclude(kind="service")
    for seat in new.select_related("user", "desk__function"):
        at = f"{seat.user.username} at {seat.desk.code} as {seat.role} ({seat.kind})"
        if min(seat.user.clearance, seat.desk.function.max_level) > own:
            yield f"reads more than they, who read {own}: {at}"
        if seat.user_id == actor.user_id and seat.kind != "emergency":
            yield f"a seat of their own: {at}"
        if seat.rank == 3 or seat.desk.function_id in {"administration", "oversight"}:
            yield f"decides: {at}"
        if seat.desk.party_id != actor.party_code:
            yield f"of another party: {at}"
        if seat.user_id not in before.clearances:
            yield f"a person whom nobody else has seen: {at}"


def accounts_opened(actor: Any, before: Before) -> Iterator[str]:
    for user in User.objects.exclude(username__startswith="svc."):  # a program reads what its key may read
        asked = AccountProposal.objects.filter(verb="account.clear", subject=user, state="done")
        by_others = asked.exclude(proposer=actor.user_id).exists()
        if not by_others and user.clearance > max(1, before.clearances.get(user.pk, 1)):
            yield f"clearance {user.clearance} of {user.username}"
    for row in Handover.objects.filter(state="shown").select_related("user"):
        if actor.user_id in {row.first_id, row.second_id}:
            yield f"both halves of {row.user.username}"
    for row in Directory.objects.filter(state="in_force", proposed_by=actor.user_id):
        yield f"a directory of {row.party_id}"


def programs_let_in(actor: Any, before: Before) -> Iterator[str]:
    for key in DeskToken.objects.exclude(pk__in=before.keys).filter(state__in=["approved", "live"]):
        yield f"a key of {key.seat.desk.code}"
    for limit in KeyLimit.objects.filter(token__in=before.limits):
        was = before.limits[limit.token_id]
        wider = [name for name in ("verbs", "collections") if getattr(was, name) and not getattr(limit, name)]
        if wider or not set(limit.networks) <= {*was.networks, "192.0.2.0/25"} or (was.networks and not limit.networks):
            yield f"a key of {limit.token.seat.desk.code} is for more than was approved"
    for hook in Webhook.objects.filter(changed_by_seat_id=actor.seat_id, state="live"):
        if hook.owner_id != actor.desk_id or actor.rank < 3 or actor.seat_kind != "standing":
            yield f"a webhook of {hook.owner_id}"
    for feed in CalendarFeed.objects.exclude(seat_id=actor.seat_id):
        yield f"a calendar of seat {feed.seat_id}"


def everything(actor: Any) -> set[str]:
    """Try all there is, twice, so that also what came of it is tried on; the verbs that went through."""
    done = set()
    for _round in range(2):
        for verb, row, fields in list(trials(actor)):
            try:
                REGISTRY[verb].run(actor, row, **fields)
                done.add(verb)
            except (Refused, ValidationError, Problem, LookupError):
                continue
    return done


ALONE = {
    ADMIN: {"seat.appoint", "invitation.send", "token.propose", "proposal.make", "key_limit.set", "account.open"},
    HEAD: {"seat.delegate", "webhook.add", "emergency.take"},
    OFFICER: {"feed.make"},
    "jam.intelligence.head": {"webhook.add"},
    "jam.oversight.officer": {"feed.make"},
    PLATFORM: {"token.propose"},
    "7t.carrier.agent": {"feed.make"},
}
"""Who tries, and what at least goes through, so that it is no trial in which everything fails for another reason."""


@pytest.mark.parametrize("name", ALONE)
def test_nobody_gives_alone_what_they_may_not_hold_themselves(name, cast):
    some_of_each(cast)
    before, actor = Before.now(), dataclasses.replace(cast[name], proven=True)
    done = everything(actor)
    assert given_alone(actor, before) == []
    assert ALONE[name] <= done


def test_who_stands_in_sets_up_nothing_that_goes_on_after_them(cast):
    wanted = {"user": OFFICER, "desk": "JAM.border", "role": "head", "last_day": in_days(9), "reason": "leave"}
    seat = governing.approved_stand_in(cast, **wanted)
    acting = governing.at_seat(seat.user, seat)
    before = Before.now()
    everything(acting)
    assert given_alone(acting, before) == []
    assert not Webhook.objects.filter(owner_id=acting.desk_id).exists()
    assert not DeskToken.objects.filter(maker_seat=seat).exists()
