"""Dated registers: what is kept how long agrees with the code, purposes are two persons', levels are for everybody."""

import csv
import datetime
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.access import retention, stream_log
from apps.access.marking import TLP, words_of
from apps.access.models import Level, PurgeRound
from apps.access.refusal import Refused
from apps.assessments import tasks as assessments
from apps.assessments.queries import clocks
from apps.files import tasks as files
from apps.files.queries.attachments import GIVEN_UP_KEPT, UNUSED_KEPT
from apps.gateway import tasks as gateway
from apps.journeys.actions import holds
from apps.journeys.models import Journey
from apps.protection import actions
from apps.protection.models import ClassLevel, KeepingRule, Purpose, PurposeChange
from apps.protection.queries import retention_due
from apps.rifc.queries import vocabulary
from apps.travellers import tasks as jrcc
from apps.travellers.actions import retention_rounds
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db
OVERSIGHT, ADMIN, REGION = "jam.oversight.officer", "jam.administration.administrator", "impacs.oversight.officer"
SEED = Path(__file__).resolve().parents[2] / "apps/travellers/seed"


def soon(days=30):
    return timezone.now().date() + datetime.timedelta(days=days)


def test_the_board_says_what_the_code_does():
    days = dict(KeepingRule.objects.values_list("code", "days"))
    constants = {
        "report_thrown": GIVEN_UP_KEPT,
        "request_thrown": GIVEN_UP_KEPT,
        "bulletin_thrown": GIVEN_UP_KEPT,
        "upload_unused": GIVEN_UP_KEPT,
        "upload_open": UNUSED_KEPT,
        "section_history": clocks.HISTORY_KEPT,
        "stream_event": stream_log.KEPT,
        "answer_given": retention.ANSWERS_KEPT,
        "done_work": retention.DONE_WORK_KEPT,
    }
    for code, kept in constants.items():
        assert days[code] == kept.days, code
    with (SEED / "retention.csv").open() as file:
        seed = {row["class"]: row for row in csv.DictReader(file)}
    assert days["traveller_mask"] == int(seed["traveller_record"]["keep_days"])
    assert days["traveller_delete"] == int(seed["traveller_record"]["delete_days"])
    assert days["traveller_hit"] == int(seed["traveller_record_with_hit"]["keep_days"])
    assert days["raw_message"] == int(seed["raw_message"]["keep_days"])
    assert days["unreadable_file"] == int(seed["unreadable_file"]["keep_days"])
    assert days["form_draft"] == int(seed["form_draft"]["keep_days"])


def test_what_is_counted_is_what_the_night_takes_and_the_round_is_written_down(cast, drain, monkeypatch):
    sent(cast, drain, message(3))
    later = timezone.now() + datetime.timedelta(days=92)
    counts = retention_due.due(later)
    assert (counts["traveller_mask"], counts["raw_message"]) == (3, 1)
    forget = retention_rounds.forget
    monkeypatch.setattr(retention_rounds, "forget", lambda _now: forget(later))
    jrcc.forget_by_the_clock()
    last = PurgeRound.objects.filter(name="jrcc.forget").get()
    assert (last.counts["masked"], last.counts["messages"]) == (1, 1)
    assert retention_due.due(later)["traveller_mask"] == 0
    jrcc.forget_by_the_clock()
    jrcc.forget_by_the_clock()
    assert [one.total for one in PurgeRound.objects.order_by("pk")] == [last.total, 0]


def test_every_rule_with_a_round_names_one_that_is_written_down():
    sources = "".join(path.read_text() for path in (SEED.parents[1]).rglob("tasks.py"))
    for name in set(KeepingRule.objects.exclude(round="").values_list("round", flat=True)):
        assert f'round_done("{name}"' in sources, name


ENDS_WITHOUT_ERASING = {
    "screening.expire": "entries and clearances end, and stay as they were",
    "screening.reviews": "owners are reminded",
}
"""Work of the clock whose name sounds like forgetting, and why it is no rule of retention."""
FORGETS = re.compile(r"purge|forget|tidy|drafts|expire|clean|delete|sweep_")


def test_every_work_of_the_clock_that_forgets_has_a_line_and_every_line_its_work(settings):
    clock = {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}
    rounds = set(KeepingRule.objects.exclude(round="").values_list("round", flat=True))
    assert rounds <= clock
    sources = "".join(path.read_text() for path in SEED.parents[1].rglob("tasks.py"))
    assert set(re.findall(r'round_done\("([^"]+)"', sources)) == rounds
    sounding = {name for name in clock if FORGETS.search(name)}
    assert sounding - rounds - set(ENDS_WITHOUT_ERASING) == set()
    bare = set(KeepingRule.objects.filter(round="").values_list("code", flat=True))
    assert bare == set(retention_due.NEVER_DUE)


def test_every_rule_has_a_source_a_count_and_the_next_round(cast):
    now = timezone.now()
    counts = retention_due.due(now)
    for line in retention_due.board(cast[REGION], now, counts=counts):
        code = line.rule.code
        assert line.rule.source, code
        assert line.rule.since, code
        assert line.never or line.due is not None, code
        assert line.never or line.next >= now, code
    assert set(counts) <= set(KeepingRule.objects.values_list("code", flat=True))


def test_a_round_of_the_night_comes_at_its_hour_and_others_after_their_time():
    now = datetime.datetime(2009, 11, 26, 12, 0, tzinfo=datetime.UTC)
    assert retention_due.next_round("files.purge", None, now) == datetime.datetime(
        2009, 11, 27, 6, 40, tzinfo=datetime.UTC
    )
    early = now.replace(hour=5)
    assert retention_due.next_round("files.purge", None, early) == early.replace(hour=6, minute=40)
    assert retention_due.next_round("gateway.tidy", now, now) == now + datetime.timedelta(seconds=60)
    assert retention_due.next_round("", None, now) is None


def test_a_state_counts_what_is_its_own(cast, drain):
    sent(cast, drain, message(3))
    later = timezone.now() + datetime.timedelta(days=92)
    for party, number in (("", 3), ("JAM", 3), ("TTO", 3), ("BRB", 0)):
        assert retention_due.due(later, party)["traveller_mask"] == number, party
    assert "stream_event" not in retention_due.due(later, "JAM")


def test_rounds_of_the_gateway_of_files_and_of_assessments_are_written_down(cast):
    for work in (gateway.tidy, files.tidy, assessments.run_assessments_deletions):
        work()
    names = set(PurgeRound.objects.values_list("name", flat=True))
    assert {"gateway.tidy", "files.tidy", "assessments.tick"} <= names


def test_holds_are_counted_for_their_own_party_and_for_the_region(cast, drain):
    sent(cast, drain, message(2))
    holds.place_hold(
        cast["jam.border.officer"], None, journey=Journey.objects.get().pk, ground="court", reference="SC 1",
        reason="Evidence", until=soon(),
    )  # fmt: skip
    today = timezone.now().date()
    for who, number in ((OVERSIGHT, 1), (REGION, 1), ("brb.administration.administrator", 0)):
        assert sum(one["count"] for one in retention_due.holds(cast[who], today)) == number, who


def test_the_board_counts_on_demand(cast, client_for):
    board = reverse("protection:board")
    region = client_for(REGION)
    region.get(board)
    with CaptureQueriesContext(connection) as asked:
        page = region.get(board).content.decode()
    assert len(asked) <= 12
    assert "?count=1" in page
    assert "Due for masking or deletion" not in page
    assert "Nothing is due" in region.get(board, {"count": "1"}).content.decode()
    state = client_for(OVERSIGHT)
    assert "Nothing is due" in state.get(board, {"count": "1"}).content.decode()
    assert client_for("jam.border.officer").get(board).status_code == 404


def test_the_guide_has_every_level_highest_first(cast, client_for, api):
    page = client_for("jam.border.officer").get(reverse("protection:classification")).content.decode()
    assert page.index(">Secret<") < page.index(">Confidential<") < page.index(">Official<")
    body = api("JAM.border", "read").get("/api/v1/protection/classification/", {"level": 3}).json()["results"]
    assert [one["label"] for one in body] == ["Secret"]
    assert body[0]["state"] == "in_force"
    assert set(ClassLevel.objects.values_list("level", flat=True)) == {0, 1, 2, 3}


def test_every_word_that_a_banner_can_say_stands_in_the_guide(client_for, cast):
    page = client_for("jam.border.officer").get(reverse("protection:classification")).content.decode()
    guide = page[page.index("<main") : page.index("</main>")]
    for level in Level:
        for word in words_of(level):
            assert f'<p class="cls cls-{word.letter}"><b>{word.word}</b></p>' in guide
    limits = ("ORCON", "EYES", *(code for code, _label in vocabulary.choices("handling")))
    assert [code for code in limits if f"<code>{code}</code>" not in guide] == []
    assert [label for label in TLP if f"TLP:{label}<" not in guide] == []


@pytest.mark.parametrize(
    "who", ["jam.border.officer", "jrcc.watch.officer", "portal.platform.head", "7t.carrier.agent"]
)
def test_every_desk_is_led_to_the_guide_and_reads_it(who, client_for):
    browser = client_for(who)
    assert f'href="{reverse("protection:classification")}"' in browser.get(reverse("audit:records")).content.decode()
    assert ">Secret<" in browser.get(reverse("protection:classification")).content.decode()


def test_who_chooses_a_level_is_led_to_what_it_means(client_for):
    page = client_for(ADMIN).get(reverse("people:account_new")).content.decode()
    assert (
        page.index('for="id_clearance"') < page.index("What the classifications mean") < page.index('name="clearance"')
    )


def proposed(cast, who=OVERSIGHT, **more):
    given = {
        "code": "visas", "name": "Visas", "legal_basis": "Act 1", "categories": "Visitors", "recipients": "Border desk",
        "retention": "90 days", "valid_from": soon(), "source": "Note", **more,
    }  # fmt: skip
    return actions.propose_purpose_change(cast[who], None, **given)


def test_a_purpose_takes_two_persons_of_the_party(cast, client_for):
    row = proposed(cast)
    assert not Purpose.objects.filter(code="visas").exists()
    for who, code in ((OVERSIGHT, "own-change"), ("jam.ministry.reader", "needs-officer")):
        with pytest.raises(Refused) as refused:
            actions.confirm_purpose_change(cast[who], row)
        assert refused.value.code == code
    assert not PurposeChange.objects.visible_to(cast["brb.administration.administrator"]).exists()
    page = client_for(ADMIN).get(reverse("protection:purposechange", args=[row.pk])).content.decode()
    assert "Act 1" in page
    actions.confirm_purpose_change(cast[ADMIN], row)
    made = Purpose.objects.get(code="visas")
    assert (made.party_id, made.valid_from) == ("JAM", soon())
    again = proposed(cast, valid_from=soon(60), retention="60 days")
    actions.confirm_purpose_change(cast[ADMIN], again)
    made.refresh_from_db()
    assert made.valid_to == soon(60)
    ended = proposed(
        cast, valid_from=soon(90), ends=True, name="", legal_basis="", categories="", recipients="", retention=""
    )
    actions.confirm_purpose_change(cast[ADMIN], ended)
    assert Purpose.objects.get(valid_from=soon(60)).valid_to == soon(90)


def test_a_purpose_is_said_whole_and_never_of_the_past(cast):
    with pytest.raises(ValidationError, match="unless the purpose ends"):
        proposed(cast, recipients="")
    with pytest.raises(ValidationError, match="past rules never change"):
        proposed(cast, valid_from=timezone.now().date())
    proposed(cast)
    with pytest.raises(ValidationError, match="already await"):
        proposed(cast, ADMIN)
    with pytest.raises(Refused) as refused:
        proposed(cast, "jam.border.head")
    assert refused.value.code == "not-register-desk"


def test_the_register_is_a_page_a_collection_and_linked_from_searching(cast, client_for, api):
    border = client_for("jam.border.officer")
    page = border.get(reverse("protection:purposes")).content.decode()
    assert "Screening of travellers" in page
    assert reverse("protection:purposes") in border.get(reverse("jrcc:lookups")).content.decode()
    body = api("JAM.border", "read").get("/api/v1/protection/purposes/", {"party": "RIFC"}).json()["results"]
    assert [one["code"] for one in body] == ["intelligence-exchange"]
    program = api("JAM.oversight")
    given = {
        "code": "visas", "name": "Visas", "legal_basis": "Act 1", "categories": "V", "recipients": "B",
        "retention": "90", "valid_from": soon().isoformat(), "source": "Note",
    }  # fmt: skip
    made = program.post("/api/v1/protection/purpose-changes/", given, format="json")
    assert (made.status_code, made.json().get("state")) == (201, "proposed"), made.json()
