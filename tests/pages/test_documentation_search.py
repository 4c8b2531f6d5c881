"""Search over the documentation: every word occurs in what is found, the best stands first, links lead to the place."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from caricom_portal.documentation import names, page_of
from caricom_portal.documentation_search import Found, find_places, fold, words_of

IDS = re.compile(r' id="([^"]+)"')
BACKUPS = """# Backups

What is kept.

## Restore a backup

Stop the portal, then `restore`.

## Keys

Backups need keys.
"""
KEYS = """# Keys of the portal

| Key | For |
|---|---|
| `FIELD_KEY` | [secrets](x.md) in rows |

```
# restore is no heading here
```
"""
LANGUAGES = """# Langues

## Établir une clé

Préférer l'été.
"""
PAGES = {"how-to/backups": BACKUPS, "reference/keys": KEYS, "how-to/languages": LANGUAGES}


@pytest.fixture
def find(tmp_path: Path) -> Any:
    """Ask the pages above."""
    for name, text in PAGES.items():
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return lambda question: find_places(question, {name: tmp_path / f"{name}.md" for name in PAGES})


def places(found: list[Found]) -> list[tuple[str, str]]:
    return [(one.page, one.section.anchor) for one in found]


def test_a_place_has_every_word_in_title_heading_or_text(find: Any) -> None:
    assert sorted(places(find("restore portal"))) == [("how-to/backups", "restore-a-backup"), ("reference/keys", "")]
    assert places(find("backups restore stop")) == [("how-to/backups", "restore-a-backup")]
    assert find("restore aeroplane") == []


def test_a_heading_counts_more_than_a_text_and_a_title_more_than_a_heading(find: Any) -> None:
    assert places(find("keys")) == [("reference/keys", ""), ("how-to/backups", "keys")]
    assert places(find("backup"))[0] == ("how-to/backups", "restore-a-backup")


def test_capitals_accents_and_the_end_of_a_word_make_no_difference(find: Any) -> None:
    assert places(find("ETABLIR cle")) == places(find("établir clé")) == [("how-to/languages", "établir-une-clé")]
    assert places(find("backu stop")) == [("how-to/backups", "restore-a-backup")]
    assert find("ackup") == [], "the beginning of a word, not its middle"


def test_an_excerpt_is_text_without_marks_and_shows_the_words(find: Any) -> None:
    (found,) = find("field_key")
    said = "".join(part for part, _hit in found.excerpt)
    assert said == "Key For FIELD_KEY secrets in rows # restore is no heading here"
    assert [part for part, hit in found.excerpt if hit] == ["FIELD_KEY"]


@pytest.mark.parametrize("question", ["", "   ", "!?", "|", "()", "\\", "\x00", "*" * 500])
def test_a_question_without_words_finds_nothing(find: Any, question: str) -> None:
    assert words_of(question) == []
    assert find(question) == []


@pytest.mark.parametrize("question", ["a.*b", "(restore", "[", "restore\\", "w " * 400])
def test_signs_of_patterns_are_no_patterns(find: Any, question: str) -> None:
    find(question)
    assert len(words_of(question)) <= 8


def test_folding_keeps_the_places_of_letters() -> None:
    for text in ("Établir", "İstanbul ß ǅ", "日本", "plain", "e\u0301"):
        assert len(fold(text)) == len(text)


def test_every_page_is_found_by_its_title_and_every_place_found_is_there() -> None:
    pages = names()
    lost, nowhere = [], []
    for name in pages:
        found = find_places(page_of(name).title.replace("`", ""), pages)
        if words_of(page_of(name).title) and name not in {one.page for one in found} and len(found) < 30:
            lost.append(name)
        nowhere += [
            (one.page, one.section.anchor)
            for one in found
            if one.section.anchor and one.section.anchor not in IDS.findall(page_of(one.page).html)
        ]
    assert (lost, sorted(set(nowhere))) == ([], [])


def test_the_page_of_what_is_found_works_without_scripts_and_leads_to_the_places(client_for: Any, client: Any) -> None:
    officer = client_for("jam.border.officer")
    first = officer.get(reverse("docs")).content.decode()
    form = re.search(r"<form[^>]*role=\"search\"[^>]*action=\"/docs/\".*?</form>", first, re.S)
    assert form, "a form that is sent by GET, on each page"
    assert 'name="q"' in form[0]
    assert '<label for="docs-q">' in form[0]
    assert 'type="submit"' in form[0]
    page = officer.get(reverse("docs"), {"q": "lanes of work"}).content.decode()
    assert page.count("<h1") == 1
    assert 'href="/docs/how-to/operators/#lanes-of-work"' in page
    assert "<mark>" in page
    assert 'value="lanes of work"' in page
    assert client.get(reverse("docs"), {"q": "lanes"}).status_code == 302


def test_what_is_not_found_and_what_is_not_asked_have_a_way_on(client_for: Any) -> None:
    officer = client_for("jam.border.officer")
    nothing = officer.get(reverse("docs"), {"q": "xyzzyx <script>"}).content.decode()
    assert "No place has all these words" in nothing
    assert "<script>" not in nothing.partition("<main")[2].partition("</main>")[0]
    assert 'class="btn" href="/docs/"' in nothing
    unasked = officer.get(reverse("docs"), {"q": " ! "}).content.decode()
    assert "Nothing to look for yet" in unasked


def test_the_frame_of_what_is_found_is_in_the_readers_language(client_for: Any) -> None:
    officer = client_for("jam.border.officer")
    page = officer.get(reverse("docs"), {"q": "lanes"}, headers={"accept-language": "fr"}).content.decode()
    assert "Rechercher dans la documentation" in page
    assert 'lang="en"' in page.partition("<main")[2]
