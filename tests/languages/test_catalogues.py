"""The catalogues fit the source, and what is declared complete is complete."""

import gettext
import re
from typing import Any

import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.utils import translation

from apps.access.models import Level
from caricom_portal.languages import catalogue, report
from caricom_portal.languages.sources import PROJECT, Text, marked, python_texts, template_texts

LANGUAGES = sorted(catalogue.HEAD)


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return marked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_file_declared_complete_is_translated(texts: list[Text], language: str) -> None:
    lost = report.missing(report.complete(texts), catalogue.read(language))
    assert [(row.text, sorted(row.places)) for row in lost] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_marks_are_the_same_in_text_and_translation(texts: list[Text], language: str) -> None:
    assert report.ill_fitting(texts, catalogue.read(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    """`manage.py make_translations` writes both."""
    with catalogue.po_path(language).with_suffix(".mo").open("rb") as compiled:
        loaded: Any = gettext.GNUTranslations(compiled)
    expected: dict[Any, str] = {}
    for (context, text), words in catalogue.read(language).items():
        key = f"{context}\x04{text}" if context else text
        expected |= {(key, n): one for n, one in enumerate(words)} if len(words) > 1 else {key: words[0]}
    assert {key: value for key, value in loaded._catalog.items() if key} == expected


def test_texts_are_found_under_every_name_that_a_module_gives_to_gettext() -> None:
    source = (
        "from django.utils.translation import gettext as _now, ngettext, pgettext\n"
        '_now("one")\nother("two")\nngettext("a day", "%(n)d days", 3)\n_now("three " "parts")\n_now(x)\n'
        'pgettext("of an aircraft", "seat")\n'
    )
    assert list(python_texts(source)) == [
        ("", "one", ""),
        ("", "a day", "%(n)d days"),
        ("", "three parts", ""),
        ("of an aircraft", "seat", ""),
    ]


def test_the_labels_of_an_enumeration_are_found_without_a_mark() -> None:
    source = 'class State(TextChoices):\n    SENT = "s", "Sent off"\n    SET_ASIDE = "p"\n    A, B_C = "a", "b"\n'
    assert list(python_texts(source)) == [("", "Sent off", ""), ("", "Set Aside", ""), ("", "A", ""), ("", "B C", "")]


def test_every_enumeration_with_labels_speaks_the_readers_language() -> None:
    """apps.audit stands below apps.access and shows its words through its own wording."""
    places = [path for path in (PROJECT / "apps").rglob("*.py") if "migrations" not in path.parts]
    plain = [path for path in places if re.search(r"\(models\.(Text|Integer)Choices\)", path.read_text())]
    assert [str(path.relative_to(PROJECT)) for path in plain] == ["apps/audit/models.py"]


def test_a_label_is_in_the_language_of_now_on_the_member_and_in_a_form_made_before() -> None:
    field = forms.ChoiceField(choices=Level.choices)
    with translation.override("nl"):
        assert Level.SECRET.label == "Geheim"
        assert "Geheim" in str(field.widget.render("level", None))
    assert Level.SECRET.label == "Secret"


def test_texts_of_templates_are_found_as_django_will_ask_for_them() -> None:
    source = (
        '{% translate "It\'s" %}{% blocktranslate with n=x %}{{ n }} of 5 %{% endblocktranslate %}'
        "{% blocktranslate count n=x %}One{% plural %}{{ n }} more{% endblocktranslate %}{{ y|default:_('none') }}"
        '{% translate "Seat" context "of an aircraft" %}'
    )
    assert list(template_texts(source)) == [
        ("", "It's", ""),
        ("", "%(n)s of 5 %%", ""),
        ("", "One", "%(n)s more"),
        ("", "none", ""),
        ("of an aircraft", "Seat", ""),
    ]


def test_a_lost_placeholder_is_seen() -> None:
    texts = [Text("", "Due %(day)s"), Text("", "One day", "%(n)d days")]
    good = {("", "Due %(day)s"): ["Échéance %(day)s"], ("", "One day"): ["Un jour", "%(n)d jours"]}
    assert report.ill_fitting(texts, good) == []
    assert report.ill_fitting(texts, good | {("", "Due %(day)s"): ["Échéance"]}) == [("Due %(day)s", "Échéance")]
    assert report.ill_fitting(texts, good | {("", "One day"): ["Un", "jours"]}) == [("One day", "jours")]


def test_what_is_written_is_read_back_the_same() -> None:
    texts = [Text("", 'A "quoted"\nline', places={"a.py"}), Text("role", "head", places={"b"}), Text("", "x", "y")]
    known = {texts[0].key: ['Une ligne\n"citée"'], texts[1].key: ["chef"], texts[2].key: ["un", "deux"]}
    assert catalogue.parse(catalogue.written("fr", texts, known)) == known


def test_the_command_fails_while_a_file_declared_complete_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("missing_translations", "nl")
    assert "nl: " in capsys.readouterr().out
    monkeypatch.setattr(catalogue, "read", lambda language: {})
    with pytest.raises(CommandError):
        call_command("missing_translations", "nl")
    assert "declared complete: 'My desk'" in capsys.readouterr().out


def test_the_same_word_may_differ_by_what_it_names() -> None:
    with translation.override("fr"):
        assert translation.pgettext("role", "head") == "chef"
        assert translation.gettext("Region") == "Région"
