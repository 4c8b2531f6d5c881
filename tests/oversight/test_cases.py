"""What is unusual in the audit opens a case; oversight assesses it, never its person."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.database_context import seat_context
from apps.access.refusal import Refused
from apps.audit import actions as audit
from apps.notices.models import Notice
from apps.oversight import actions, tasks
from apps.oversight.models import AnomalyRule, Case, CaseStep
from apps.oversight.queries.anomalies import Finding
from apps.people.models import Desk, EmergencyUse, Party, Seat, User
from apps.people.queries import service_actor
from apps.travellers.actions import lookups
from tests.days import in_days

UTC = datetime.UTC
OFFICER, ADMIN, JRCC = "brb.border.officer", "brb.administration.administrator", "jrcc.oversight.officer"
DAY = in_days(-9, UTC)
NOON = datetime.datetime.combine(DAY, datetime.time(16, 10), UTC)
NIGHT = NOON + datetime.timedelta(hours=13)
pytestmark = pytest.mark.django_db(transaction=True)


class Thing:
    """A record, as far as the audit is concerned."""

    class _meta:
        label_lower = "jrcc.hit"

    def __init__(self, number):
        self.pk, self.originator_id, self.owner_id, self.level = f"thing-{number}", "JRCC", None, 1


@pytest.fixture
def at(as_owner):
    """Moves the newest rows of the audit to a moment: nobody else but the tables' owner can."""

    def move(moment, rows):
        as_owner(
            "ALTER TABLE audit_record DISABLE TRIGGER no_change",
            f"UPDATE audit_record SET at = '{moment.isoformat()}' WHERE id IN"
            f" (SELECT id FROM audit_record ORDER BY id DESC LIMIT {rows})",
        )

    return move


def reads(actor, number, outcome="read", **more):
    rows = [
        audit.entry(actor, "hit.read", Thing(n), outcome=outcome, object_id=f"thing-{n}", **more) for n in range(number)
    ]
    with seat_context(actor):
        audit.append(rows)


def found(now):
    tasks.look_for_anomalies(now.replace(minute=30) + datetime.timedelta(hours=1))
    return [(case.rule.code, case.person, case.count) for case in Case.objects.order_by("pk")]


def test_an_hour_of_mass_reading_opens_one_case_however_often_it_is_looked(cast, at):
    reads(cast[OFFICER], 160)
    at(NOON, 160)
    assert found(NOON) == [("mass_reading", OFFICER, 160)]
    assert len(found(NOON)) == 1


def test_who_reads_much_every_day_is_measured_by_himself(cast, at):
    for day in range(1, 4):
        reads(cast[OFFICER], 100)
        at(NOON - datetime.timedelta(days=day), 100)
    reads(cast[OFFICER], 160)
    at(NOON, 160)
    assert found(NOON) == []


def test_the_same_record_again_and_again_is_one_record(cast, at):
    rows = [audit.entry(cast[OFFICER], "hit.read", Thing(1), outcome="read", object_id="one") for _ in range(200)]
    with seat_context(cast[OFFICER]):
        audit.append(rows)
    at(NOON, 200)
    assert found(NOON) == []


def test_rows_of_a_list_are_counted(cast, at):
    rows = [audit.entry(cast[OFFICER], "hit.list", Thing, outcome="read", detail={"rows": 50}) for _ in range(4)]
    with seat_context(cast[OFFICER]):
        audit.append(rows)
    at(NOON, 4)
    assert found(NOON) == [("mass_reading", OFFICER, 200)]


def test_reading_at_night_is_a_finding_but_not_for_a_desk_that_keeps_a_watch(cast, at):
    reads(cast[OFFICER], 12)
    reads(cast["jrcc.watch.officer"], 12)
    at(NIGHT, 24)
    assert found(NIGHT) == [("night_reading", OFFICER, 12)]


def test_who_works_at_night_usually_is_no_finding(cast, at):
    for day in range(2, 6):
        reads(cast[OFFICER], 2)
        at(NIGHT - datetime.timedelta(days=day), 2)
    reads(cast[OFFICER], 12)
    at(NIGHT, 12)
    assert found(NIGHT) == []


def test_much_reading_of_somebody_who_leaves_is_a_finding(cast, at):
    reads(cast[OFFICER], 40)
    at(NOON, 40)
    assert found(NOON) == []
    actions.note_leaver(cast[ADMIN], None, user=OFFICER, leaves_on=in_days(31))
    assert found(NOON) == [("leaver_reading", OFFICER, 40)]


def test_refusals_in_a_burst_are_a_finding(cast, at):
    reads(cast[OFFICER], 15, outcome="refused", reason="not-visible")
    at(NOON, 15)
    assert found(NOON) == [("refused_burst", OFFICER, 15)]


def test_failed_signings_in_to_one_account_are_a_finding_about_nobody(client, cast, at):
    from apps.entrance.actions import journal

    class Asked:
        META = {"REMOTE_ADDR": "203.0.113.5"}

    for _ in range(10):
        journal.refused(
            Asked(), User.objects.get(username=OFFICER), "session.sign_in", Refused("may-not", "wrong-password")
        )
    at(NOON, 10)
    assert found(NOON) == [("entrance_burst", OFFICER, 10)]
    assert (Case.objects.get().user_id, Case.objects.get().party_id) == (0, "BRB")


def test_searching_for_ones_own_name_is_a_finding_and_for_anothers_is_none(cast, client_for):
    own, other = (User.objects.get(username=name).full_name for name in (OFFICER, "jam.border.officer"))
    browser = client_for(OFFICER)
    browser.get("/search/", {"q": other})
    browser.get("/search/", {"q": " ".join(reversed(own.split()))})
    tasks.look_for_anomalies(datetime.datetime.now(UTC) + datetime.timedelta(hours=1))
    assert [case.rule.code for case in Case.objects.filter(person=OFFICER)] == ["own_name"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        (lambda own: {"surname": own[-1], "given_names": own[0]}, ["own_name"]),
        (lambda own: {"surname": f"{own[-1].upper()}, {own[0]}"}, ["own_name"]),
        (lambda own: {"surname": own[-1], "given_names": "Zebedee"}, []),
        (lambda own: {"document": "A0000000"}, []),
    ],
)
def test_a_search_for_people_by_ones_own_name_is_a_finding(fields, codes, cast):
    own = User.objects.get(username=OFFICER).full_name.split()
    lookups.search_people(cast[OFFICER], None, purpose="counter", **fields(own))
    tasks.look_for_anomalies(datetime.datetime.now(UTC) + datetime.timedelta(hours=1))
    assert [(case.rule.code, case.party_id, case.desk) for case in Case.objects.filter(person=OFFICER)] == [
        (code, "BRB", "BRB.border") for code in codes
    ]


# --- cases ---


@pytest.fixture
def case(cast, at, drain):
    """A case about an officer of the JRCC."""
    reads(cast["jrcc.watch.officer"], 160)
    at(NOON, 160)
    found(NOON)
    drain()
    return Case.objects.get()


def test_a_finding_has_one_case(case):
    kept = ("rule", "user_id", "person", "desk", "begins", "ends", "count")
    known = Finding(**{name: getattr(case, name) for name in kept}, party="JRCC")
    with pytest.raises(Refused, match="case-known"):
        actions.open_conduct_case(service_actor("IMPACS.automation"), None, finding=known)


def test_the_oversight_of_the_party_and_of_the_region_is_told(case):
    told = Notice.objects.filter(code="oversight.case_opened")
    assert set(told.values_list("owner__code", flat=True)) == {"JRCC.oversight", "IMPACS.oversight"}
    assert set(told.values_list("number", flat=True)) == {"OV-JRCC-2026-0001"}


def test_a_case_is_assessed_and_closed_with_reasons_that_stay(case, cast):
    actions.assess_conduct_case(cast[JRCC], case, note="A transfer of the night's lists")
    with pytest.raises(Refused, match="wrong-state"):
        actions.assess_conduct_case(cast[JRCC], case, note="again")
    actions.close_conduct_case(cast[JRCC], case, outcome="warned", note="Talked to him")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "warned")
    actions.reopen_conduct_case(cast["impacs.oversight.officer"], case, note="Look again")
    assert list(CaseStep.objects.order_by("pk").values_list("state", flat=True)) == ["assessed", "closed", "open"]


@pytest.mark.parametrize(
    "name", ["jrcc.watch.supervisor", "jrcc.administration.administrator", "jam.administration.administrator"]
)
def test_nobody_but_oversight_sees_a_case(name, case, cast, client_for):
    assert client_for(name).get(reverse("oversight:case", args=[case.pk])).status_code == 404
    with pytest.raises(Refused, match="not-visible"):
        actions.assess_conduct_case(cast[name], case, note="x")


def test_nobody_sees_or_assesses_a_case_about_himself(case, cast, client_for):
    user = User.objects.get(username=JRCC)
    Case.objects.filter(pk=case.pk).update(user_id=user.pk, person=JRCC)
    assert client_for(JRCC).get(reverse("oversight:case", args=[case.pk])).status_code == 404
    assert case.number not in client_for(JRCC).get(reverse("oversight:cases")).content.decode()
    with pytest.raises(Refused, match="not-visible"):
        actions.assess_conduct_case(cast[JRCC], case, note="x")
    assert actions.assess_conduct_case(cast["impacs.oversight.officer"], case, note="x").state == "assessed"


def test_the_pages_lead_from_the_finding_to_what_was_read_and_to_the_verb(case, client_for):
    browser = client_for(JRCC)
    listed = browser.get(reverse("oversight:cases")).content.decode()
    assert case.number in listed
    assert 'class="b3"' in listed
    page = browser.get(reverse("oversight:case", args=[case.pk])).content.decode()
    assert f"{reverse('audit:person', args=['jrcc.watch.officer'])}?since={DAY}" in page
    place = reverse("oversight:case_do", args=[case.pk, "assess"])
    assert place in page
    assert browser.post(place, {"note": ""}).status_code == 422
    assert browser.post(place, {"note": "His work"}).url == reverse("oversight:case", args=[case.pk])
    assert "His work" in browser.get(reverse("oversight:case", args=[case.pk])).content.decode()


def test_a_leaver_is_noted_of_ones_own_party_alone_and_never_of_oneself(cast, client_for):
    for user in ("jam.border.officer", ADMIN, "nobody.at.all"):
        answer = client_for(ADMIN).post(
            reverse("oversight:leavers"), {"user": user, "leaves_on": in_days(31).isoformat()}
        )
        assert answer.status_code == 422
    browser = client_for(ADMIN)
    assert (
        browser.post(reverse("oversight:leavers"), {"user": OFFICER, "leaves_on": in_days(31).isoformat()}).status_code
        == 302
    )
    page = browser.get(reverse("oversight:leavers")).content.decode()
    place = page.split('action="')[1:]
    (end,) = [part.split('"')[0] for part in place if part.split('"')[0].endswith("/end/")]
    assert browser.post(end).status_code == 302
    assert "No leavers recorded." in browser.get(reverse("oversight:leavers")).content.decode()


def test_pages_of_cases_ask_as_often_for_many_as_for_one(case, cast, client_for):
    browser = client_for(JRCC)

    def counted(url):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url).status_code == 200
        return len(seen)

    urls = [reverse("oversight:cases"), reverse("oversight:case", args=[case.pk])]
    browser.get(urls[0])
    few = [counted(url) for url in urls]
    rule = AnomalyRule.objects.get(code="refused_burst")
    for number in range(20):
        Case.objects.create(
            number=f"X-{number}", rule=rule, user_id=1, person=str(number), party=Party.objects.get(code="JRCC"),
            begins=NOON, ends=NOON, count=1,
        )  # fmt: skip
    assert [counted(url) for url in urls] == few
    assert max(few) <= 12


def test_a_third_emergency_seat_within_thirty_days_opens_a_case_and_the_second_none(cast):
    user = cast[OFFICER]
    desk = Desk.objects.get(code="BRB.intelligence")
    for days in (40, 20, 10):
        begins = NOON - datetime.timedelta(days=days)
        _emergency(user, desk, begins)
    assert found(NOON) == []
    _emergency(user, desk, NOON)
    assert found(NOON) == [("emergency_often", OFFICER, 3)]
    assert Case.objects.get().party_id == "BRB"


def _emergency(user, desk, begins):
    seat = Seat.objects.create(
        user_id=user.user_id, desk=desk, role="reader", rank=1, kind="emergency", reason="life",
        valid_from=begins, valid_to=begins + datetime.timedelta(hours=1),
    )  # fmt: skip
    EmergencyUse.objects.create(seat=seat, cause="life", why="x" * 40, due_at=begins + datetime.timedelta(days=7))
