"""The linter of terms sees what its table names, and its table has no line that nobody needs."""

from pathlib import Path

import pytest

from caricom_portal.languages.sources import Text
from caricom_portal.languages.terms import faults, read, unneeded

TERMS = read()


@pytest.mark.parametrize(
    "said",
    [
        "The traveller and his papers",
        "Nobody has asked",
        "The key is taken back",
        "This text stands below",
        "Say why it is rejected",
        "Please try again",
        "Find persons and things",
        "This request lapses today",
    ],
)
def test_a_term_of_the_table_is_seen_with_what_is_better(said: str):
    [line] = faults([Text("", said, places={"apps/x/views.py"})], TERMS)
    assert line.startswith("apps/x/views.py: “")
    assert "Write: " in line


def test_a_plural_is_read_too():
    assert len(list(faults([Text("", "%(n)d entity", "%(n)d persons and things", {"a.py"})], TERMS))) == 1


def test_plain_words_are_none():
    said = ["The herd is here", "Jamaica must reply by 3 March", "No requests. New requests appear here.", "Essay"]
    assert list(faults([Text("", one, places={"a.py"}) for one in said], TERMS)) == []


def test_a_kept_text_has_a_reason_and_is_shown(tmp_path: Path):
    (table := tmp_path / "terms.toml").write_text(
        '[[term]]\nfound = "x"\nbetter = "y"\nkeep = [{ text = "x here", why = "a name" }]\n'
    )
    terms = read(table)
    text = Text("", "x here", places={"a.py"})
    assert (list(faults([text], terms)), list(unneeded([text], terms))) == ([], [])
    assert list(unneeded([], terms)) == ["terms.toml: “x here” is no text any more."]
    table.write_text('[[term]]\nfound = "x"\nbetter = "y"\nkeep = [{ text = "x here" }]\n')
    with pytest.raises(KeyError):
        read(table)
