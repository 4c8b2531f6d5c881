"""Birth dates, expiry dates and flight times: centuries, orders, partial dates, format codes."""

import pytest

from .messages import born, person, reading, serious


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ("261124", "2026-11-24"),  # the day before departure
        ("261125", "2026-11-25"),  # the day of departure
        ("261126", "1926-11-26"),  # the day after cannot be a birth date of 2026
        ("271124", "1927-11-24"),
        ("000229", "2000-02-29"),
        ("240229", "2024-02-29"),
    ],
)
def test_a_two_digit_year_takes_the_latest_century_that_is_not_after_departure(sent, read_as):
    assert born(sent) == (read_as, set())


@pytest.mark.parametrize(
    ("sent", "other"),
    [("261125", "1926-11-25"), ("201126", "1920-11-26"), ("201125", None), ("311125", None), ("311124", None),
     ("301125", "2030-11-25"), ("000229", None)],
)  # fmt: skip
def test_an_age_under_6_or_over_95_also_names_the_other_century(sent, other):
    assert person(("DTM+329:840307", f"DTM+329:{sent}")).get("birth_date_other") == other


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [
        ("310185", "1985-01-31", {"DOB_REORDERED"}),
        ("850000", "1985", {"DOB_PARTIAL"}),
        ("850300", "1985-03", {"DOB_PARTIAL"}),
        ("85XXXX", "1985", {"DOB_PARTIAL"}),
        ("85<<<<", "1985", {"DOB_PARTIAL"}),
        ("8503  ", "1985-03", {"DOB_PARTIAL"}),
        ("19850000:102", "1985", {"DOB_PARTIAL"}),
        ("19850131", "1985-01-31", {"DATE_FORMAT_ASSUMED"}),
        ("19850131:102", "1985-01-31", set()),
        ("850131:101", "1985-01-31", set()),
        ("850131:102", "1985-01-31", {"DATE_FORMAT_ASSUMED"}),
        ("31011985", "1985-01-31", {"DATE_FORMAT_ASSUMED"}),
        ("31JAN85", "1985-01-31", {"DATE_FORMAT_ASSUMED"}),
        ("31JAN1985", "1985-01-31", {"DATE_FORMAT_ASSUMED"}),
        ("19101231:102", "1910-12-31", {"DOB_IMPLAUSIBLE"}),
        ("20270101:102", "2027-01-01", {"DOB_IMPLAUSIBLE"}),
        ("991399", None, {"DOB_INVALID"}),
        ("UNKNOWN", None, {"DOB_INVALID"}),
        ("", None, {"DOB_MISSING"}),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_can_be(sent, read_as, codes):
    assert born(sent) == (read_as, codes)


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [
        ("2611251430:201", "2026-11-25T14:30", set()),
        ("202611251430:203", "2026-11-25T14:30", set()),
        ("20261125143059:204", "2026-11-25T14:30", set()),
        ("202611251430:201", "2026-11-25T14:30", {"DATE_FORMAT_ASSUMED"}),
        ("2611251430", "2026-11-25T14:30", {"DATE_FORMAT_ASSUMED"}),
        ("261125:101", "2026-11-25", set()),
        ("25NOV26", "2026-11-25", {"DATE_FORMAT_ASSUMED"}),
        ("2611252575:201", None, {"TIME_INVALID"}),
        ("2613251430:201", None, {"TIME_INVALID"}),
        ("", None, {"DEPARTURE_MISSING"}),
    ],
)
def test_a_departure_time_is_local_and_keeps_what_was_sent(sent, read_as, codes):
    obj = reading(("DTM+189:2611251430:201", f"DTM+189:{sent}"))
    assert obj["flight"]["legs"][0]["departs"] == read_as
    assert obj["flight"]["date"] == (read_as[:10] if read_as else None)
    assert serious(obj) == codes


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [
        ("991231", "2099-12-31", set()),
        ("21000101:102", "2100-01-01", set()),
        ("14052031:102", "2031-05-14", {"DATE_FORMAT_ASSUMED"}),
        ("20310514:102", "2031-05-14", set()),
        ("261125", "2026-11-25", set()),  # valid on the day of arrival
        ("261124", "2026-11-24", {"DOC_EXPIRED"}),
        ("999999", None, {"DOC_EXPIRY_INVALID"}),
        ("", None, {"DOC_EXPIRY_MISSING"}),
    ],
)
def test_an_expiry_date_lies_in_this_century_and_is_compared_with_arrival(sent, read_as, codes):
    obj = reading(("DTM+36:310514", f"DTM+36:{sent}"))
    assert obj["travellers"][0]["documents"][0]["expires"] == read_as
    assert serious(obj) == codes


def test_the_first_expiry_counts_even_when_it_is_empty():
    obj = reading(("DTM+36:310514'", "DTM+36:'DTM+36:310514'"))
    assert obj["travellers"][0]["documents"][0]["expires"] is None
    assert serious(obj) == {"DOC_EXPIRY_MISSING"}
