"""Abbreviations that a text never writes out."""

import re

_USED = re.compile(r"\b[A-Z][A-Z0-9]{2,9}\b")
_EXPLAINED = re.compile(r"\(([A-Z][A-Z0-9]{2,9})\)")


def unexplained(text: str, known: frozenset[str]) -> list[str]:
    """Abbreviations of three signs or more that are neither known nor written out as "Full Name (FN)", once each."""
    explained = set(_EXPLAINED.findall(text)) | known
    return [word for word in dict.fromkeys(_USED.findall(text)) if word not in explained]
