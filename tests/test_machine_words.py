"""The look for words of the machine finds each class of them, and leaves alone what people write."""

import pytest

from tests.machine_words import machine_words, visible


@pytest.mark.parametrize(
    "text",
    [
        "Source: apps.files.queries.UNUSED_KEPT",
        "See docs/decisions/008-audit-chain.md",
        "Written by verify_audit",
        "Subject: FOURTH_PILLAR",
        "Kept in manage.py",
        "Wrote: jrcc.hit",
        "As issue #22 asks",
    ],
)
def test_a_word_of_the_machine_is_found(text: str) -> None:
    assert list(machine_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Belize is 75 days late: Regional list of contacts for cyber incidents",
        "DEC/2026/02, H-2026-00011, TLP:AMBER, JRCC.watch, 17:30",
        "jam.ministry.decider wrote to aisha@portal.example",
        "Barbados and/or Jamaica; the e-mail; 0.5 apps",
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert list(machine_words(text)) == []


def test_only_what_a_reader_sees_is_looked_at() -> None:
    page = (
        '<p title="apps.x.y">Hits</p><script>keep_days = 1</script><code>keep_days</code>'
        "<svg><title>a_b</title></svg><p>&#115;een</p>"
    )
    assert visible(page) == "Hits seen"


def test_words_beside_one_another_in_two_elements_stay_two() -> None:
    assert list(machine_words(visible("<b>keep</b><b>_days</b>"))) == []
