"""What scripts say comes with the page, in the reader's language: no sentence stands in a script itself."""

import json
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from apps.access.templatetags import portal
from apps.manifests.templatetags import uploads

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
SENTENCE = re.compile(r"""(['"`])(?=[A-Z])[^'"`]*?[a-z]+ [a-z]+[^'"`]*\1""")
COMMENT, THROWN = re.compile(r"^\s*(?://|\*|/\*)"), re.compile(r"throw new \w*Error\(")


def test_no_script_has_a_sentence_of_its_own() -> None:
    scripts = [path for path in SCRIPTS.rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 8
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in scripts
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if not COMMENT.match(line) and not THROWN.search(line) and SENTENCE.search(line)
    ]
    assert found == []


def test_the_check_sees_a_sentence() -> None:
    assert SENTENCE.search("this.said('The link broke. Send it again.');")
    assert not SENTENCE.search("form.closest('label, input')")


@pytest.mark.parametrize("language", ["en-gb", "fr", "nl", "es"])
def test_words_of_scripts_are_of_the_language_and_keep_their_places(language: str) -> None:
    with override("en-gb"):
        english = json.loads(portal.frame_words()) | json.loads(uploads.upload_words())
    with override(language):
        found = json.loads(portal.frame_words()) | json.loads(uploads.upload_words())
    places = {name: sorted(re.findall(r"%\(\w+\)s", text)) for name, text in english.items()}
    assert {name: sorted(re.findall(r"%\(\w+\)s", text)) for name, text in found.items()} == places
    same = {name for name in english if found[name] == english[name]}
    assert same <= ({*english} if language == "en-gb" else set())
