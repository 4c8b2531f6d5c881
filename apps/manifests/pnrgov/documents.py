"""Special services of a booking: travel documents and addresses (DOCS, DOCO, DOCA), contacts, and what is not read.

DOCS has the form /type/issuer/number/nationality/birth/sex/expiry/surname/given/middle (AIRIMP 3.14); hosts leave
fields, slashes and whole beginnings out, so the birth date with the sex behind it is the fixed point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.manifests.paxlst.normalise_dates import digits_of, valid_date
from apps.manifests.paxlst.normalise_documents import plain_number
from apps.manifests.paxlst.normalise_names import read_name
from apps.manifests.paxlst.normalise_states import read_state

_SEXES = {"M": "M", "F": "F", "MI": "M", "FI": "F", "X": "X", "U": "U", "": "U"}
_DAY = re.compile(r"\d{1,2}[A-Z]{3}\d{2,4}|\d{6}|\d{8}", re.ASCII)
_NAME_SUFFIX = re.compile(r"-\d+[A-Z]")
_BEFORE = ("type", "issuer", "number", "nationality")
_KIND, _STATE = 2, 3  # letters of a document type and of a State at most


@dataclass(slots=True)
class Paper:
    """What one DOCS says; `codes` name what was mended, with what stood there and what was taken."""

    document: dict[str, Any] = field(default_factory=dict)
    surname: str | None = None
    given_names: str = ""
    birth_date: str | None = None
    sex: str = "U"
    nationality: str | None = None
    infant: bool = False
    codes: list[tuple[str, str, str | None]] = field(default_factory=list)


def read_docs(text: str, reference: date) -> Paper | None:
    """The document and person of a DOCS text, None when no field of it can be told."""
    fields = [part.strip() for part in text.upper().split("/")]
    birth = next((n for n, part in enumerate(fields) if _DAY.fullmatch(part) and _sex_behind(fields, n)), None)
    paper = Paper()
    before = fields[:birth] if birth is not None else fields
    after = fields[birth:] if birth is not None else []
    _papers(paper, before, fixed=birth is not None)
    if after:
        _person(paper, after, reference)
    number = paper.document.get("number")
    return paper if number or paper.birth_date or paper.surname else None


def _sex_behind(fields: list[str], place: int) -> bool:
    return place + 1 < len(fields) and fields[place + 1] in _SEXES


def _papers(paper: Paper, before: list[str], *, fixed: bool) -> None:
    """Type, issuer, number and nationality in front of the birth date."""
    named = [""] * max(0, len(_BEFORE) - len(before)) + before
    held = dict(zip(_BEFORE, named[-len(_BEFORE) :] if fixed else before[1:5] + [""] * 4, strict=False))
    shifted = len(held["nationality"]) > _STATE or len(held["type"]) > _KIND or len(held["issuer"]) > _STATE
    if shifted:
        held = _by_shape([part for part in before if part])
        paper.codes.append(("PNR_DOCS_SHIFTED", "/".join(before), held["number"] or None))
    number = plain_number(held["number"])
    issuer = read_state(held["issuer"]).code if held["issuer"] else None
    paper.nationality = read_state(held["nationality"]).code if held["nationality"] else None
    if number or held["type"]:
        paper.document = {"type": held["type"] or None, "number": number or None, "issuer": issuer, "expires": None}


def _by_shape(parts: list[str]) -> dict[str, str]:
    """Fields told by what they look like, where the places do not fit."""
    number = next((part for part in parts if any(c.isdigit() for c in part)), "")
    words = [part for part in parts if part != number]
    kind = next((part for part in words if len(part) == 1), "")
    states = [part for part in words if part != kind and 1 < len(part) <= _STATE]
    return {
        "type": kind, "number": number, "issuer": states[0] if states else "",
        "nationality": states[1] if len(states) > 1 else "",
    }  # fmt: skip


def _person(paper: Paper, after: list[str], reference: date) -> None:
    """Birth date, sex, expiry and names."""
    birth, sex, expiry, *names = [*after, "", "", ""]
    paper.birth_date = day_of(birth, not_after=reference)
    if birth and paper.birth_date is None:
        paper.codes.append(("PNR_DATE_UNREADABLE", birth, None))
    paper.sex, paper.infant = _SEXES.get(sex, "U"), sex in ("MI", "FI")
    if expiry and paper.document:
        paper.document["expires"] = day_of(expiry)
        if paper.document["expires"] is None:
            paper.codes.append(("PNR_DATE_UNREADABLE", expiry, None))
    found = read_name([_NAME_SUFFIX.split(part)[0] for part in names if part] or [""])
    paper.surname, paper.given_names = found.surname, found.given_names


def day_of(value: str, *, not_after: date | None = None) -> str | None:
    """ISO date of DDMMMYY, DDMMYY or DDMMCCYY, None when there is no such day.

    Two-digit years are 20YY, of a birth date (`not_after`) the latest century that does not lie behind that day.
    """
    digits = digits_of(value.strip())
    if len(digits) not in (6, 8):
        return None
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if len(digits) == 8:
        found = valid_date(year, month, day)
    else:
        found = valid_date(2000 + year, month, day)
        if not_after and (found is None or found > not_after):
            found = valid_date(1900 + year, month, day) or found
    return found.isoformat() if found else None


def contact_of(code: str, text: str) -> dict[str, str] | None:
    """Telephone or mail address of CTCM, CTCE and CTCT; // stands for @ and .. for _ (AIRIMP)."""
    value = _NAME_SUFFIX.split(text.strip().upper(), maxsplit=1)[0]
    value = value.removeprefix("/").strip()
    if code == "CTCE":
        value = value.replace("//", "@").replace("..", "_").lower()
    return {"kind": "mail" if code == "CTCE" else "phone", "value": value} if value else None
