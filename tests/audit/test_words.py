"""Each verb of the audit says in words of its own what was done."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils.translation import gettext_lazy, override

from apps.access.declared_actions import REGISTRY, action
from apps.audit import verb_labels
from apps.people.models import User

APPS = Path(__file__).resolve().parents[2] / "apps"
WRITERS = {"also", "change_also", "do_also", "note_read", "entry", "record_refusal", "done", "refused", "hammered"}
OF_A_COLLECTION = {"reads", "lists"}
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


@pytest.fixture(scope="module", autouse=True)
def _declared() -> None:
    """All apps have said their words once the addresses are known."""
    assert get_resolver().url_patterns


def _verbs_in(node: ast.AST | None) -> Iterator[str]:
    for each in ast.walk(node) if node else ():
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and VERB.fullmatch(each.value):
            yield each.value


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _handing_on(tree: ast.AST) -> set[str]:
    """Names of the functions of a module that are told a verb."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {one.name for one in functions if "verb" in {given.arg for given in one.args.args}}


def _written_by(node: ast.AST, handing_on: set[str]) -> Iterator[str]:
    """The verbs that a statement hands to the audit: to a writer, or as the reading of a collection of the API."""
    if isinstance(node, ast.Call):
        for given in node.args[:3] if _name(node) in WRITERS | handing_on else ():
            yield from () if isinstance(given, ast.Call) and _name(given) != "get" else _verbs_in(given)
    elif isinstance(node, ast.ClassDef):
        for line in (line for line in node.body if isinstance(line, ast.Assign)):
            names = [name.id for name in ast.walk(line.targets[0]) if isinstance(name, ast.Name)]
            if OF_A_COLLECTION & set(names) and not isinstance(line.value, ast.Call):
                yield from _verbs_in(line.value)


def test_every_verb_that_the_code_writes_is_declared_with_its_past_tense() -> None:
    written: dict[str, str] = {}
    for path in APPS.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        handing_on = _handing_on(tree)
        for node in ast.walk(tree):
            written |= dict.fromkeys(_written_by(node, handing_on), f"{path.relative_to(APPS)}")
    assert len(written) > 150
    assert {verb: place for verb, place in written.items() if verb not in verb_labels.DONE} == {}


def test_every_action_says_what_it_has_done() -> None:
    assert set(REGISTRY) <= set(verb_labels.DONE)
    assert {verb for verb, spec in REGISTRY.items() if verb_labels.DONE[verb] is not spec.done} == set()


def test_nothing_gets_its_words_by_the_last_word_of_its_verb() -> None:
    assert "place" in {verb.rpartition(".")[2] for verb in verb_labels.DONE}
    assert verb_labels.past_tense("anything.place") == str(verb_labels.UNKNOWN)
    with override("fr"):
        assert verb_labels.past_tense("hold.place") != verb_labels.past_tense("item.place")


@pytest.mark.parametrize("asked", ["jrcc:hit", "page", "api.hit"])
def test_a_page_that_was_asked_for_in_vain_is_no_verb(asked: str) -> None:
    assert verb_labels.past_tense(asked) == str(verb_labels.OPENED)


def test_an_action_without_a_past_tense_is_refused_when_it_is_declared() -> None:
    known: dict[str, Any] = {"model": User, "label": gettext_lazy("Try"), "policy": lambda *_: True, "ends": "tried"}
    with pytest.raises(TypeError, match="done"):
        action("account.try_this", **known)
    with pytest.raises(TypeError, match="lazily"):
        action("account.try_this", done="Tried", **known)
    with pytest.raises(ValueError, match="twice"):
        action("account.open", done=gettext_lazy("Tried it again"), **known)


def test_a_verb_that_nobody_declares_is_not_written_unnoticed(settings: Any) -> None:
    with pytest.raises(LookupError, match="try_this"):
        verb_labels.require_words("account.try_this")
    settings.REFUSE_STRAY_WRITES = False
    verb_labels.require_words("account.try_this")
