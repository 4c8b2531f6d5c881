"""Who could have seen a record at a moment, and why: answered from what was in force then, not now."""

import datetime
import re

import pytest
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model

from apps.access.grants import groups_that_see, share, unshare
from apps.access.models import GrantPeriod
from apps.audit.models import AuditRecord
from apps.oversight.queries.sight import who_could_see
from apps.people import actions
from apps.people.actions import approvals, emergency
from apps.people.models import AccountProposal, ClearanceChange, Desk, Seat, User
from apps.rifc.models import Report
from apps.screening.models import Entry
from demo import people as demo
from tests.clock import read_from
from tests.keys import by_two
from tests.people.governing import ADMIN, PLATFORM, person
from tests.rifc.people import a_draft
from tests.screening.people import KEEPER, a_list
from tests.screening.test_api import BODY, ENTRIES

pytestmark = pytest.mark.django_db
HEAD, OFFICER = "jam.border.head", "jam.border.officer"
MINUTE = datetime.timedelta(minutes=1)
PLACE = "/api/v1/oversight/sight/"


@pytest.fixture
def entry(cast, api):
    """An entry of Jamaica's list, made an hour ago by the border desk."""
    a_list(cast[KEEPER])
    made = api("JAM.border").post(ENTRIES, BODY, format="json")
    assert made.status_code == 201, made.content
    ago = timezone.now() - 60 * MINUTE
    Entry.objects.update(created_at=ago)
    get_group_obj_perms_model(Entry).objects.update(at=ago)
    Seat.objects.update(valid_from=ago - 60 * MINUTE)
    return Entry.objects.get()


def who(entry, at=None):
    return {one.seat.user.username for one in who_could_see(entry, at or timezone.now()) if not one.key}


def test_now_it_is_who_sees_it_through_the_reading_door(entry, cast):
    """The same answer as visible_to, for everybody of the cast."""
    told = who(entry)
    for name in demo.usernames():
        assert (name in told) == Entry.objects.visible_to(cast[name]).filter(pk=entry.pk).exists(), name
    assert told


def test_before_it_was_made_it_is_nobody(entry):
    assert who(entry, entry.created_at - MINUTE) == set()


def test_a_seat_that_ended_since_or_began_since(entry, cast):
    before = timezone.now() - MINUTE
    assert OFFICER in who(entry, before)
    actions.end_appointment(cast[ADMIN], Seat.objects.get(user__username=OFFICER), reason="gone")
    assert OFFICER not in who(entry)
    assert OFFICER in who(entry, before)


def test_a_grant_that_ended_and_was_opened_again_leaves_a_gap(entry, cast):
    desk = Desk.objects.get(code="BRB.border")
    given, ended, again = (timezone.now() - n * MINUTE for n in (30, 20, 10))
    open_to(cast[HEAD], entry, desk, given)
    end_for(entry, desk, ended)
    open_to(cast[HEAD], entry, desk, again)
    seen = {n: "brb.border.officer" in who(entry, timezone.now() - n * MINUTE) for n in (35, 25, 15, 5)}
    assert seen == {35: False, 25: True, 15: False, 5: True}
    (one,) = [one for one in who_could_see(entry, timezone.now()) if one.seat.user.username == "brb.border.officer"]
    assert (one.why, one.held.basis, one.held.by_desk) == ("shared", "Act 4", "JAM.border")


def test_who_loses_a_record_does_not_see_it_on_because_a_portals_clock_is_ahead(entry, cast):
    """Of several servers one is an hour ahead; readers are held against PostgreSQL's clock."""
    desk, reader = Desk.objects.get(code="BRB.border"), cast["brb.border.officer"]
    share(cast[HEAD], entry, [desk.pk], basis="Act 4")
    assert desk.pk in groups_that_see(entry)
    held, ahead = timezone.now(), timezone.now() + 60 * MINUTE
    with read_from(lambda: ahead):
        assert unshare(entry, [desk.pk], basis="another act") == []
        assert unshare(entry, [desk.pk], basis="Act 4") == [desk.pk]
        assert unshare(entry, [desk.pk]) == []
        assert desk.pk not in groups_that_see(entry)
    assert not Entry.objects.visible_to(reader).filter(pk=entry.pk).exists()
    period = GrantPeriod.objects.get(object_type="screening.entry", object_id=entry.pk, group_id=desk.pk)
    assert (period.basis, period.by_seat_id) == ("Act 4", cast[HEAD].seat_id)
    assert period.since < held < period.until < ahead
    assert "brb.border.officer" in who(entry, held)


def open_to(actor, entry, desk, moment):
    share(actor, entry, [desk.pk], basis="Act 4")
    get_group_obj_perms_model(Entry).objects.filter(group_id=desk.pk).update(at=moment)


def end_for(entry, desk, moment):
    unshare(entry, [desk.pk])
    get_group_obj_perms_model(Entry).objects.filter(group_id=desk.pk).update(until=moment)
    GrantPeriod.objects.update(until=moment)


def test_a_clearance_that_was_raised_since_and_an_account_that_was_suspended_since(entry, cast):
    before = timezone.now() - MINUTE
    User.objects.filter(username=OFFICER).update(clearance=entry.level - 1)
    assert OFFICER not in who(entry, before)
    actions.do_or_ask(cast[ADMIN], "account.clear", person(OFFICER), clearance=entry.level)
    for proposal in AccountProposal.objects.filter(state="open"):
        approvals.approve_proposal(cast[PLATFORM], proposal)
    assert OFFICER in who(entry)
    assert OFFICER not in who(entry, before)
    actions.suspend_account(cast[ADMIN], person(OFFICER), reason="leave")
    assert OFFICER not in who(entry)
    actions.change_account_clearance(cast[ADMIN], person(OFFICER), clearance=0)
    actions.reactivate_account(cast[ADMIN], person(OFFICER))
    assert OFFICER not in who(entry), "open again, and cleared for nothing"


def test_an_emergency_seat_counts_and_says_what_it_was(entry, cast):
    use = emergency.take_emergency_seat(
        cast["jam.ministry.decider"], None, desk="JAM.border", cause="life", why="x" * 60
    )
    kinds = {one.seat.user.username: one.seat.kind for one in who_could_see(entry, timezone.now())}
    assert kinds["jam.ministry.decider"] == "emergency"
    emergency.give_back_emergency_seat(cast["jam.ministry.decider"], use)
    assert "jam.ministry.decider" not in who(entry)


@pytest.mark.machine_clock
def test_programs_are_named_by_the_keys_that_lived_then(entry, cast):
    def keys(at=None):
        return {one.key for one in who_could_see(entry, at or timezone.now()) if one.key}

    before, there = timezone.now(), keys()
    key = by_two(cast[ADMIN], cast[HEAD], clearance=entry.level)
    assert keys() - there == {key.prefix}
    assert key.prefix not in keys(before)
    alive = timezone.now()
    actions.revoke_api_key(cast[HEAD], key)
    assert key.prefix not in keys()
    assert key.prefix in keys(alive)


# --- who may ask ---


def test_oversight_of_the_party_and_of_the_region_and_the_heads_of_its_desk_may_ask(entry, client_for):
    asked = {"type": "screening.entry", "id": str(entry.pk)}
    answers = {
        "jam.oversight.officer": 200, "impacs.oversight.officer": 200, f"{entry.owner.code.lower()}.head": 200,
        "jrcc.oversight.officer": 404, OFFICER: 404, ADMIN: 404, "brb.border.head": 404, PLATFORM: 404,
    }  # fmt: skip
    for name, status in answers.items():
        browser = client_for(name)
        assert browser.get(PLACE, asked).status_code == status, name
        assert browser.get("/oversight/sight/", {**asked, "at": ""}).status_code == status, name
    assert AuditRecord.objects.filter(verb="record.sight", object_id=str(entry.pk), outcome="read").count() >= 6


def test_what_is_not_there_and_what_is_not_ones_own_are_the_same(entry, client_for):
    browser, bodies = client_for("jrcc.oversight.officer"), []
    for key in (str(entry.pk), "01990000-0000-7000-8000-000000000000"):
        body = browser.get(PLACE, {"type": "screening.entry", "id": key}).json()
        bodies.append({name: body[name] for name in ("status", "code", "detail", "title")})
    assert bodies[0] == bodies[1]
    assert browser.get(PLACE, {"type": "people.user", "id": "1"}).status_code == 404
    assert browser.get(PLACE, {"type": "screening.entry"}).status_code == 400
    assert browser.get(PLACE, {"type": "screening.entry", "id": str(entry.pk), "x": "1"}).status_code == 400


def test_the_page_says_who_from_which_seat_and_why_and_the_api_the_same(entry, client_for):
    asked = {"type": "screening.entry", "id": str(entry.pk)}
    rows = client_for("jam.oversight.officer").get(PLACE, asked).json()["results"]
    own = {row["user"]: row for row in rows}
    head = f"{entry.owner.code.lower()}.head"
    assert (own[head]["desk"], own[head]["why"], own[head]["seat"]) == (entry.owner.code, "owner", "standing")
    page = client_for("jam.oversight.officer").get("/oversight/sight/", asked).content.decode()
    assert head in page
    assert "the desk keeps it" in page
    wrong = client_for("jam.oversight.officer").get("/oversight/sight/", {**asked, "id": "x"})
    assert wrong.status_code == 422


def test_heads_read_the_desk_of_other_parties_people_and_not_their_names(entry, cast, client_for):
    open_to(cast[HEAD], entry, Desk.objects.get(code="BRB.border"), timezone.now() - MINUTE)
    asked = {"type": "screening.entry", "id": str(entry.pk)}
    for name, told in ((f"{entry.owner.code.lower()}.head", ""), ("jam.oversight.officer", "brb.border.officer")):
        rows = client_for(name).get(PLACE, asked).json()["results"]
        assert told in {row["user"] for row in rows if row["desk"] == "BRB.border"}, name
        assert ("brb.border.officer" in {row["user"] for row in rows}) == bool(told)


def test_a_kind_with_a_rule_of_its_own_is_asked_by_it_as_it_is_today(cast):
    report = a_draft(cast)
    told = {one.seat.user.username: one for one in who_could_see(report, timezone.now())}
    for name in ("jam.intelligence.officer", "brb.intelligence.officer", "jam.border.officer"):
        if name in told:
            assert told[name].today == Report.objects.visible_to(cast[name]).filter(pk=report.pk).exists()
        else:
            assert not Report.objects.visible_to(cast[name]).filter(pk=report.pk).exists()


def test_an_approval_that_raises_a_clearance_is_kept_with_its_moment(cast):
    actions.do_or_ask(cast[ADMIN], "account.clear", person("jam.ministry.reader"), clearance=3)
    approvals.approve_proposal(cast[PLATFORM], AccountProposal.objects.get(verb="account.clear"))
    change = ClearanceChange.objects.get(user__username="jam.ministry.reader")
    assert (change.former, change.level) == (2, 3)


def test_the_trail_of_a_record_leads_there_for_who_may_ask_and_for_nobody_else(entry, client_for):
    trail = f"/audit/screening.entry/{entry.pk}/"
    for name, may in (("jam.oversight.officer", True), ("impacs.oversight.officer", True), (OFFICER, False)):
        browser = client_for(name)
        page = browser.get(trail)
        found = re.search(r'href="(/oversight/sight/[^"]*)"', page.content.decode().split("<main")[1])
        assert bool(found) is may, name
        if found:
            assert b"Reads up to" in browser.get(found[1].replace("&amp;", "&")).content
