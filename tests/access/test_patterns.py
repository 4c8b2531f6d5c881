"""No pattern of the portal takes long over a hostile text: time grows with its length, not with the square of it."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import apps
import caricom_portal

LENGTH = 4000
MOST_S = 0.1
"""Processor time. A pattern whose steps grow with the square of the length needs several times as much."""
SEEDS = (
    *("a", "A", "0", " ", "-", "/", "\t", "\n", "'", "+", "(", "@", "_", ":", "=", "*", "#", "[", "<", "é", '"', "\\"),
    *(
        "A1",
        "a ",
        "a-",
        "0.",
        "a.",
        "0 ",
        "1/",
        "A-",
        "  a",
        "a@",
        "x:",
        "aA",
        ". ",
        ", ",
        "A ",
        "1,",
        "a/",
        "A\n",
        "0-",
    ),
    *("IR ", "no. ", "cites ", "UNH+", "NAD+FL'", "AB12", "+1 ", "a.b@"),
)
LEFT_OUT = re.compile(r"\.(migrations|management|simulator|deploy|languages)(\.|$)")
"""What meets nobody's input: `languages` reads the portal's own source."""


def modules() -> Iterator[str]:
    for root in (apps, caricom_portal):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if not LEFT_OUT.search(module.name):
                yield module.name


def compiled() -> list[tuple[str, re.Pattern]]:
    """(where it stands, pattern) of every pattern that a module holds, alone or in a table."""
    found: dict[tuple, tuple[str, re.Pattern]] = {}
    for name in modules():
        for key, value in vars(importlib.import_module(name)).items():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
            for one in held:
                if isinstance(one, re.Pattern):
                    found.setdefault((one.pattern, one.flags), (f"{name}.{key}", one))
    return list(found.values())


def seconds(pattern: re.Pattern, text: str | bytes) -> float:
    start = time.process_time()
    pattern.search(text)
    return time.process_time() - start


def slow(pattern: re.Pattern) -> str:
    """The seed over which a pattern takes too long, three times over; "" for none."""
    for seed in SEEDS:
        text: str | bytes = (seed * LENGTH)[:LENGTH] + "!"
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        if all(seconds(pattern, text) > MOST_S for _ in range(3)):
            return seed
    return ""


def test_no_pattern_is_slow_over_hostile_texts():
    patterns = compiled()
    assert len(patterns) > 150
    assert {where: seed for where, pattern in patterns if (seed := slow(pattern))} == {}


@pytest.mark.parametrize("hostile", [r"(?=.*\d)[A-Z]{5}", r"[A-Z0-9-]+/x"])
def test_the_test_itself_finds_slow_patterns(hostile, monkeypatch):
    monkeypatch.setattr("tests.access.test_patterns.LENGTH", 16_000)
    assert slow(re.compile(hostile, re.MULTILINE))
