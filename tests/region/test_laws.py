"""How a law comes into being, ends with its sunset, and is compared with the model law; indicators that people keep."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.region import tasks
from apps.region.actions import indicators, laws
from apps.region.models import Coverage, IndicatorValue, ModelLaw, Provision, Track, TrackStep
from apps.region.queries import laws as reading

from . import people

pytestmark = pytest.mark.django_db
D = datetime.date


def track(topic: str = "CYBER_CRIME", party: str = "JAM") -> Track:
    found: Track = Track.objects.select_related("topic").get(topic=topic, party=party)
    return found


def stage_on(cast: Any, row: Track, day: datetime.date) -> str:
    return str(reading.stages(cast[people.JAMAICA], [row], day)[row.pk].stage)


def test_stages_are_skipped_forward_and_dated(cast: Any):
    jamaica = cast[people.JAMAICA]
    row = laws.table_measure(jamaica, track(), on=D(2024, 1, 9), bill_no="Bill 3", title="Cybercrimes Bill")
    row = laws.assent_to_measure(jamaica, row, on=D(2024, 3, 1), act_no="No. 3 of 2024")
    row = laws.commence_measure(jamaica, row, on=D(2024, 4, 1))
    days = (D(2024, 1, 8), D(2024, 1, 9), D(2024, 3, 1), D(2024, 4, 1))
    assert [stage_on(cast, row, day) for day in days] == ["not_started", "bill_tabled", "assented", "in_force"]
    assert row.named == "Cybercrimes Bill, No. 3 of 2024"


def test_a_bill_lapses_with_the_session_and_is_tabled_again(cast: Any):
    jamaica = cast[people.JAMAICA]
    row = laws.table_measure(jamaica, track(), on=D(2024, 1, 9), bill_no="Bill 3")
    row = laws.lapse_measure(jamaica, row, on=D(2024, 2, 9))
    assert row.state == "cabinet_approved"
    assert laws.table_measure(jamaica, row, on=D(2024, 5, 9), bill_no="Bill 1").state == "bill_tabled"


def test_the_sunset_is_announced_three_times_and_then_the_law_expires(cast: Any, drain: Any):
    row = laws.commence_measure(cast[people.JAMAICA], track(), on=D(2024, 1, 1), until=D(2024, 12, 31))
    last = D(2024, 12, 31)
    done = []
    for left in (200, 180, 179, 90, 90, 31, 30, 1, 0, -1, -2):
        done.append((left, tasks.run_region_clock(last - datetime.timedelta(left))))
        drain()
    assert [left for left, acts in done if acts] == [180, 90, 30, -1]
    steps = set(Notice.objects.filter(code="legislation.sunset").values_list("step", flat=True))
    assert steps == {"180d before 2024-12-31", "90d before 2024-12-31", "30d before 2024-12-31"}
    told = Notice.objects.filter(code="legislation.sunset").values_list("owner__code", flat=True)
    assert set(told) == {"JAM.ministry", "IMPACS.secretariat"}
    row.refresh_from_db()
    assert row.state == "sunset_expired"
    assert (stage_on(cast, row, last), stage_on(cast, row, last + datetime.timedelta(1))) == (
        "in_force", "sunset_expired",
    )  # fmt: skip


def test_a_missed_day_is_caught_up_and_two_rounds_tell_once(cast: Any, drain: Any):
    laws.commence_measure(cast[people.JAMAICA], track(), on=D(2024, 1, 1), until=D(2024, 12, 31))
    assert (tasks.run_region_clock(D(2024, 11, 20)), tasks.run_region_clock(D(2024, 11, 20))) == (1, 0)
    drain()
    assert set(Notice.objects.filter(code="legislation.sunset").values_list("step", flat=True)) == {
        "90d before 2024-12-31"
    }
    assert tasks.run_region_clock(D(2025, 3, 1)) == 1


def test_a_renewed_law_stays_in_force(cast: Any):
    row = laws.commence_measure(cast[people.JAMAICA], track(), on=D(2024, 1, 1), until=D(2024, 12, 31))
    row = laws.renew_measure(cast[people.JAMAICA], row, on=D(2024, 12, 1), reference="Order 9", until=D(2025, 12, 31))
    assert tasks.run_region_clock(D(2025, 1, 1)) == 0
    assert stage_on(cast, row, D(2025, 6, 1)) == "in_force"


@pytest.mark.parametrize(
    ("who", "code"),
    [("brb.ministry.decider", "not-your-state"), (people.READER, "needs-officer"), (people.KEEPER, "not-your-state")],
)
def test_a_states_law_is_told_of_by_its_ministry(cast: Any, who: str, code: str):
    with pytest.raises(Refused) as refusal:
        laws.commence_measure(cast[who], track(), on=D(2024, 1, 1))
    assert refusal.value.code == code


def test_a_law_that_would_end_before_it_begins_is_refused(cast: Any):
    with pytest.raises(ValidationError) as wrong:
        laws.commence_measure(cast[people.JAMAICA], track(), on=D(2024, 1, 1), until=D(2023, 12, 31))
    assert list(wrong.value.message_dict) == ["until"]
    row = laws.table_measure(cast[people.JAMAICA], track(), on=D(2024, 1, 9), bill_no="Bill 3")
    with pytest.raises(ValidationError) as wrong:
        laws.read_measure_again(cast[people.JAMAICA], row, on=D(2024, 1, 1))
    assert list(wrong.value.message_dict) == ["on"]


def test_coverage_counts_a_partial_provision_half_and_keeps_what_was_said_before(cast: Any):
    model = ModelLaw.objects.create(
        topic_id="CYBER_CRIME", version="1", title="Model", issued_on=D(2010, 1, 1), source="test"
    )
    levels = ("full", "partial", "none", "conflict")
    rows = [Provision.objects.create(law=model, number=str(n), title=f"P{n}", position=n) for n in range(4)]
    row = track()
    for provision, level in zip(rows, levels, strict=True):
        row = laws.assess_measure(cast[people.JAMAICA], row, provision=str(provision.pk), level=level, on=D(2024, 1, 1))
    at = reading.read_law_standings(cast[people.JAMAICA], [row], D(2024, 6, 1))[row.pk]
    assert at.covered == 38  # three halves of eight
    laws.assess_measure(cast[people.KEEPER], row, provision=str(rows[3].pk), level="full", on=D(2024, 2, 1))
    assert reading.read_law_standings(cast[people.JAMAICA], [row], D(2024, 6, 1))[row.pk].covered == 62
    assert Coverage.objects.filter(track=row, provision=rows[3]).count() == 2


def test_the_laws_of_2007_are_there_with_their_sources(cast: Any):
    day = D(2008, 1, 21)
    rows = list(Track.objects.visible_to(cast[people.JAMAICA]).filter(topic="SECURITY_ASSISTANCE"))
    at = reading.stages(cast[people.JAMAICA], rows, day, day)
    assert {row.party_id for row in rows if at[row.pk].in_force} == {"TTO", "GUY", "LCA"}
    assert TrackStep.objects.filter(source="").count() == 0


def test_a_value_of_an_indicator_replaces_what_was_known_of_the_day(cast: Any):
    keeper = cast[people.KEEPER]
    row = indicators.create_indicator(
        keeper, None, code="SEIZURES", name="Seizures", definition="All.", unit="kg", source="Police", per="state"
    )
    for number in ("4", "5.5"):
        row = indicators.record_indicator_value(
            keeper, row, party="JAM", on=D(2024, 1, 1), value=Decimal(number), source="Report"
        )
    assert [each.value for each in IndicatorValue.objects.filter(indicator=row).known()] == [Decimal("5.5")]
    assert IndicatorValue.objects.filter(indicator=row).count() == 2
    with pytest.raises(ValidationError):
        indicators.record_indicator_value(keeper, row, on=D(2024, 1, 1), value=Decimal(1), source="Report")
    with pytest.raises(ValidationError):
        indicators.create_indicator(
            keeper, None, code="SEIZURES", name="x", definition="x", unit="x", source="x", per="state"
        )
    row = indicators.close_indicator(keeper, row)
    with pytest.raises(Refused):
        indicators.record_indicator_value(keeper, row, party="JAM", on=D(2024, 1, 1), value=Decimal(1), source="Report")


def test_nobody_enters_numbers_that_the_portal_reckons(cast: Any):
    from apps.region.models import Indicator

    row = Indicator.objects.get(code="APIS_STATES")
    with pytest.raises(ValidationError):
        indicators.record_indicator_value(cast[people.KEEPER], row, on=D(2024, 1, 1), value=Decimal(1), source="x")
    with pytest.raises(Refused):
        indicators.record_indicator_value(cast[people.JAMAICA], row, on=D(2024, 1, 1), value=Decimal(1), source="x")
