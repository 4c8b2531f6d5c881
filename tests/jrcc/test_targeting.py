"""Targeting rules: tried on the past, put into force by a second person, asked of travellers, and ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils import timezone

from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.models import Traveller
from apps.journeys.queries.journeys import with_facts
from apps.jrcc.models import Hit
from apps.jrcc.queries.rule_facts import Facts, age_on
from apps.screening.actions import rules as acting
from apps.screening.models import Entry, Rule, RuleTrial, RuleVersion
from apps.screening.queries import rules as queries
from tests.jrcc.people import AGENT, RAM, SHO, WID, fresh, hop, list_entry, renamed, send, the_registers

pytestmark = pytest.mark.django_db
WRITER, DECIDER, OTHER = "brb.intelligence.officer", "brb.intelligence.head", "jam.intelligence.officer"
TO_BARBADOS = {"fact": "route.to", "is": "BGI"}
HAITIAN_BOOK = {"all": [TO_BARBADOS, {"fact": "document.issuer", "is": "HTI"}]}


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


def a_rule(cast, condition=HAITIAN_BOOK, who=WRITER, **more):
    given = {
        "name": "Haitian passports from Port of Spain",
        "condition": condition,
        "why": "Lost blank passports",
        "legal_basis": "Immigration Act s. 13",
        "instruction": "question",
        "valid_until": timezone.now().date() + datetime.timedelta(days=60),
    }
    return acting.draft_screening_rule(cast[who], None, **(given | more))


def tried(cast, row, who=WRITER):
    acting.try_screening_rule(cast[who], row)
    work_off()
    return queries.last_trial(row)


def in_force(cast, condition=HAITIAN_BOOK, who=WRITER, by=DECIDER, **more):
    row = a_rule(cast, condition, who, **more)
    if not RuleTrial.objects.filter(rule=row).exists():
        RuleTrial.objects.create(
            rule=row, revision=1, first_day=timezone.now().date(), last_day=timezone.now().date(),
            travellers=1000, matched=5, days=[], states={},
        )  # fmt: skip
    row = acting.activate_screening_rule(cast[by], acting.propose_screening_rule(cast[who], row))
    work_off()
    return row


def the_hits():
    return list(Hit.objects.order_by("pk"))


def flown(cast, *people, **more):
    send(cast[AGENT], *people, **more)
    work_off()


def yesterday():
    """From Port of Spain to Bridgetown, and over."""
    return [hop(departs=(timezone.now() - datetime.timedelta(days=1)).replace(tzinfo=None, microsecond=0))]


# --- written and tried ---------------------------------------------------------------------------------------------


def test_a_trial_counts_and_names_nobody(cast):
    flown(cast, RAM, SHO, WID, hops=yesterday())
    trial = tried(cast, a_rule(cast))
    assert (trial.travellers, trial.matched, trial.states) == (3, 1, {"BRB": 1})
    assert sum(matched for _day, matched in trial.days) == 1
    assert round(trial.per_1000) == 333
    assert not Hit.objects.exists()
    assert WID.surname not in str(list(RuleTrial.objects.values()))


def test_a_rule_that_picks_out_everybody_cannot_be_proposed(cast):
    flown(cast, RAM, SHO, WID, hops=yesterday())
    row = a_rule(cast, TO_BARBADOS)
    with pytest.raises(Refused, match="rule-not-tried"):
        acting.propose_screening_rule(cast[WRITER], row)
    assert tried(cast, row).picks_everybody
    with pytest.raises(Refused, match="rule-over-budget"):
        acting.propose_screening_rule(cast[WRITER], row)


def test_a_trial_without_travellers_and_one_of_an_older_text_count_for_nothing(cast):
    row = a_rule(cast)
    tried(cast, row)
    with pytest.raises(Refused, match="rule-tried-on-nobody"):
        acting.propose_screening_rule(cast[WRITER], row)
    RuleTrial.objects.update(travellers=1000)
    given = {
        name: getattr(row, name) for name in ("name", "condition", "why", "legal_basis", "instruction", "valid_until")
    }
    row = acting.revise_screening_rule(cast[WRITER], row, **given)
    with pytest.raises(Refused, match="rule-not-tried"):
        acting.propose_screening_rule(cast[WRITER], row)


@pytest.mark.parametrize(
    ("trial", "refusal"),
    [
        ({"matched": 21}, "rule-over-budget"),
        ({"at": Now() - datetime.timedelta(days=7, minutes=1)}, "rule-not-tried"),
    ],
)
def test_what_was_proposed_is_put_into_force_only_while_its_trial_is_fresh_and_within_the_budget(cast, trial, refusal):
    row, today = a_rule(cast), timezone.now().date()
    RuleTrial.objects.create(
        rule=row, revision=1, first_day=today, last_day=today, travellers=1000, matched=20, days=[], states={}
    )
    row = acting.propose_screening_rule(cast[WRITER], row)
    RuleTrial.objects.filter(rule=row).update(**trial)
    with pytest.raises(Refused, match=refusal):
        acting.activate_screening_rule(cast[DECIDER], row)
    assert (fresh(row).state, Entry.objects.exists()) == ("proposed", False)
    RuleTrial.objects.filter(rule=row).update(matched=20, at=timezone.now() - datetime.timedelta(days=6, hours=23))
    assert acting.activate_screening_rule(cast[DECIDER], row).state == "active"


def test_a_rule_whose_last_day_is_over_is_not_put_into_force(cast):
    row, today = a_rule(cast), timezone.now().date()
    RuleTrial.objects.create(
        rule=row, revision=1, first_day=today, last_day=today, travellers=1000, matched=1, days=[], states={}
    )
    row = acting.propose_screening_rule(cast[WRITER], row)
    Rule.objects.filter(pk=row.pk).update(valid_until=datetime.date(2020, 1, 1))
    with pytest.raises(Refused, match="rule-over:"):
        acting.activate_screening_rule(cast[DECIDER], row)


def test_the_one_who_proposed_does_not_put_it_into_force(cast):
    row = a_rule(cast, who=DECIDER)
    RuleTrial.objects.create(
        rule=row, revision=1, first_day=row.valid_until, last_day=row.valid_until, travellers=9, matched=0,
        days=[], states={},
    )  # fmt: skip
    row = acting.propose_screening_rule(cast[DECIDER], row)
    with pytest.raises(Refused, match="own-rule"):
        acting.activate_screening_rule(cast[DECIDER], row)
    with pytest.raises(Refused, match="rule-needs-decider"):
        acting.activate_screening_rule(cast[WRITER], row)
    with pytest.raises(Refused, match="nothing here"):
        acting.activate_screening_rule(cast["jam.intelligence.head"], row)
    assert acting.give_back_screening_rule(cast[DECIDER], row, said="Too wide").state == "draft"


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"condition": {"fact": "person.nationality", "is": "HTI"}}, "condition"),
        ({"condition": {"all": [{"fact": "x"}]}}, "condition"),
        ({"valid_until": datetime.date(2008, 1, 1)}, "valid_until"),
        ({"valid_until": datetime.date(9999, 12, 31)}, "valid_until"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, wrong, at):
    with pytest.raises(ValidationError) as refused:
        a_rule(cast, **wrong)
    assert set(refused.value.message_dict) == {at}


# --- asked of travellers -------------------------------------------------------------------------------------------


def test_a_rule_in_force_raises_a_hit_that_says_why(cast):
    row = in_force(cast)
    flown(cast, RAM, SHO, WID)
    [hit] = the_hits()
    assert (hit.traveller.surname, hit.entry, hit.list_party_id, hit.parties) == (
        WID.surname,
        row.entry,
        "BRB",
        ["BRB"],
    )
    assert [line["text"] for line in hit.evidence] == ["Leaves at: BGI", "Document issued by: HTI"]
    assert abs(hit.prior + sum(line["weight"] for line in hit.evidence)) < 1e-9
    assert AuditRecord.objects.filter(verb="hit.raise", object_id=str(hit.pk)).count() == 1


def test_a_new_rule_finds_those_who_are_still_to_arrive(cast):
    flown(cast, WID)
    in_force(cast)
    assert len(the_hits()) == 1


def test_a_rule_of_another_state_is_not_asked_of_our_travellers(cast):
    in_force(cast, who=OTHER, by="jam.intelligence.head")
    flown(cast, WID)
    assert the_hits() == []


def test_the_same_list_twice_raises_it_once_and_what_no_longer_holds_is_withdrawn(cast):
    in_force(cast)
    flown(cast, WID)
    flown(cast, WID)
    assert len(the_hits()) == 1
    flown(cast, renamed(WID, nationality="BRB", document="B7777777"))
    assert [hit.state for hit in the_hits()] == ["withdrawn"]


def test_suspended_it_raises_nothing_more_and_lets_go_of_what_nobody_took(cast):
    row = in_force(cast)
    flown(cast, WID)
    row = acting.suspend_screening_rule(cast[WRITER], row, said="Too many families")
    work_off()
    assert (the_hits()[0].state, fresh(row.entry).state) == ("withdrawn", "withdrawn")
    flown(cast, renamed(WID, surname="TOUSSAINT"), flight="7T601")
    assert len(the_hits()) == 1
    assert RuleVersion.objects.get(rule=row).ends_at is not None


def test_put_into_force_again_it_has_a_second_version_and_the_same_line(cast):
    row = in_force(cast)
    line = row.entry_id
    given = {
        name: getattr(row, name) for name in ("name", "condition", "why", "legal_basis", "instruction", "valid_until")
    }
    with pytest.raises(Refused, match="rule-in-force"):
        acting.revise_screening_rule(cast[WRITER], row, **given)
    row = acting.suspend_screening_rule(cast[WRITER], row, said="To narrow it")
    row = acting.revise_screening_rule(cast[WRITER], row, **(given | {"instruction": "discreet"}))
    RuleTrial.objects.update(revision=2)
    row = acting.activate_screening_rule(cast[DECIDER], acting.propose_screening_rule(cast[WRITER], row))
    assert (row.entry_id, fresh(row.entry).state, fresh(row.entry).instruction) == (line, "active", "discreet")
    assert RuleVersion.objects.filter(rule=row).count() == 2


def test_a_rule_runs_out_with_its_line(cast):
    from apps.screening.tasks import expire

    row = in_force(cast)
    Rule.objects.filter(pk=row.pk).update(valid_until=datetime.date(2020, 1, 1))
    Entry.objects.filter(pk=row.entry_id).update(valid_until=datetime.date(2020, 1, 1))
    expire()
    assert (fresh(row).state, fresh(row.entry).state) == ("ended", "expired")


def test_the_line_of_a_rule_is_changed_by_nobody_but_the_rule(cast):
    from apps.screening import actions

    row = in_force(cast)
    for act in (
        lambda: actions.change_watchlist_entry(cast[WRITER], row.entry, why="x"),
        lambda: actions.withdraw_watchlist_entry(cast[WRITER], row.entry, reason="x"),
    ):
        with pytest.raises(Refused, match="rule-line"):
            act()


# --- what a rule may know ------------------------------------------------------------------------------------------


def facts_of(person, party, *groups):
    travellers = list(with_facts(Traveller.objects.filter(withdrawn_at=None)).order_by("pk"))
    [one] = [each for each in travellers if each.surname == person.surname]
    return Facts(travellers).of(one, party, groups)


def test_facts_of_person_document_and_route(cast):
    flown(cast, RAM, SHO)
    facts = facts_of(SHO, "BRB", "person", "document", "route")
    assert facts["person.sex"] == "F"
    assert facts["person.nationality"] == "BRB"
    assert facts["document.issuer"] == ["BRB"]
    assert facts["document.count"] == 1
    assert (facts["route.mode"], facts["route.carrier"], facts["route.from"], facts["route.to"]) == (
        "AIR",
        "7T",
        "POS",
        "BGI",
    )
    assert facts["route.places"] == ["POS", "BGI"]


def test_the_age_is_known_only_with_a_whole_date_of_one_century():
    day = datetime.date(2026, 11, 25)
    assert age_on(Traveller(birth_date="2000-11-25"), day) == 26
    assert age_on(Traveller(birth_date="2000-11-26"), day) == 25
    for unsure in (
        {"birth_date": "2000-11"},
        {"birth_date": ""},
        {"birth_date": "1926-01-01", "birth_date_other": "2026-01-01"},
    ):
        assert age_on(Traveller(**unsure), day) is None


def test_a_companions_hit_counts_only_for_those_who_know_of_it(cast):
    list_entry(cast[OTHER], {"surname": "RAMKISSOON", "given_names": "ANIL", "birth_date": "1984-03-07"})
    flown(cast, RAM, SHO)
    assert Hit.objects.exists()
    assert facts_of(SHO, "BRB", "booking") == {"booking.size": 2, "booking.hits": 0, "booking.seat": True}
    assert facts_of(SHO, "JAM", "booking")["booking.hits"] == 1
    assert facts_of(SHO, "JRCC", "booking")["booking.hits"] == 1


def test_earlier_journeys_count_where_the_state_saw_them(cast):
    flown(cast, WID)
    now = timezone.now().replace(tzinfo=None, microsecond=0)
    flown(cast, WID, flight="7T603", hops=[hop("POS", "GND", now + datetime.timedelta(days=3))])
    later = max(Traveller.objects.all(), key=lambda one: one.journey.date)
    travellers = list(with_facts(Traveller.objects.filter(pk=later.pk)))
    count = lambda party: Facts(travellers).of(travellers[0], party, ["history"]).get("history.journeys_30")  # noqa: E731
    assert (count("JRCC"), count("TTO"), count("GRD"), count("BRB")) == (1, 1, 0, None)
