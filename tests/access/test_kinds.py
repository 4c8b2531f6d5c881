"""What people call a kind of record: its model says it, in each language, and everybody else asks there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models.options import camel_case_to_spaces
from django.template import Context, Template
from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import override

from apps.access.choices import is_short
from apps.access.declared_actions import REGISTRY
from apps.access.models import Record
from apps.audit.sentences import kind_in_words
from caricom_portal.languages import catalogue

ABBREVIATIONS = {"API", "INTERPOL", "STIX"}
"""Words of the glossary that are written in capitals."""


def _audited() -> Iterator[Any]:
    """Each model of a record, and each that an action changes."""
    assert get_resolver().url_patterns
    changed = {spec.model for spec in REGISTRY.values()}
    yield from (model for model in apps.get_models() if issubclass(model, Record) or model in changed)


def _said(model: Any) -> Any:
    return model._meta.original_attrs.get("verbose_name")


def test_each_kind_of_record_has_a_name_that_people_use() -> None:
    models = list(_audited())
    assert len(models) > 100
    assert [model._meta.label for model in models if not isinstance(_said(model), Promise)] == []
    with override("en"):
        names = {model._meta.label: str(_said(model)) for model in models}
    made_of_code = {
        label: name
        for label, name in names.items()
        if "_" in name
        or "." in name
        or not name[0].isupper()
        or any(part[1:] != part[1:].lower() for part in name.split() if part not in ABBREVIATIONS)
    }
    assert made_of_code == {}
    derived = {label: name for label, name in names.items() if name == camel_case_to_spaces(label.partition(".")[2])}
    assert derived == {}


@pytest.mark.parametrize("language", sorted(catalogue.HEAD))
def test_each_name_of_a_kind_is_translated(language: str) -> None:
    known = catalogue.read(language)
    lost = {}
    for model in _audited():
        with override("en"):
            text = str(_said(model))
        context = f"kind, {model._meta.app_label}" if is_short(text) else ""
        if not any(known.get((context, text), [])):
            lost[model._meta.label] = (context, text)
    assert lost == {}


def test_two_kinds_of_an_app_are_not_called_alike() -> None:
    names = [(model._meta.app_label, str(_said(model))) for model in _audited()]
    assert sorted({each for each in names if names.count(each) > 1}) == []


def test_the_words_come_from_the_model_wherever_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    with override("nl"):
        assert kind_in_words("jrcc.hit") == "Treffer"
        assert Template("{% load portal %}{{ of|kind_in_words }}").render(Context({"of": "jrcc.hit"})) == "Treffer"
    monkeypatch.setattr(apps.get_model("jrcc.hit")._meta, "verbose_name", "sighting at sea")
    assert kind_in_words("jrcc.hit") == "Sighting at sea"


@pytest.mark.parametrize("gone", ["jrcc.formermodel", "former.model", "oneword", "a.b.c"])
def test_a_kind_that_is_no_more_is_a_record_and_no_code(gone: str) -> None:
    assert kind_in_words(gone) == "Record"
    assert kind_in_words("") == ""
