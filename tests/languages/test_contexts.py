"""A context says what kind of word it is, so that one English word with two meanings is two texts."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.access.choices import is_short
from caricom_portal.languages.sources import PROJECT, Text, marked

VERBS = ("button", "verb")
"""Kinds of words that say what somebody does; a link is called like the page that it leads to."""
ONE_APP = {"manifests": "jrcc", "journeys": "jrcc", "carriers": "jrcc", "travellers": "jrcc"}
"""Apps that are one to their readers."""
FRAME = {"components", "caricom_portal", "portal"}
SAME = {
    ("noun", "Record"): "what a person looks at",
    ("of a log", "Entries"): "of the watch's log and of the audit's",
    ("of a log", "Entry"): "the same",
    ("of a text", "Clearance"): "of papers and of reports, before they go out",
    ("state of report", "Approved"): "of a report, whether it is shared or printed",
    ("state of report", "Returned"): "the same",
    ("words, people", "Accounts"): "the group of notices is called like the pages",
    **{("words, protection", name): "what the register of data calls what an app holds"
       for name in ("Dossiers", "Hits", "Holds", "Watchlist entries")},
}  # fmt: skip
"""Short texts that several apps show in one context, and why they mean the same there."""


@pytest.fixture(scope="module")
def short() -> list[Text]:
    return [row for row in marked() if is_short(row.text) and not row.plural]


def kind_of(context: str) -> str:
    return context.partition(",")[0]


def test_a_word_that_is_pressed_anywhere_stands_nowhere_in_a_context_for_all_kinds_of_words(short: list[Text]) -> None:
    """ "Open", "List", "Share" and "Record" are verbs there and nouns or adjectives elsewhere."""
    pressed = {row.text.casefold() for row in short if kind_of(row.context) in VERBS}
    unclear = [row for row in short if kind_of(row.context) == "words" and row.text.casefold() in pressed]
    assert [(row.context, row.text, sorted(row.places)) for row in unclear] == []


def test_what_is_filled_in_is_no_button() -> None:
    """A field of a verb is a noun: "Answer" is what one writes and what one does."""
    wrong = [
        f"{path.relative_to(PROJECT)}:{line} {text}"
        for path in sorted((PROJECT / "apps").rglob("*.py"))
        for line, text in buttons_in_fields(path)
    ]
    assert wrong == []


def buttons_in_fields(path: Path) -> Iterator[tuple[int, str]]:
    """Texts in the context of a button within the `takes` of an action."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        taken = [word.value for word in node.keywords if word.arg == "takes"] if isinstance(node, ast.Call) else []
        for call in (inner for value in taken for inner in ast.walk(value) if isinstance(inner, ast.Call)):
            words = [one.value for one in call.args[:2] if isinstance(one, ast.Constant)]
            if getattr(call.func, "id", "").startswith("pgettext") and kind_of(str(words[0])) in VERBS:
                yield call.lineno, str(words[-1])


def test_the_test_of_fields_sees_a_button_among_them(tmp_path: Path) -> None:
    (file := tmp_path / "a.py").write_text(
        '@action("a.b", label=pgettext("button, a", "Answer"), takes={"a": words(pgettext("button, a", "Answer"))})\n'
        "def answer(): ...\n"
    )
    assert list(buttons_in_fields(file)) == [(1, "Answer")]


def test_a_short_text_that_several_apps_show_in_one_context_is_known_to_mean_the_same(short: list[Text]) -> None:
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in short:
        apps = {place.split("/")[1] for place in row.places if place.startswith(("apps/", "templates/"))}
        shown[row.key] |= {ONE_APP.get(app, app) for app in apps if "." not in app} - FRAME
    named = {"party"}  # names mean the same everywhere
    several = {key for key, apps in shown.items() if key[0] and key[0] not in named and len(apps) > 1}
    assert several - SAME.keys() == set()
    assert SAME.keys() - several == set()
