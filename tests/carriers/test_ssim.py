"""Schedules in an airline's own file: what a leg leaves open, the carrier's record before it says."""

import pytest

from apps.carriers.rules.ssim import legs

CARRIER = "2L7T ".ljust(14) + "01JAN09" + "28MAR09"
LEG = "3 7T 10010101J01JAN09{until}1234567 KIN14001400-0500  BGI17301730-0400  738"


@pytest.mark.parametrize(
    ("until", "last"), [("14FEB09", "2009-02-14"), ("00XXX00", "2009-03-28")], ids=["a day", "open: the carrier's"]
)
def test_a_leg_runs_to_its_last_day_or_where_that_is_open_to_that_of_its_carrier(until: str, last: str) -> None:
    (leg,) = legs(f"{CARRIER}\n{LEG.format(until=until)}\n")
    assert leg.wrong is None
    assert (leg.fields["valid_from"], leg.fields["valid_until"]) == ("2009-01-01", last)


def test_an_open_end_without_a_carrier_that_ends_is_wrong() -> None:
    (leg,) = legs(LEG.format(until="00XXX00"))
    assert leg.wrong is not None
    assert leg.wrong.column == "valid_until"
