"""Identifiers: time-ordered, and in one process strictly in the order of their making."""

import itertools
import time
import uuid

from apps.access.ids import uuid7


def test_identifiers_made_together_keep_their_order_and_stay_of_version_7() -> None:
    before = time.time_ns() // 1_000_000
    made = [uuid7() for _each in range(5_000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert before <= made[0].int >> 80 <= made[-1].int >> 80 <= time.time_ns() // 1_000_000 + 10


def test_the_next_of_one_millisecond_is_not_to_be_guessed() -> None:
    made = [uuid7().int for _each in range(200)]
    assert min(b - a for a, b in itertools.pairwise(made)) > 1_000_000
