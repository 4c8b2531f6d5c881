"""The ladder, pure: which rung is climbed on a day."""

import datetime
import itertools

import pytest

from apps.impacs.rules.escalation import Raised, Rung, next_rung, told_in_place

DUE = datetime.date(2026, 6, 30)
FOCAL = Rung(1, -14, 0, "focal_point", "", "action.due_soon", 7, 0)
APPROVER = Rung(2, -3, 1, "approver", "", "action.due_soon", 0, 0)
SECRETARY = Rung(3, 1, 1, "permanent_secretary", "", "action.overdue", 14, 14)
MINISTER = Rung(4, 14, 13, "minister_office", "impacs_director", "action.overdue", 14, 14)
COUNCIL = Rung(5, 30, 14, "council_list", "", "action.listed", 0, 0)
LADDER = [FOCAL, APPROVER, SECRETARY, MINISTER, COUNCIL]


def day(offset: int) -> datetime.date:
    return DUE + datetime.timedelta(days=offset)


def at(number: int, offset: int, answered: int | None = None) -> Raised:
    return Raised(number, day(offset), None if answered is None else day(answered))


def climbed(raised: list[Raised], offset: int, progress: int | None = None) -> int | None:
    rung = next_rung(LADDER, raised, DUE, None if progress is None else day(progress), day(offset))
    return rung.number if rung else None


@pytest.mark.parametrize(
    ("offset", "rung"),
    [(-15, None), (-14, 1), (-4, 1), (0, 1), (1, 3), (2, 3), (60, 3), (400, 3)],
)
def test_the_first_rung_is_the_lowest_whose_time_has_come_and_reminders_end_with_the_day(
    offset: int, rung: int | None
) -> None:
    assert climbed([], offset) == rung


@pytest.mark.parametrize(
    ("raised", "offset", "rung"),
    [
        ([at(1, -14)], -4, None),
        ([at(1, -14)], -3, 2),
        ([at(1, 0)], 0, None),
        ([at(1, -14), at(2, -3)], 0, None),
        ([at(1, -14), at(2, -3)], 1, 3),
        ([at(1, -14)], 1, 3),
        ([at(2, -3), at(3, 1)], 13, None),
        ([at(2, -3), at(3, 1)], 14, 4),
        ([at(3, 1), at(4, 14)], 29, None),
        ([at(3, 1), at(4, 14)], 30, 5),
        ([at(4, 14), at(5, 30)], 3000, None),
    ],
)
def test_silence_climbs_rung_by_rung(raised: list[Raised], offset: int, rung: int | None) -> None:
    assert climbed(raised, offset) == rung


@pytest.mark.parametrize(
    ("raised", "offset", "rung"),
    [
        ([at(3, 10)], 22, None),  # the secretary was told late: they still have their thirteen days
        ([at(3, 10)], 23, 4),
        ([at(4, 40)], 53, None),
        ([at(4, 40)], 54, 5),
    ],
)
def test_a_rung_that_was_climbed_late_leaves_its_office_the_same_time(
    raised: list[Raised], offset: int, rung: int | None
) -> None:
    assert climbed(raised, offset) == rung


@pytest.mark.parametrize(
    ("raised", "progress", "offset", "rung"),
    [
        ([at(3, 1, answered=5)], None, 18, None),
        ([at(3, 1, answered=5)], None, 19, 4),
        ([at(3, 1)], 10, 23, None),
        ([at(3, 1)], 10, 24, 4),
        ([at(3, 1)], 0, 14, 4),  # reported before the rung was climbed: nothing new since
        ([at(3, 1, answered=2)], 12, 25, None),
        ([at(3, 1, answered=2)], 12, 26, 4),
        ([at(1, -14, answered=-10)], None, -3, 2),  # held for seven days, which are over
        ([at(1, -14, answered=-5)], None, 1, None),  # held until +2, when a reminder is of no use any more
        ([at(1, -14, answered=-5)], None, 2, 3),
    ],
)
def test_an_answer_or_progress_holds_the_ladder_for_the_days_of_its_rung(
    raised: list[Raised], progress: int | None, offset: int, rung: int | None
) -> None:
    assert climbed(raised, offset, progress) == rung


def test_what_has_no_due_date_is_never_escalated() -> None:
    assert next_rung(LADDER, [], None, None, day(1000)) is None


def test_without_rungs_nothing_is_climbed() -> None:
    assert next_rung([], [], DUE, None, day(1)) is None


def test_the_minister_is_never_first() -> None:
    """Whatever was raised and answered when: the fourth rung follows the third by its wait at least."""
    for start, answer, progress in itertools.product(range(-20, 60, 3), (None, 0, 3), (None, 2, 20)):
        raised: list[Raised] = []
        for offset in range(start, start + 200):
            rung = next_rung(LADDER, raised, DUE, None if progress is None else day(start + progress), day(offset))
            if rung is None:
                continue
            if rung.number == MINISTER.number:
                assert raised[-1].number == SECRETARY.number
                assert (day(offset) - raised[-1].on).days >= MINISTER.wait
            answered = None if answer is None else day(offset + answer)
            raised.append(Raised(rung.number, day(offset), answered))
        assert [one.number for one in raised][-3:] == [3, 4, 5]


@pytest.mark.parametrize(
    ("asked", "held", "told"),
    [
        ("focal_point", {"focal_point", "approver"}, "focal_point"),
        ("focal_point", {"approver", "impacs_director"}, "approver"),
        ("approver", {"focal_point", "impacs_director"}, "impacs_director"),
        ("permanent_secretary", set(), ""),
        ("minister_office", {"approver"}, "approver"),
    ],
)
def test_a_vacant_office_gives_way_to_the_next_one_up(asked: str, held: set[str], told: str) -> None:
    offices = ["focal_point", "approver", "permanent_secretary", "impacs_director"]
    assert told_in_place(offices, asked, frozenset(held)) == told
