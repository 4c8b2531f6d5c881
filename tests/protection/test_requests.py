"""A person asks what is held on them: every desk looks through its own door, two persons answer, nothing is
betrayed."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Traveller
from apps.jrcc.models import Hit
from apps.notices.models import Notice
from apps.people.models import User
from apps.people.queries import service_actor
from apps.protection import actions, tasks
from apps.protection.models import RequestSection, SubjectRequest
from apps.protection.queries import answers as answers_queries
from apps.protection.queries import held_data
from tests.jrcc.pages_world import listed, message, sent

pytestmark = pytest.mark.django_db
OVERSIGHT, ADMIN, BORDER = "jam.oversight.officer", "jam.administration.administrator", "jam.border.officer"
WANTED = {"surname": "Lindkvael-Ostrey", "given_names": "Marek Tobias", "birth_date": datetime.date(1971, 4, 9)}


def recorded(cast, who=OVERSIGHT, **more):
    given = {
        **WANTED,
        "right": "access",
        "document": "",
        "asked_by": "The person, by letter",
        "identity": "seen",
        "ground": "Data Protection Act, s. 6",
        "received_on": timezone.now().date(),
        **more,
    }
    return actions.record_subject_request(cast[who], None, **given)


@pytest.fixture
def hit(cast, drain):
    """A traveller to Jamaica who is on Jamaica's own list."""
    listed(cast, drain)
    sent(cast, drain, message(3))
    return Hit.objects.get()


def test_the_last_day_follows_from_the_dated_rule(cast):
    row = recorded(cast, received_on=datetime.date(2026, 11, 2))
    assert (row.due_on, row.rule.days) == (datetime.date(2026, 12, 2), 30)
    assert row.number.startswith("DS-JAM-2026-")
    with pytest.raises(ValidationError, match="in the future"):
        recorded(cast, received_on=timezone.now().date() + datetime.timedelta(days=1))


def test_a_day_before_all_rules_is_refused_rather_than_guessed(cast):
    with pytest.raises(ValidationError, match="No rule"):
        recorded(cast, received_on=datetime.date(2007, 1, 1))


@pytest.mark.parametrize("who", ["jam.border.head", "jam.intelligence.head", "jam.ministry.decider"])
def test_desks_that_use_the_data_record_no_request(cast, who):
    with pytest.raises(Refused) as refused:
        recorded(cast, who)
    assert refused.value.code == "not-protection-desk"


def test_every_desk_of_the_party_is_asked_and_no_other_party_sees_it(cast, drain):
    row = recorded(cast)
    drain()
    told = set(Notice.objects.filter(code="subject_request.recorded").values_list("owner__code", flat=True))
    assert {"JAM.border", "JAM.intelligence", "JAM.customs", "JAM.oversight"} <= told
    assert all(code.startswith("JAM.") for code in told)
    for who in (BORDER, "jam.intelligence.officer", ADMIN):
        assert SubjectRequest.objects.visible_to(cast[who]).filter(pk=row.pk).exists(), who
    strangers = ("brb.border.officer", "jrcc.watch.officer", "impacs.oversight.officer", "tto.intelligence.head")
    for who in strangers:
        assert not SubjectRequest.objects.visible_to(cast[who]).filter(pk=row.pk).exists(), who


def test_a_desk_notes_what_its_own_door_shows_and_only_of_the_person(cast, hit):
    row = actions.gather_subject_data(cast[BORDER], recorded(cast))
    section = RequestSection.objects.get(request=row, kind="journeys")
    assert (section.desk, section.count) == ("JAM.border", 1)
    assert "LINDKVAEL-OSTREY" in section.lines[0]
    books = {one.kind: one.count for one in RequestSection.objects.filter(request=row)}
    assert books == {"journeys": 1, "bookings": 0, "texts": 0, "files": 0}
    actions.gather_subject_data(cast[BORDER], row)
    assert RequestSection.objects.filter(request=row, kind="journeys").count() == 1
    actions.gather_subject_data(cast["jam.intelligence.officer"], row)
    # no journey is shared with that desk
    assert RequestSection.objects.get(desk="JAM.intelligence", kind="journeys").count == 0


def test_somebody_of_a_like_name_is_shown_to_the_desk_and_never_told(cast, hit):
    row = recorded(cast, birth_date=datetime.date(1971, 4, 8))
    found = held_data.read_held_data(cast[BORDER], row)
    assert (found.told, len(found.perhaps)) == ({"journeys": [], "bookings": []}, 1)
    actions.gather_subject_data(cast[BORDER], row)
    assert RequestSection.objects.get(request=row, kind="journeys").count == 0
    same = recorded(cast, birth_date=datetime.date(1971, 4, 8), document="r 7041662")
    assert len(held_data.read_held_data(cast[BORDER], same).told["journeys"]) == 1


def test_of_lists_hits_and_reports_nothing_is_noted_and_the_answer_is_the_same(cast, drain, client_for):
    """The watched man's answer differs from their namesake's without an entry in nothing but the journey's line."""
    listed(cast, drain)
    sent(cast, drain, message(3))
    other = {"surname": "ABELLINEAA", "given_names": "COSTANZE", "birth_date": datetime.date(1980, 1, 1)}
    watched, free = recorded(cast), recorded(cast, **other)
    answers = []
    for row in (watched, free):
        actions.gather_subject_data(cast[BORDER], row)
        actions.gather_subject_data(cast["jam.intelligence.officer"], row)
        done = actions.prepare_subject_answer(cast[OVERSIGHT], row, outcome="given")
        body = done.answer.replace(row.number, "N")
        answers.append("\n".join(line for line in body.splitlines() if not line.startswith("- ")))
    assert answers[0] == answers[1]
    assert answers_queries.neutral() in answers[0]
    assert held_data.read_held_data(cast[BORDER], watched).kept_back
    assert {one.kind for one in RequestSection.objects.all()} <= set(held_data.TOLD)
    text = client_for(OVERSIGHT).get(reverse("protection:subjectrequest", args=[watched.pk])).content.decode()
    assert "J-1" not in text
    assert "W-1" not in text
    assert Hit.objects.get().reference not in text
    looks = client_for(BORDER).get(reverse("protection:request_held", args=[watched.pk])).content.decode()
    assert "Withheld: only you may see it" in looks
    assert "Watchlist entries: 1" in looks
    trail = AuditRecord.objects.filter(verb="subject_request.look").get()
    assert "rows" not in trail.detail


def test_the_oversight_desk_sees_accounts_and_own_searches_and_no_journey(cast, hit):
    head = cast["jam.border.head"]
    user = User.objects.get(username=head.person)
    given, _, family = user.full_name.partition(" ")
    row = recorded(cast, surname=family, given_names=given)
    found = held_data.read_held_data(cast[OVERSIGHT], row)
    assert [line.text for line in found.told["account"]] == ["jam.border.head, active"]
    assert found.kept_back == {}
    assert "journeys" not in found.told


def test_one_prepares_another_releases(cast, hit):
    row = actions.gather_subject_data(cast[BORDER], recorded(cast))
    with pytest.raises(ValidationError, match="the ground"):
        actions.prepare_subject_answer(cast[OVERSIGHT], row, outcome="refused", note=" ")
    row = actions.prepare_subject_answer(cast[ADMIN], row, outcome="given", note="Kept for 90 days.")
    with pytest.raises(Refused) as refused:
        actions.release_subject_answer(cast[ADMIN], row)
    assert refused.value.code == "own-answer"
    with pytest.raises(Refused) as refused:
        actions.release_subject_answer(cast[OVERSIGHT], row)
    assert refused.value.code == "answer-needs-decider"
    assert SubjectRequest.objects.get(pk=row.pk).state == "prepared"


def test_a_released_answer_stands_and_is_forgotten_when_its_time_is_over(cast, hit):
    row = actions.gather_subject_data(cast[BORDER], recorded(cast))
    row = actions.prepare_subject_answer(cast[OVERSIGHT], row, outcome="given", note="")
    row = actions.give_back_subject_request(cast[ADMIN], row, said="Name the rule of retention")
    assert (row.state, row.answer) == ("gathered", "")
    row = actions.prepare_subject_answer(cast[OVERSIGHT], row, outcome="given", note="Kept for 90 days.")
    row = actions.release_subject_answer(cast[ADMIN], row)
    assert (row.state, row.released_by) == ("released", ADMIN)
    assert "Kept for 90 days." in row.answer
    assert row.forget_on == timezone.now().date() + datetime.timedelta(days=365)
    assert tasks.delete_expired_subject_requests(timezone.now()) == 0
    with pytest.raises(Refused, match="not-due-to-forget"):
        actions.delete_subject_request(
            service_actor("IMPACS.automation"), row, today=row.forget_on - datetime.timedelta(days=1)
        )
    later = timezone.now() + datetime.timedelta(days=365)
    assert (tasks.delete_expired_subject_requests(later), tasks.delete_expired_subject_requests(later)) == (1, 0)
    row.refresh_from_db()
    assert (row.surname, row.asked_by, row.answer, row.outcome) == ("", "", "", "given")
    assert {len(one.lines) for one in RequestSection.objects.all()} == {0}
    assert held_data.read_held_data(cast[BORDER], row).told == {}


def test_a_withdrawn_request_is_answered_no_more(cast):
    row = actions.withdraw_request(cast[OVERSIGHT], recorded(cast), said="by telephone")
    with pytest.raises(Refused) as refused:
        actions.gather_subject_data(cast[BORDER], row)
    assert refused.value.reason == "wrong-state"


def test_the_pages_lead_from_recording_to_the_answer(cast, hit, client_for):
    officer = client_for(OVERSIGHT)
    page = officer.get(reverse("protection:request_new")).content.decode()
    seat = page.split('name="_seat" value="')[1].split('"')[0]
    form = {
        **WANTED, "_seat": seat, "birth_date": "1971-04-09", "right": "access", "asked_by": "By letter",
        "identity": "seen", "ground": "Act, s. 6", "received_on": timezone.now().date().isoformat(),
    }  # fmt: skip
    assert officer.post(reverse("protection:request_new"), form | {"birth_date": "9 April"}).status_code == 422
    assert officer.post(reverse("protection:request_new"), form).status_code == 302
    row = SubjectRequest.objects.get()
    border = client_for(BORDER)
    held = border.get(reverse("protection:request_held", args=[row.pk])).content.decode()
    assert "LINDKVAEL-OSTREY" in held
    assert "Withheld: only you may see it" in held
    seat = held.split('name="_seat" value="')[1].split('"')[0]
    url = reverse("protection:request_do", args=[row.pk, "gather"])
    assert border.post(url, {"_seat": seat, "version": row.version}).status_code == 302
    assert "JAM.border" in officer.get(reverse("protection:subjectrequest", args=[row.pk])).content.decode()
    assert row.number in officer.get(reverse("protection:requests")).content.decode()
    assert client_for("brb.border.officer").get(reverse("protection:subjectrequest", args=[row.pk])).status_code == 404


def test_my_desk_asks_each_desk_once(cast, hit, client_for):
    row = recorded(cast)
    desk = reverse("people:desk")
    border = client_for(BORDER)
    assert row.number in border.get(desk).content.decode()
    actions.gather_subject_data(cast[BORDER], row)
    assert row.number not in border.get(desk).content.decode()
    assert row.number in client_for("jam.intelligence.officer").get(desk).content.decode()


@pytest.mark.parametrize("name", ["requests", "request", "held"])
def test_pages_ask_the_database_within_their_budget(cast, hit, client_for, name):
    rows = [recorded(cast) for _ in range(3)]
    url = {
        "requests": reverse("protection:requests"),
        "request": reverse("protection:subjectrequest", args=[rows[0].pk]),
        "held": reverse("protection:request_held", args=[rows[0].pk]),
    }[name]
    browser = client_for(BORDER)
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    assert len(asked) <= (24 if name == "held" else 14), [query["sql"][:90] for query in asked]


def test_programs_read_requests_of_their_party_and_carry_them_on(cast, hit, api):
    row = actions.gather_subject_data(cast[BORDER], recorded(cast))
    program = api("JAM.oversight")
    body = program.get(f"/api/v1/protection/requests/{row.pk}/").json()
    assert (body["number"], body["state"], body["due_on"]) == (row.number, "gathered", row.due_on.isoformat())
    done = program.post(f"/api/v1/protection/requests/{row.pk}/actions/prepare/", {"outcome": "given"}, format="json")
    assert done.status_code == 200, done.json()
    assert api("BRB.oversight").get(f"/api/v1/protection/requests/{row.pk}/").status_code == 404
    assert Traveller.objects.exists()
