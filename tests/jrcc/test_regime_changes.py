"""Deadlines of a State: changed by two of its people, for the days to come, and never for the past."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access.refusal import Refused
from apps.carriers.actions import regimes as actions
from apps.carriers.actions import schedules
from apps.carriers.loaders import laws
from apps.carriers.models import ExpectedJourney, ExpectedParty, RegimeChange
from apps.manifests.models import Regime
from tests import world

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=days)


def rule(**more):
    """Jamaica wants lists of commercial arrivals an hour before departure, from the day after tomorrow."""
    return {
        "mode": "air", "direction": "departure", "craft": "commercial", "space": "any", "ends": False, "minutes": -60,
        "event": "departure", "valid_from": in_days(2), "status": "verified", "source": "Order 7/2026 s. 2", **more,
    }  # fmt: skip


def proposed(cast, who="jam.border.officer", **more) -> RegimeChange:
    return actions.propose_regime_change(cast[who], None, **rule(**more))


def rules_of(party="JAM"):
    return Regime.objects.filter(party=party, mode="air", direction="departure", craft="commercial").order_by(
        "valid_from"
    )


def test_a_second_person_who_decides_puts_it_into_the_rules(cast):
    before = rules_of().get()
    row = proposed(cast)
    assert rules_of().get() == before
    actions.confirm_regime_change(cast["jam.ministry.decider"], row)
    old, new = rules_of()
    assert (old.minutes, old.valid_from, old.valid_to) == (before.minutes, before.valid_from, in_days(2))
    assert (new.minutes, new.valid_from, new.valid_to, new.source) == (-60, in_days(2), None, "Order 7/2026 s. 2")
    row.refresh_from_db()
    assert (row.decided_by, row.regime_id) == ("jam.ministry.decider", new.pk)


@pytest.mark.parametrize(
    ("who", "code"),
    [("jam.border.head", ""), ("jam.border.officer", "deadline-needs-decider"), ("brb.border.head", "not-visible"),
     ("jrcc.watch.supervisor", "not-deadline-desk"), ("jam.ministry.reader", "needs-officer")],
)  # fmt: skip
def test_who_may_confirm(cast, who, code):
    row = proposed(cast, "jam.ministry.decider")
    if not code:
        assert actions.confirm_regime_change(cast[who], row).state == "confirmed"
        return
    with pytest.raises(Refused) as refused:
        actions.confirm_regime_change(cast[who], row)
    assert code in {refused.value.code, refused.value.reason}


def test_nobody_confirms_his_own_proposal(cast):
    row = proposed(cast, "jam.border.head")
    with pytest.raises(Refused) as refused:
        actions.confirm_regime_change(cast["jam.border.head"], row)
    assert refused.value.code == "own-deadline"
    assert rules_of().count() == 1


@pytest.mark.parametrize(
    ("more", "at"),
    [(lambda: {"valid_from": in_days(0)}, "valid_from"), (lambda: {"valid_until": in_days(1)}, "valid_until"),
     (lambda: {"ends": True, "space": "inside"}, "ends")],
)  # fmt: skip
def test_the_past_is_never_changed_and_nothing_ends_that_does_not_hold(cast, more, at):
    with pytest.raises(ValidationError) as wrong:
        proposed(cast, **more())
    assert set(wrong.value.message_dict) == {at}


def test_overlapping_times_are_refused_by_the_page_and_by_the_database(cast):
    actions.confirm_regime_change(cast["jam.ministry.decider"], proposed(cast, valid_from=in_days(30)))
    with pytest.raises(ValidationError, match="dates overlap the rule"):
        proposed(cast, valid_from=in_days(10))
    with pytest.raises(ValidationError, match="dates overlap the rule"):
        proposed(cast, valid_from=in_days(10), valid_until=in_days(40))
    held = rules_of().last()
    with pytest.raises(IntegrityError), transaction.atomic():
        Regime.objects.create(
            party_id="JAM", mode="air", craft="commercial", direction="departure", space="any", event="departure",
            minutes=5, valid_from=held.valid_from + datetime.timedelta(days=3), status="verified", source="x",
        )  # fmt: skip


def test_a_rule_that_waits_is_not_proposed_twice_and_may_be_given_back(cast):
    row = proposed(cast)
    with pytest.raises(ValidationError, match="already awaiting approval"):
        proposed(cast, "jam.border.head")
    actions.give_back_regime_change(cast["jam.border.head"], row, said="The order is not published yet")
    assert proposed(cast).state == "proposed"


def test_the_reference_data_do_not_undo_what_a_state_has_changed(cast):
    actions.confirm_regime_change(cast["jam.ministry.decider"], proposed(cast))
    laws.load_regimes()
    assert [row.minutes for row in rules_of()] == [15, -60]
    assert rules_of().first().valid_to == in_days(2)


def test_expected_departures_get_the_new_deadline(cast, drain):
    schedules.add_schedule(
        cast["7t.carrier.agent"], None, mode="air", number="1001", days=list("1234567"), origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=in_days(1),
        valid_until=in_days(40),
    )  # fmt: skip
    drain()
    actions.confirm_regime_change(cast["jam.ministry.decider"], proposed(cast))
    for row in ExpectedJourney.objects.order_by("date"):
        changed = row.date >= in_days(2)
        minutes = -60 if changed else 15
        assert row.deadline_at == row.departs_at + datetime.timedelta(minutes=minutes), row.date
        assert ExpectedParty.objects.filter(expected=row).count() == 2


def test_a_state_that_takes_part_no_longer_is_not_waited_for(cast, drain):
    schedules.add_schedule(
        cast["7t.carrier.agent"], None, mode="air", number="22", days=list("1234567"), origin="KIN", destination="MIA",
        departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=in_days(1), valid_until=in_days(40),
    )  # fmt: skip
    drain()
    actions.confirm_regime_change(cast["jam.ministry.decider"], proposed(cast, ends=True))
    states = dict(ExpectedJourney.objects.values_list("date", "state"))
    assert states[in_days(1)] == "expected"
    assert {state for day, state in states.items() if day >= in_days(2)} == {"withdrawn"}


def test_the_page_shows_what_it_would_touch_and_the_history_stays(cast, client_for, drain):
    world.a_submission(cast)
    client = client_for("jam.border.head")
    form = {k: str(v) for k, v in rule().items() if k != "ends"}
    wrong = client.post("/jrcc/deadlines/new/", {**form, "valid_from": "01/02/26"})
    assert wrong.status_code == 422
    made = client.post("/jrcc/deadlines/new/", form)
    page = client.get(made["Location"]).content.decode()
    assert "1 journeys affected" in page
    assert "1 h before departure" in page
    second = client_for("jam.ministry.decider")
    assert second.get(made["Location"]).status_code == 200
    assert second.post(f"{made['Location']}do/confirm/").status_code == 302
    listed = client.get("/jrcc/deadlines/?party=JAM&history=1").content.decode()
    assert "Order 7/2026" in listed
    assert client_for("brb.border.head").get(made["Location"]).status_code == 404
