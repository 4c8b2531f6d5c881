"""Media types and what a client accepts (RFC 9110, sections 8.3 and 12.5.1; TAXII 2.1, section 1.6.8)."""

import re

TAXII, STIX = "application/taxii+json;version=2.1", "application/stix+json;version=2.1"
QUALITY = re.compile(r"[01](?:\.\d{0,3})?", re.ASCII)
Media = tuple[str, dict[str, str]]


def parsed(text: str) -> Media:
    """(type in lower case, its parameters) of one media type."""
    name, *rest = text.split(";")
    found = {}
    for part in rest:
        key, _, value = part.partition("=")
        found[key.strip().lower()] = value.strip().strip('"').lower()
    return name.strip().lower(), found


def acceptable(accept: str | None) -> bool:
    """Whether a client takes TAXII 2.1; without the header, or with `*/*`, it takes whatever is there.

    The most specific range that fits decides, so that `q=0` refuses.
    """
    if accept is None or not accept.strip():
        return True
    best, quality = -1, 0.0
    for text in accept.split(","):
        name, given = parsed(text)
        weight = given.pop("q", "1")
        rank = _rank(name, given)
        if rank >= 0 and QUALITY.fullmatch(weight) and (rank > best or (rank == best and float(weight) > quality)):
            best, quality = rank, float(weight)
    return best >= 0 and quality > 0


def _rank(name: str, given: dict[str, str]) -> int:
    """How specific a range is that TAXII 2.1 fits; -1 for one that it does not fit."""
    if name == "application/taxii+json":
        return {"2.1": 3, "": 2}.get(given.get("version", ""), -1)
    return {"application/*": 1, "*/*": 0}.get(name, -1)


def is_taxii(content_type: str | None) -> bool:
    """Whether a body says that it is TAXII 2.1, or TAXII without a version."""
    name, given = parsed(content_type or "")
    return name == "application/taxii+json" and given.get("version", "2.1") == "2.1"
