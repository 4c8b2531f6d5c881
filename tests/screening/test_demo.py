"""The demonstration's lists: complete, made once, and met by the travellers that its flights bring."""

from collections import Counter

from apps.people.queries import service_actor
from apps.screening import queries
from apps.screening.matching import prepare
from apps.screening.models import Entry, WatchList
from demo import screening as demo
from tests.demonstrations import play_screening


def test_the_demonstration_fills_seven_lists_once(cast):
    assert play_screening() == 262
    assert demo.load() == 0
    assert Entry.objects.filter(state="active").count() == 262
    assert {row.code for row in WatchList.objects.all()} == {row["code"] for row in demo.PLAN["list"]}
    owners = Counter(Entry.objects.values_list("list__code", "originator_id"))
    assert all(code.startswith(f"{party}-") for code, party in owners)


def test_each_of_the_twelve_is_found_as_the_carrier_sends_him_and_hardly_anybody_else(cast):
    play_screening()
    screener = service_actor("JRCC.automation", request_id="test")
    travellers = [prepare(meet["traveller"]) for meet in demo.MEETS]
    found = queries.search_watchlist(screener, travellers, None)
    assert len(demo.MEETS) == 12
    assert [matches[0].entry.reference for matches in found] == [meet["reference"] for meet in demo.MEETS]
    assert sum(map(len, found)) <= 14


def test_the_entry_for_barbados_and_trinidad_is_met_there_alone(cast):
    play_screening()
    screener = service_actor("JRCC.automation", request_id="test")
    [meet] = [one for one in demo.MEETS if one["reference"] == "TTO-W-0910"]
    traveller = prepare(meet["traveller"])
    jamaica, barbados = queries.search_watchlist(screener, [traveller] * 2, [["JAM"], ["BRB"]])
    assert "TTO-W-0910" not in [match.entry.reference for match in jamaica]
    assert barbados[0].entry.reference == "TTO-W-0910"
