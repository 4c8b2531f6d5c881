"""Lists and entries through the actions: who writes them, who sees them, what is kept with them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.access.refused import Refused
from apps.audit.models import AuditRecord
from apps.people.queries import service_actor
from apps.screening import actions, queries, tasks, visibility
from apps.screening.models import Entry, EntryKey, EntryVersion, WatchList
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
        actions.create(cast[who], None, list=code, reference="X", subject=PERSAUD, instruction="inform")
    assert AuditRecord.objects.filter(verb="entry.create", outcome="refused").count() == 1


def test_one_reference_is_used_once_in_a_list(cast):
    an_entry(cast[KEEPER])
    with pytest.raises(ValidationError, match="reference already"):
        an_entry(cast[KEEPER])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"subject": {"birth_date": "1980-02-31", "surname": "X"}}, r"/birth_date"),
        ({"subject": {"documents": "P123"}}, "/documents"),
        ({"subject": {"sex": "M"}}, "name or a document number"),
        ({"visibility": {"screen_for": ["ATL"]}}, r"ATL is not a Member State or Associate Member.*/screen_for/0"),
        ({"visibility": {"screen_for": ["JRCC"]}}, "JRCC is not a Member State"),
        ({"visibility": {"screen_for": []}}, "at least one State"),
        ({"visibility": {"hit_visible_to": "friends"}}, "hit_visible_to"),
        ({"valid_until": datetime.date(2020, 1, 1)}, "day is over"),
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
    actions.change(cast[KEEPER], entry, subject=MUHAMMAD, visibility=None)
    assert keys_of(entry).isdisjoint(before)
    assert not EntryKey.objects.exclude(screen_for=None).exists()
    actions.withdraw(cast[KEEPER], entry, reason="Arrested on 3 March")
    assert keys_of(entry) == set()


def test_a_refused_action_leaves_neither_entry_nor_keys(cast, monkeypatch):
    monkeypatch.setattr(actions, "emit", lambda *_: (_ for _ in ()).throw(RuntimeError("the end of the body fails")))
    with pytest.raises(RuntimeError):
        an_entry(cast[KEEPER])
    assert (Entry.objects.count(), EntryKey.objects.count(), EntryVersion.objects.count()) == (0, 0, 0)


def test_each_change_keeps_the_entry_as_it_was(cast):
    entry = an_entry(cast[KEEPER], reason="Court order 12")
    changed = actions.change(cast[KEEPER], entry, instruction="arrest", why="Warrant issued")
    actions.withdraw(cast[KEEPER], entry, reason="Warrant executed")
    rows = [(v.number, v.instruction, v.state, v.why) for v in queries.history(cast[KEEPER], entry)]
    assert rows == [
        (3, "arrest", "withdrawn", "Warrant executed"),
        (2, "arrest", "active", "Warrant issued"),
        (1, "question", "active", ""),
    ]
    assert (changed.reason, changed.subject, changed.version) == ("Court order 12", PERSAUD, 2)
    assert queries.history(cast[FOREIGNER], entry) == []


def test_a_withdrawn_entry_changes_no_more(cast):
    entry = actions.withdraw(cast[KEEPER], an_entry(cast[KEEPER]), reason="Mistake")
    with pytest.raises(Refused, match="wrong-state"):
        actions.change(cast[KEEPER], entry, instruction="arrest")


def test_an_entry_expires_after_its_last_day_and_lives_again_with_a_new_one(cast):
    today = visibility.region_today()
    entry = an_entry(cast[KEEPER], valid_until=today)
    with pytest.raises(Refused, match="wrong-state"):
        actions.expire(automation(), entry)
    tomorrow = today + datetime.timedelta(days=1)
    assert list(queries.run_out(automation(), tomorrow)) == [entry.pk]
    expired = actions.expire(automation(), entry, today=tomorrow)
    assert (expired.state, keys_of(entry)) == ("expired", set())
    again = actions.change(cast[KEEPER], entry, valid_until=tomorrow)
    assert (again.state, bool(keys_of(entry))) == ("active", True)


def test_a_list_shows_how_many_active_entries_it_has(cast):
    an_entry(cast[KEEPER])
    actions.withdraw(cast[KEEPER], an_entry(cast[KEEPER], reference="R-2"), reason="Mistake")
    assert [(row.code, row.active) for row in queries.lists(cast[WATCH])] == [("JAM-WATCH", 1)]
    assert queries.lists(cast[FOREIGNER]) == []
    assert WatchList.objects.count() == 1


def test_the_round_of_what_has_run_out_ends_those_entries_alone(cast):
    over, still = an_entry(cast[KEEPER]), an_entry(cast[KEEPER], reference="R-2")
    Entry.objects.filter(pk=over.pk).update(valid_until=datetime.date(2020, 1, 1))
    assert tasks.expire() == 1
    assert (Entry.objects.get(pk=over.pk).state, Entry.objects.get(pk=still.pk).state) == ("expired", "active")
    assert tasks.expire() == 0
