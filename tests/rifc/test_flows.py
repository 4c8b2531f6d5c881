"""Who gives whom, and how long questions wait: RIFC reads the whole region, each party its own side."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.exchange.models import Addressee
from apps.rifc.actions import uses
from apps.rifc.models import Flow
from apps.rifc.queries import flows
from apps.rifc.tasks import count_exchange_balances
from tests.exchange.people import answered, sent
from tests.rifc.people import JAMAICA, TRINIDAD, shared

pytestmark = pytest.mark.django_db
PLACE = reverse("rifc:statistics")
WATCH, SPEAKER = "rifc.watch.officer", "brb.intelligence.head"


def csv_of(client_for, who, what):
    answer = client_for(who).get(reverse("rifc:statistics_csv", args=[what]))
    assert answer.status_code == 200
    return [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]


@pytest.fixture
def a_year(cast):
    """Barbados gives Jamaica two and Trinidad one, Trinidad's customs gives Jamaica one; Jamaica finds one useful."""
    first = shared(cast, "JAM.contact", "JAM.customs", "TTO.contact", "BRB.contact")
    shared(cast, "JAM.contact")
    shared(cast, "JAM.contact", author="tto.customs.officer", head="tto.customs.head")
    uses.record_report_use(cast[JAMAICA], None, of=first, usefulness="useful", used_for=["operation"])
    uses.record_report_use(cast[TRINIDAD], None, of=first, usefulness="not")
    count_exchange_balances(timezone.now())


def given(cast, who):
    found = flows.matrix(cast[who], timezone.now().date())
    return {
        (giver, receiver): (cell.given, cell.used)
        for giver, cells in zip(found.parties, found.rows, strict=True)
        for receiver, cell in zip(found.parties, cells, strict=True)
        if cell and cell.given
    }


def test_rifc_reads_the_whole_matrix_and_a_party_its_row_and_its_column(cast, a_year):
    everything = {("BRB", "JAM"): (2, 1), ("BRB", "TTO"): (1, 0), ("TTO", "JAM"): (1, 0)}
    assert given(cast, WATCH) == given(cast, "rifc.analysis.head") == everything
    assert given(cast, SPEAKER) == {pair: n for pair, n in everything.items() if "BRB" in pair}
    assert given(cast, TRINIDAD) == {pair: n for pair, n in everything.items() if "TTO" in pair}
    assert given(cast, "guy.contact.officer") == {}
    for nobody in ("jam.customs.officer", "jrcc.watch.officer", "jam.ministry.decider", "brb.border.officer"):
        assert not Flow.objects.visible_to(cast[nobody]).exists()
    count_exchange_balances(timezone.now())
    assert given(cast, WATCH) == everything  # counted anew, not once more


def test_the_figure_the_table_and_the_file_say_the_same_and_nothing_of_others(cast, client_for, a_year):
    watch, party = client_for(WATCH).get(PLACE), client_for(TRINIDAD).get(PLACE)
    assert (watch.status_code, party.status_code) == (200, 200)
    figures = {one.party: (one.sent, one.sent_useful, one.received) for one in watch.context["exchanges"]}
    assert figures == {"BRB": (3, 1, 0), "JAM": (0, 0, 3), "TTO": (1, 0, 1)}
    for page in (watch, party):  # the drawing is as long as the numbers that the table behind it gives
        text = page.content.decode()
        drawn = text.partition('<ul class="strips">')[2].partition("</ul>")[0]
        wide = [sum(map(int, re.findall(r'x="\d+" width="(\d+)"', line))) for line in drawn.split("</li>")[:-1]]
        assert wide == [one.sent + one.received for one in page.context["exchanges"]]
        assert "Reports sent and received" in text
        assert re.search(r"<span>[^>]*>[^>]*></svg>0 ", drawn) is None
    assert {one.party: (one.sent, one.received) for one in party.context["exchanges"]} == {"JAM": (1, 0), "BRB": (0, 1)}
    assert party.context["grid"] is None
    grid = watch.context["grid"]
    assert [head.words for head in grid.columns] == ["JAM", "TTO"]
    assert {line.head.words: [cell.html for cell in line.cells] for line in grid.lines} == {
        "BRB": ["2 (1)", "1"],
        "TTO": ["1", ""],
    }
    rows = csv_of(client_for, WATCH, "matrix")
    assert ["BRB", "JAM", "2", "1"] in rows
    theirs = csv_of(client_for, TRINIDAD, "matrix")[1:]
    assert ["BRB", "TTO", "1", "0"] in theirs
    assert all("TTO" in row[:2] for row in theirs)
    assert client_for("jrcc.watch.officer").get(PLACE).status_code == 404
    assert client_for(WATCH).get(reverse("rifc:statistics_csv", args=["other"])).status_code == 404


def test_answer_times_are_of_the_routes_that_one_may_know(cast, client_for, drain):
    now = timezone.now()
    quick, slow, open_one = (sent(cast) for _number in range(3))
    for request in (quick, slow):
        answered(cast, request, JAMAICA)
    answered(cast, quick, TRINIDAD)
    drain()
    for request, hours, late in ((quick, 2, False), (slow, 12, True)):
        Addressee.objects.filter(request=request, owner__code="JAM.contact").update(
            sent_at=now - timedelta(hours=hours), done_at=now, due_at=now + timedelta(hours=-1 if late else 1)
        )
    Addressee.objects.filter(request=open_one).update(due_at=now - timedelta(hours=1))
    everybody = {one.party: one for one in flows.answer_times(cast[WATCH], now, by_party=True)}
    jamaica = everybody["JAM"]
    assert (jamaica.asked, jamaica.answered, jamaica.late, jamaica.waiting) == (3, 2, 2, 1)
    assert (jamaica.median_h, jamaica.p90_h) == (pytest.approx(7.0), pytest.approx(11.0))
    trinidad = everybody["TTO"]
    assert (trinidad.asked, trinidad.answered, trinidad.late, trinidad.waiting) == (3, 1, 1, 2)
    [whole] = flows.answer_times(cast[WATCH], now, by_party=False)
    assert (whole.party, whole.asked, whole.answered, whole.late) == ("", 6, 3, 3)
    assert {one.party for one in flows.answer_times(cast[JAMAICA], now, by_party=True)} == {"JAM"}
    assert flows.answer_times(cast[SPEAKER], now, by_party=True) == []
    page = client_for(WATCH).get(PLACE).content.decode()
    assert "How long requests wait for an answer" in page
    assert ["JAM", jamaica.priority, "3", "2", "7.0", "11.0", "2", "1"] in csv_of(client_for, WATCH, "answers")
    assert {row[0] for row in csv_of(client_for, JAMAICA, "answers")[1:]} == {"JAM"}
    assert "How long requests wait for an answer" not in client_for(SPEAKER).get(PLACE).content.decode()


def test_a_route_that_was_withdrawn_or_passed_on_is_no_answer(cast):
    request = sent(cast)
    Addressee.objects.filter(request=request, owner__code="JAM.contact").update(state="withdrawn")
    Addressee.objects.filter(request=request, owner__code="TTO.contact").update(state="transferred")
    assert flows.answer_times(cast[WATCH], timezone.now(), by_party=True) == []
