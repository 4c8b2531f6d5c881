"""Lists and entries through the actions: who writes them, who sees them, what is kept with them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.people.queries import service_actor
from apps.screening import actions, queries, tasks
from apps.screening.matching import entry_keys, prepare
from apps.screening.models import Entry, EntryKey, EntryVersion, WatchList
from apps.screening.queries import identities, visibility
from apps.screening.queries.candidates import sharing_a_key
from tests.screening.people import FOREIGNER, KEEPER, MUHAMMAD, PERSAUD, WATCH, a_list, an_entry


def visible(actor, row):
    return type(row).objects.visible_to(actor).filter(pk=row.pk).exists()


def keys_of(entry):
    return set(EntryKey.objects.filter(entry=entry).values_list("key", flat=True))


def automation():
    return service_actor("JRCC.automation", request_id="test")


def test_a_list_is_named_after_the_party_that_opens_it(cast):
    with pytest.raises(ValidationError, match="JAM-"):
        a_list(cast[KEEPER], "BRB-WATCH")
    assert a_list(cast[KEEPER], "JAM-WATCH").originator_id == "JAM"


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("jam.intelligence.officer", True),
        ("jam.border.officer", True),
        (WATCH, True),
        ("jam.ministry.decider", False),
        ("brb.border.head", False),
        (FOREIGNER, False),
        ("rifc.analysis.release", False),
        ("7t.carrier.agent", False),
    ],
)
def test_a_list_and_its_entries_are_seen_by_the_owners_desks_and_the_jrcc(cast, who, sees):
    entry = an_entry(cast[KEEPER])
    assert visible(cast[who], entry) is sees
    assert visible(cast[who], entry.list) is sees


def test_a_border_officer_writes_into_the_list_of_his_states_intelligence_desk(cast):
    a_list(cast[KEEPER])
    entry = an_entry(cast["jam.border.officer"])
    assert (entry.owner_id, entry.list.owner_id) == (cast["jam.border.officer"].desk_id, cast[KEEPER].desk_id)
    assert visible(cast[KEEPER], entry)


@pytest.mark.parametrize("who", [FOREIGNER, WATCH])
@pytest.mark.parametrize("code", ["JAM-WATCH", "JAM-NO-SUCH-LIST"])
def test_nobody_writes_into_another_partys_list_and_the_answer_does_not_say_if_there_is_one(cast, who, code):
    a_list(cast[KEEPER])
    with pytest.raises(Refused, match="not-list-owner"):
        actions.create_watchlist_entry(cast[who], None, list=code, reference="X", subject=PERSAUD, instruction="inform")
    assert AuditRecord.objects.filter(verb="entry.create", outcome="refused").count() == 1


def test_one_reference_is_used_once_in_a_list(cast):
    an_entry(cast[KEEPER])
    with pytest.raises(ValidationError, match="already has an entry with this reference"):
        an_entry(cast[KEEPER])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"subject": {"birth_date": "1980-02-31", "surname": "X"}}, r"/birth_date"),
        ({"subject": {"documents": "P123"}}, "/documents"),
        ({"subject": {"sex": "M"}}, "name or a document number"),
        ({"visibility": {"screen_for": ["ATL"]}}, r"ATL is not a Member State or Associate Member.*/screen_for/0"),
        ({"visibility": {"screen_for": ["JRCC"]}}, "JRCC is not a Member State"),
        ({"visibility": {"screen_for": []}}, "at least one"),
        ({"visibility": {"functions": ["carrier"]}}, "carrier is not a function.*/functions/0"),
        ({"visibility": {"reason_visible_to": "friends"}}, "reason_visible_to"),
        ({"review_on": datetime.date(2099, 1, 1)}, "Choose a date from today"),
        ({"subject": {"surname": "", "given_names": " ", "aliases": []}}, "name or a document number"),
        ({"visibility": {"hit_visible_to": "friends"}}, "hit_visible_to"),
        ({"valid_until": datetime.date(2020, 1, 1)}, "date has passed"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_the_place_of_the_fault(cast, more, said):
    with pytest.raises(ValidationError, match=said):
        an_entry(cast[KEEPER], **more)
    assert not Entry.objects.exists()


def test_an_entry_has_keys_while_it_is_active_and_none_afterwards(cast):
    entry = an_entry(cast[KEEPER], visibility={"screen_for": ["JAM", "TTO"]})
    before = keys_of(entry)
    assert before
    assert set(map(tuple, EntryKey.objects.filter(entry=entry).values_list("screen_for", flat=True))) == {
        ("JAM", "TTO")
    }
    actions.change_watchlist_entry(cast[KEEPER], entry, subject=MUHAMMAD, visibility=None)
    assert keys_of(entry).isdisjoint(before)
    assert not EntryKey.objects.exclude(screen_for=None).exists()
    actions.withdraw_watchlist_entry(cast[KEEPER], entry, reason="Arrested on 3 March")
    assert keys_of(entry) == set()


def test_a_refused_action_leaves_neither_entry_nor_keys(cast, monkeypatch):
    monkeypatch.setattr(
        actions.entries, "emit", lambda *_: (_ for _ in ()).throw(RuntimeError("the end of the body fails"))
    )
    with pytest.raises(RuntimeError):
        an_entry(cast[KEEPER])
    assert (Entry.objects.count(), EntryKey.objects.count(), EntryVersion.objects.count()) == (0, 0, 0)


def test_each_change_keeps_the_entry_as_it_was(cast):
    entry = an_entry(cast[KEEPER], reason="Court order 12")
    changed = actions.change_watchlist_entry(cast[KEEPER], entry, instruction="arrest", why="Warrant issued")
    actions.withdraw_watchlist_entry(cast[KEEPER], entry, reason="Warrant executed")
    rows = [(v.number, v.instruction, v.state, v.why) for v in queries.list_entry_versions(cast[KEEPER], entry)]
    assert rows == [
        (3, "arrest", "withdrawn", "Warrant executed"),
        (2, "arrest", "active", "Warrant issued"),
        (1, "question", "active", ""),
    ]
    assert (changed.reason, changed.subject, changed.version) == ("Court order 12", PERSAUD, 2)
    assert queries.list_entry_versions(cast[FOREIGNER], entry) == []


def test_a_withdrawn_entry_changes_no_more(cast):
    entry = actions.withdraw_watchlist_entry(cast[KEEPER], an_entry(cast[KEEPER]), reason="Mistake")
    with pytest.raises(Refused, match="wrong-state"):
        actions.change_watchlist_entry(cast[KEEPER], entry, instruction="arrest")


def test_an_entry_expires_after_its_last_day_and_lives_again_with_a_new_one(cast):
    today = visibility.region_today()
    entry = an_entry(cast[KEEPER], valid_until=today)
    with pytest.raises(Refused, match="wrong-state"):
        actions.expire_watchlist_entry(automation(), entry)
    tomorrow = today + datetime.timedelta(days=1)
    assert list(queries.run_out(automation(), tomorrow)) == [entry.pk]
    expired = actions.expire_watchlist_entry(automation(), entry, today=tomorrow)
    assert (expired.state, keys_of(entry)) == ("expired", set())
    again = actions.change_watchlist_entry(cast[KEEPER], entry, valid_until=tomorrow)
    assert (again.state, bool(keys_of(entry))) == ("active", True)


def test_a_list_shows_how_many_active_entries_it_has(cast):
    an_entry(cast[KEEPER])
    actions.withdraw_watchlist_entry(cast[KEEPER], an_entry(cast[KEEPER], reference="R-2"), reason="Mistake")
    assert [(row.code, row.active) for row in queries.lists(cast[WATCH])] == [("JAM-WATCH", 1)]
    assert queries.lists(cast[FOREIGNER]) == []
    assert WatchList.objects.count() == 1


def test_the_round_of_what_has_run_out_ends_those_entries_alone(cast):
    over, still = an_entry(cast[KEEPER]), an_entry(cast[KEEPER], reference="R-2")
    Entry.objects.filter(pk=over.pk).update(valid_until=datetime.date(2020, 1, 1))
    assert tasks.expire() == 1
    assert (Entry.objects.get(pk=over.pk).state, Entry.objects.get(pk=still.pk).state) == ("expired", "active")
    assert tasks.expire() == 0


def test_an_entry_is_looked_at_again_in_time_and_says_so(cast):
    entry = an_entry(cast[KEEPER])
    today = visibility.region_today()
    assert entry.review_on == today + datetime.timedelta(days=365)
    Entry.objects.filter(pk=entry.pk).update(review_on=today)
    [row] = queries.lists(cast[KEEPER])
    assert (row.active, row.review_due, row.review_next) == (1, 1, today)
    kept = actions.review_watchlist_entry(cast[KEEPER], entry, why="Still wanted")
    assert kept.review_on == today + datetime.timedelta(days=365)
    assert (queries.lists(cast[KEEPER])[0].review_due, queries.list_entry_versions(cast[KEEPER], entry)[0].why) == (
        0,
        "Still wanted",
    )
    with pytest.raises(Refused, match="not-visible"):
        actions.review_watchlist_entry(cast[FOREIGNER], entry, why="Curious")


def test_the_history_says_what_changed_and_keeps_the_reason_from_whom_it_is_not_for(cast):
    entry = an_entry(cast[KEEPER], reason="Court order 12", visibility={"reason_visible_to": "owner"})
    dated = {**PERSAUD, "birth_date": "1979-11-12"}
    actions.change_watchlist_entry(
        cast[KEEPER], entry, subject=dated, reason="Court order 13", instruction="arrest", why="Retyped"
    )
    own, jrcc = (queries.list_entry_versions(cast[who], entry) for who in (KEEPER, WATCH))
    assert own[0].changes == [
        ("Date of birth", "2 Nov 1979", "12 Nov 1979"),
        ("Instruction", "Question", "Arrest"),
        ("Reason", "Court order 12", "Court order 13"),
    ]
    assert own[1].changes == []
    assert [label for label, *_ in jrcc[0].changes] == ["Date of birth", "Instruction"]
    assert (jrcc[0].why, jrcc[0].who) == ("", "")


def of_customs(cast):
    """An entry for customs alone, as they were made before those were refused."""
    entry = an_entry(cast[KEEPER])
    return for_customs(entry)


def for_customs(entry):
    Entry.objects.filter(pk=entry.pk).update(functions=["customs"])
    EntryKey.objects.rewrite({entry.pk: entry_keys(prepare(entry.subject))})
    return entry


def test_an_entry_that_is_open_to_one_function_is_not_used_by_others(cast):
    of_customs(cast)
    someone = prepare(PERSAUD)
    assert queries.search_watchlist(automation(), [someone], None) == [[]]
    assert queries.search_watchlist(cast["jam.border.officer"], [someone], [["JAM"]]) == [[]]
    assert len(queries.search_watchlist(cast["jam.customs.officer"], [someone], [["JAM"]])[0]) == 1


@pytest.mark.parametrize("wider", [{"functions": ["customs", "border"]}, {"functions": "all"}, None])
def test_an_entry_that_is_opened_to_more_desks_is_found_by_the_next_list(cast, wider):
    entry = of_customs(cast)
    someone = [prepare(PERSAUD)]
    assert sharing_a_key(someone, None) == [set()]
    actions.change_watchlist_entry(cast[KEEPER], entry, visibility=wider)
    assert sharing_a_key(someone, None) == [{entry.pk}]
    assert [match.entry for match in queries.search_watchlist(automation(), someone, None)[0]] == [entry]


@pytest.mark.parametrize(
    "narrow",
    [
        for_customs,
        lambda entry: actions.change_watchlist_entry(entry.keeper, entry, visibility={"screen_for": ["GUY"]}),
    ],
)
def test_an_entry_that_is_opened_to_fewer_takes_nobodys_place_among_the_candidates(cast, narrow):
    entry = an_entry(cast[KEEPER])
    entry.keeper = cast[KEEPER]
    narrow(entry)
    assert sharing_a_key([prepare(PERSAUD)], [["BRB"]]) == [set()]
    assert sharing_a_key([prepare(PERSAUD)], [["GUY"]], "customs") == [{entry.pk}]


def test_five_scripts_four_hundred_other_names_and_a_date_without_day_are_an_entry(cast):
    names = ["Мохаммед Юсуф", "محمد يوسف", "穆罕默德·优素福", "मोहम्मद यूसुफ़", "Μοχάμεντ Γιουσούφ"]
    aliases = [*names, *(f"Yusuf Mohammed the {n}th" for n in range(395))]
    entry = an_entry(cast[KEEPER], {**MUHAMMAD, "birth_date": "1900-01-00", "aliases": aliases})
    assert len(entry.subject["aliases"]) == 400
    assert ("Date of birth", ["Jan 1900"]) in identities.list_identity_facts(entry.subject)
    assert len(queries.search_watchlist(automation(), [prepare(MUHAMMAD)], None)[0]) <= 1
