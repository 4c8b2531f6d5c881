"""Travellers found in the lists, and entries that a State may not use never seen."""

import datetime

import pytest

from apps.access.refusal import Refused
from apps.people.queries import service_actor
from apps.screening import actions, queries
from apps.screening.matching import STOP_AT, prepare
from apps.screening.matching.search_keys import MOST_COMPARED
from apps.screening.models import Entry, EntryKey
from tests.screening.people import KEEPER, MUHAMMAD, PERSAUD, an_entry

TRAVELLER = prepare(
    {"surname": "MUHAMED", "given_names": "YOUSSUF", "birth_date": "1981-03-14", "nationality": ["TTO"]}
)


@pytest.fixture
def screener(db):
    return service_actor("JRCC.automation", request_id="test")


def hits(screener, states):
    [screening] = queries.search_with_candidates(screener, [TRAVELLER], states)
    return [match.entry.reference for match in screening.matches], screening.candidates


def test_a_name_written_in_another_transliteration_is_found(cast, screener):
    an_entry(cast[KEEPER], MUHAMMAD)
    [[match]] = queries.search_watchlist(screener, [TRAVELLER], [["BRB"]])
    assert match.entry.reference == "R-1"
    assert match.comparison.score > 0.5
    assert all(line.text for line in match.comparison.evidence)


def test_an_entry_that_a_state_may_not_use_is_neither_found_nor_counted(cast, screener):
    an_entry(cast[KEEPER], MUHAMMAD, visibility={"screen_for": ["JAM", "TTO"]})
    assert hits(screener, [["BRB"]]) == ([], 0)
    assert hits(screener, [[]]) == ([], 0)
    assert hits(screener, [["BRB", "TTO"]]) == (["R-1"], 1)
    assert hits(screener, None) == (["R-1"], 1)


def a_crowd(like, size, **limits):
    """So many entries with the keys of another one."""
    fields = {
        "owner_id": like.owner_id,
        "originator_id": "JAM",
        "level": 2,
        "subject": MUHAMMAD,
        "instruction": "inform",
    }
    crowd = [Entry(list=like.list, reference=f"C-{i}", display_name="x", **fields, **limits) for i in range(size)]
    Entry.objects.bulk_create(crowd)
    keys = list(EntryKey.objects.filter(entry=like).values_list("key", flat=True))
    EntryKey.objects.rewrite({entry.pk: keys for entry in crowd})


def test_keys_that_are_common_among_hidden_entries_alone_stay_useful(cast, screener):
    shown = an_entry(cast[KEEPER], MUHAMMAD)
    a_crowd(shown, STOP_AT + 1, screen_for=["GUY"])
    assert hits(screener, [["BRB"]]) == (["R-1"], 1)
    assert hits(screener, [["GUY"]]) == ([], 0)


@pytest.mark.parametrize("limits", [{"functions": ["customs"]}, {"valid_from": datetime.date(2999, 1, 1)}])
def test_entries_of_other_desks_or_of_later_take_nobodys_place_among_the_foremost(cast, screener, limits):
    a_crowd(an_entry(cast[KEEPER], MUHAMMAD), MOST_COMPARED + 10, **limits)
    an_entry(cast[KEEPER], MUHAMMAD, reference="R-2")
    assert hits(screener, [["BRB"]]) == (["R-1", "R-2"], 2)


def test_one_name_and_the_year_are_enough_where_nobody_shares_more(cast, screener):
    an_entry(cast[KEEPER], {"surname": "QUILLFEATHER", "given_names": "YOUSSUF", "birth_date": "1981"}, reference="R-2")
    assert hits(screener, [["BRB"]]) == ([], 1), "compared, and not alike"
    an_entry(cast[KEEPER], MUHAMMAD)
    assert hits(screener, [["BRB"]]) == (["R-1"], 1), "the other one is not looked at any more"


@pytest.mark.parametrize("ending", ["withdrawn", "over", "not yet"])
def test_an_entry_that_is_not_in_force_matches_nobody(cast, screener, ending):
    entry = an_entry(cast[KEEPER], MUHAMMAD)
    if ending == "withdrawn":
        actions.withdraw_watchlist_entry(cast[KEEPER], entry, reason="Mistake")
    elif ending == "over":
        Entry.objects.update(valid_until=datetime.date(2020, 1, 1))
    else:
        Entry.objects.update(valid_from=datetime.date(2999, 1, 1))
    assert hits(screener, None) == ([], 0)


def test_a_changed_entry_is_compared_as_it_is_now(cast, screener):
    entry = an_entry(cast[KEEPER], MUHAMMAD)
    assert hits(screener, None)[0] == ["R-1"]
    actions.change_watchlist_entry(cast[KEEPER], entry, subject=PERSAUD)
    assert hits(screener, None)[0] == []


def test_a_border_officer_searches_as_his_own_state_only(cast):
    an_entry(cast[KEEPER], MUHAMMAD, visibility={"screen_for": ["JAM"]})
    assert queries.search_watchlist(cast["brb.border.officer"], [TRAVELLER], [["BRB"]]) == [[]]
    with pytest.raises(Refused, match="not-screening"):
        queries.search_watchlist(cast["brb.border.officer"], [TRAVELLER], [["JAM"]])


def test_a_manifest_is_searched_in_a_constant_number_of_statements(cast, screener, django_assert_max_num_queries):
    for i in range(5):
        an_entry(cast[KEEPER], MUHAMMAD, reference=f"R-{i}")
    with django_assert_max_num_queries(5):
        found = queries.search_watchlist(screener, [TRAVELLER] * 30, [["JAM"], ["BRB"]] * 15)
    assert [len(matches) for matches in found] == [5] * 30
