"""A traveller has no assumed sex: no text of the room says they, them or their."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
OURS = PROJECT / "apps/jrcc/locale", PROJECT / "caricom_portal/locale"
"""The texts of the room, and those that it shares with others."""
SAID = re.compile(r'^msgid(?:_plural)? ((?:".*"\n?)+)', re.MULTILINE)


def test_no_text_assumes_that_a_traveller_is_a_man() -> None:
    texts = [
        "".join(re.findall(r'"(.*)"', said))
        for folder in OURS
        for block in (folder / "fr/LC_MESSAGES/django.po").read_text().split("\n\n")
        for said in SAID.findall(block)
    ]
    assert len(texts) > 500
    assert [text for text in texts if re.search(r"\b(he|him|his|himself)\b", text, re.IGNORECASE)] == []
