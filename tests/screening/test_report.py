"""The supervisors' report: only what the seat sees, right numbers, no names, a constant number of questions."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from apps.screening.queries import hit_outcomes, supervisor_report
from apps.screening.queries.hit_outcomes import OPEN, RIGHT, WRONG
from apps.screening.views.report import PeriodForm
from tests.jrcc.people import AGENT, QUILL, WATCH, list_entry, renamed, the_registers
from tests.jrcc.test_budgets import asked
from tests.screening.test_thresholds import ALIKE, HEAD, KEEPER, RIFC, SUPERVISOR, flown, text

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("screening:report"), reverse("screening:report_csv")
OWNER = "jam.intelligence.head"


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


def a_hit(cast, number):
    flown(cast, renamed(QUILL, document=f"A99900{number:02}", pnr=f"ZZZZ{number:02}"), flight=f"7T6{number:02}")
    return Hit.objects.order_by("-pk")[0]


def closed(cast, number, outcome):
    hit = jrcc.refer_hit(cast[WATCH], jrcc.claim_hit(cast[WATCH], a_hit(cast, number)), to=["BRB"])
    hit = jrcc.acknowledge_hit(cast["brb.border.officer"], hit)
    return jrcc.record_hit_outcome(cast["brb.border.officer"], hit, outcome=outcome)


@pytest.fixture
def a_season(cast):
    """A Jamaican entry met five times: twice the man themselves, twice another, once still open and overdue."""
    list_entry(cast[KEEPER], ALIKE)
    closed(cast, 1, "detained")
    closed(cast, 2, "admitted")
    closed(cast, 3, "not_the_person")
    jrcc.dismiss_hit(cast[WATCH], a_hit(cast, 4), reason="different_photo")
    hit = a_hit(cast, 5)
    Hit.objects.filter(pk=hit.pk).update(due_at=timezone.now() - datetime.timedelta(hours=1))
    return hit


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_report_counts_what_hits_came_to_and_how_long_it_took(cast, client_for, a_season):
    page = text(client_for(SUPERVISOR).get(PAGE))
    assert "true hits: 2 the listed person, 2 another person" in page
    assert a_season.reference in page
    assert "1 overdue" in page
    table = lines(client_for(SUPERVISOR).get(FILE))
    [by_list] = [line for line in table if line[0] == "List"]
    assert by_list[1:9] == ["Wanted persons", "JAM", "5", "2", "2", "1", "0", "50"]
    states = {line[1]: line[3] for line in table if line[0] == "State"}
    assert states == {"BRB": "5", "TTO": "5"}
    times = {line[1]: line[3] for line in table if line[0] == "Minutes since raised"}
    assert [times[name] for name in times] == ["Hits", "3", "3", "3", "4"]
    for answer in (client_for(SUPERVISOR).get(FILE), client_for(SUPERVISOR).get(PAGE)):
        assert "QUILLINGFORD" not in answer.content.decode()


def test_a_head_reads_his_own_states_hits_alone(cast, client_for, a_season):
    assert "true hits: 2 the listed person" in text(client_for(OWNER).get(PAGE))
    assert "true hits: 2 the listed person, 1 another person" in text(client_for("brb.border.head").get(PAGE))
    for other in (HEAD, "guy.border.head", RIFC):
        page = text(client_for(other).get(PAGE))
        assert "No hits in this period" in page
        assert a_season.reference not in page
        assert len([line for line in lines(client_for(other).get(FILE)) if line[0] in {"List", "State"}]) == 0
    for nobody in (WATCH, KEEPER, "jam.ministry.decider", AGENT, "rifc.watch.supervisor"):
        assert [client_for(nobody).get(place).status_code for place in (PAGE, FILE)] == [404, 404]


@pytest.mark.parametrize(
    "days", ["first=yesterday", "first=2009-05-01&last=2009-04-01", "first=2020-01-01&last=2009-01-01", "last=9"]
)
def test_days_that_make_no_period_are_named(cast, client_for, days):
    for place in (PAGE, FILE):
        assert client_for(SUPERVISOR).get(f"{place}?{days}").status_code == 422


def test_hits_of_other_days_are_left_out(cast, client_for, a_season):
    page = text(client_for(SUPERVISOR).get(f"{PAGE}?first=2009-01-01&last=2009-02-01"))
    assert "No hits in this period" in page


def test_the_usual_days_end_today_while_it_is_yesterday_in_the_region(monkeypatch):
    night = datetime.datetime(2009, 11, 27, 0, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: night)
    form = PeriodForm({})
    assert form.is_valid()
    assert form.cleaned_data["last"] == night.date()


def test_the_name_of_a_list_is_never_a_formula(cast, client_for):
    list_entry(cast[KEEPER], ALIKE)
    a_hit(cast, 1)
    Hit.objects.update(list_name="=HYPERLINK(1)")
    [line] = [line for line in lines(client_for(SUPERVISOR).get(FILE)) if line[0] == "List"]
    assert line[1] == "'=HYPERLINK(1)"


def test_the_report_asks_as_often_for_many_hits_as_for_one(cast, client_for):
    list_entry(cast[KEEPER], ALIKE)
    a_hit(cast, 1)
    few = [len(asked(client_for(SUPERVISOR), place)) for place in (PAGE, FILE)]
    for number in range(2, 8):
        a_hit(cast, number)
    assert [len(asked(client_for(SUPERVISOR), place)) for place in (PAGE, FILE)] == few
    assert max(few) <= 12


def test_tables_are_made_of_what_was_told():
    week = datetime.date(2009, 11, 2)
    one = lambda verdict, n, band, matcher="2026-2": hit_outcomes.Count(  # noqa: E731
        "Wanted", "JAM", "person", week, matcher, band, verdict, n
    )
    told = hit_outcomes.Told(
        [one(RIGHT, 3, 2), one(WRONG, 1, 0), one(OPEN, 2, 2, "2026-3")],
        {("BRB", RIGHT): 3},
        {"claimed": [1.0, 3.0]},
        [],
        0,
    )
    found = supervisor_report.report(told, (0.0, 0.6, 0.95), 0.95)
    assert (found.whole.hits, found.whole.precision, found.whole.match_share) == (6, "75", "83")
    assert [(one.name, one.hits) for one in found.matchers] == [("2026-2", 4), ("2026-3", 2)]
    assert [name for name, _before, _after in found.bands] == ["0 to 60%", "60 to 95%", "95 to 100%"]
    assert (found.times[0].median, found.times[1].median) == (2.0, None)
    empty = supervisor_report.report(hit_outcomes.Told([], {}, {}, [], 0), (0.0, 0.95), 0.95)
    assert (empty.whole.precision, empty.lists, supervisor_report.draw_hit_bars(empty.weeks)["columns"]) == ("", [], [])
