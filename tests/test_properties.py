"""Every property is tried with the same examples in every run, and none is too slow for it."""

import ast
from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.properties import CHOSEN, USUAL, examples

TESTS = Path(__file__).resolve().parent
OURS = {"properties.py", "test_properties.py"}


def test_no_example_is_late_or_lucky() -> None:
    for chosen in (settings.default, examples(7)):
        assert chosen.deadline is None
        assert chosen.derandomize == (CHOSEN == "suite")
        assert HealthCheck.too_slow in chosen.suppress_health_check


def test_searching_tries_ten_times_as_many() -> None:
    assert settings.get_profile("suite").max_examples == USUAL
    assert settings.get_profile("search").max_examples == 10 * USUAL
    assert not settings.get_profile("search").derandomize


def test_no_test_chooses_otherwise() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path.name not in OURS}
    named = [
        str(path.relative_to(TESTS))
        for path, text in texts.items()
        if "hypothesis" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "hypothesis"
        if "settings" in {one.name for one in node.names}
    ]
    assert named == []
