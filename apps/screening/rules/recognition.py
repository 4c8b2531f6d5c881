"""By what a traveller is known again for a clearance: a document and the birth date, never the name."""

import hashlib
import re
from typing import Any

STRONGER = 1.0
"""Rise in log-odds over the cleared hit from which a likeness is new (as for hits that are raised again)."""


def keys_of(record: dict[str, Any]) -> list[str]:
    """Keys of a traveller in the matching contract's form: one for each document with number, issuer and birth date.

    Empty for somebody who cannot be known again.
    """
    dates = record.get("birth_date") or []
    whole = [date for date in (dates if isinstance(dates, list) else [dates]) if _is_whole(date)]
    found = set()
    for document in record.get("documents") or []:
        number = re.sub(r"[^A-Z0-9]", "", str(document.get("number") or "").upper())
        if number and document.get("issuer"):
            found |= {_key(number, document["issuer"], date) for date in whole}
    return sorted(found)


def _is_whole(date: Any) -> bool:
    return isinstance(date, str) and re.fullmatch(r"\d{4}-(?!00)\d{2}-(?!00)\d{2}", date) is not None


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
