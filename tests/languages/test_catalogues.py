"""The catalogues fit the source, and what is declared complete is complete."""

import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import trans_real

from apps.access.choices import is_short
from apps.access.models import Level
from caricom_portal.languages import catalogue, report
from caricom_portal.languages.sources import PROJECT, Text, by_home, marked, python_texts, template_texts
from caricom_portal.management.commands import make_translations

LANGUAGES = sorted(catalogue.HEAD)


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return marked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_file_declared_complete_is_translated(texts: list[Text], language: str) -> None:
    lost = report.missing(report.complete(texts), catalogue.read(language))
    assert [(row.text, sorted(row.places)) for row in lost] == []


def test_a_text_of_one_or_two_words_says_what_kind_of_word_it_is_and_where(texts: list[Text]) -> None:
    """ "Clear", "Object" and "Open" are translated by guess otherwise. A counted word ("%(n)d hit") is a noun."""
    bare = [row for row in texts if is_short(row.text) and not row.context and not row.plural]
    assert [(row.text, sorted(row.places)) for row in bare] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_marks_are_the_same_in_text_and_translation(texts: list[Text], language: str) -> None:
    assert report.ill_fitting(texts, catalogue.read(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogues_say_what_the_written_ones_say(language: str) -> None:
    """`manage.py make_translations` writes both."""
    for path in catalogue.po_paths(language):
        with path.with_suffix(".mo").open("rb") as compiled:
            loaded: Any = gettext.GNUTranslations(compiled)
        expected = by_gettext(catalogue.parse(path.read_text()))
        assert {key: value for key, value in loaded._catalog.items() if key} == expected, path


def by_gettext(known: catalogue.Catalogue) -> dict[Any, str]:
    """As a compiled catalogue has it: {key: words} or {(key, number): words}."""
    expected: dict[Any, str] = {}
    for (context, text), words in known.items():
        key = f"{context}\x04{text}" if context else text
        expected |= {(key, n): one for n, one in enumerate(words)} if len(words) > 1 else {key: words[0]}
    return expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_stands_in_the_catalogue_of_its_app_and_in_no_other(texts: list[Text], language: str) -> None:
    """`manage.py make_translations` moves it when a second app shows it, too."""
    homes = {catalogue.po_path(language, home): rows for home, rows in by_home(texts).items()}
    stands = {path: catalogue.parse(path.read_text()).keys() for path in catalogue.po_paths(language)}
    assert stands == {path: {row.key for row in rows} for path, rows in homes.items()}
    assert len(stands) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_the_catalogues_say(language: str) -> None:
    """Packages have catalogues, too, and theirs win over those of an app: a text that one of them has needs a
    context."""
    loaded: Any = trans_real.translation(language)
    expected = by_gettext(catalogue.read(language))
    assert {key: words for key, words in expected.items() if loaded._catalog.get(key) != words} == {}


def test_a_text_moves_when_a_second_app_shows_it_and_stays_when_a_third_does(tmp_path: Path) -> None:
    for app in ("people", "region", "watch"):
        (tmp_path / "apps" / app).mkdir(parents=True)
        (tmp_path / "apps" / app / "__init__.py").touch()
    known = {("", "Ask them"): ["Demandez-leur"], ("", "Our own"): ["Le nôtre"]}
    own = Text("", "Our own", places={"templates/region/a.html", "apps/region/views.py"})

    def written(*places: str) -> dict[str, str]:
        catalogue.write("fr", [own, Text("", "Ask them", places=set(places))], known, tmp_path)
        assert catalogue.read("fr", tmp_path) == known
        return {str(path.relative_to(tmp_path)): path.read_text() for path in catalogue.po_paths("fr", tmp_path)}

    alone = written("apps/watch/a.py")
    assert {name.split("/")[1] for name in alone} == {"region", "watch"}
    two = written("apps/watch/a.py", "apps/people/a.py")
    assert {name.split("/")[1] for name in two} == {"region", "locale"}
    assert not catalogue.po_path("fr", "watch", tmp_path).with_suffix(".mo").exists()
    three = written("apps/watch/a.py", "apps/people/a.py", "templates/region/b.html")
    assert "templates/region/b.html" in three["caricom_portal/locale/fr/LC_MESSAGES/django.po"], "region stands lower"
    assert written("apps/people/a.py", "templates/region/b.html") == three
    assert (
        "apps/"
        not in (framed := written("templates/base.html", "apps/people/a.py"))[
            "caricom_portal/locale/fr/LC_MESSAGES/django.po"
        ]
    )
    assert written("templates/base.html", "apps/people/a.py", "apps/watch/b.py") == framed


def test_after_a_merge_the_words_of_an_app_win_and_the_command_says_what_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "apps/watch").mkdir(parents=True)
    (tmp_path / "apps/watch/__init__.py").touch()
    text = Text("", "Hand it over", places={"apps/watch/a.py"})
    for home, words in (("watch", "Passez-le"), ("", "Passez")):
        path = catalogue.po_path("fr", home, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(catalogue.written("fr", [text], {text.key: [words]}))
    assert catalogue.read("fr", tmp_path) == {text.key: ["Passez-le"]}
    found = catalogue.disagreements("fr", tmp_path)
    assert found == [(text.key, [["Passez"], ["Passez-le"]])]
    monkeypatch.setattr(catalogue, "disagreements", lambda language: found if language == "fr" else [])
    monkeypatch.setattr(catalogue, "write", lambda *_: None)
    monkeypatch.setattr(make_translations, "marked", lambda: [text])
    call_command("make_translations")
    assert (
        "'Hand it over' () is translated in two ways, the last is kept: Passez / Passez-le" in capsys.readouterr().err
    )


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
    source = (
        "class Letter:\n    class State(TextChoices):\n"
        '        SENT = "s", "Sent off"\n        SET_ASIDE = "p"\n        A, B_C = "a", "b"\n'
        '        L = "l", "Lost on the way"\n'
    )
    of = "state of letter"
    assert list(python_texts(source)) == [
        (of, "Sent off", ""), (of, "Set Aside", ""), (of, "A", ""), (of, "B C", ""), ("", "Lost on the way", "")
    ]  # fmt: skip


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
    assert "declared complete: 'My work'" in capsys.readouterr().out


def test_the_same_word_may_differ_by_what_it_names() -> None:
    with translation.override("fr"):
        assert translation.pgettext("role", "head") == "chef"
        assert translation.pgettext("navigation, portal", "Region") == "Région"
