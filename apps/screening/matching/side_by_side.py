"""Two records field by field, for the table an officer compares them in."""

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from . import birth_dates, documents
from .alignment import align
from .birth_dates import STRONG
from .identity import Identity, prepare
from .names import Name, name
from .wording import written

SAME, DIGITS_SWAPPED, DIFFERENT, NOT_STATED = "Same", "Digits swapped", "Different", "Not stated"
OTHER_SPELLING, PART_MISSING = "Near (other spelling)", "Near (part of the name)"
MOST_LETTERS_NEAR = 2

type Parts = tuple[tuple[str, bool], ...]


class FieldComparison(NamedTuple):
    """One row: both values as text, a result in words, and each value cut into (piece, differs)."""

    field: str
    ours: str
    theirs: str
    result: str
    ours_parts: Parts
    theirs_parts: Parts


def compare_fields(a_record: dict, b_record: dict) -> list[FieldComparison]:
    """The rows in the order of a passport; raises BadIdentity as prepare does, but for impossible dates."""
    a, b = prepare(a_record, strict=False), prepare(b_record, strict=False)
    rows = [
        _names("surname", _written_name(a_record, "surname"), _written_name(b_record, "surname")),
        _names("given_names", _written_name(a_record, "given_names"), _written_name(b_record, "given_names")),
    ]
    full = [_written_name(record, "full_name") for record in (a_record, b_record)]
    if any(full):
        rows.append(_names("full_name", *full))
    return [*rows, _dates(a, b), _row("sex", a.sex or "", b.sex or ""), _nationality(a, b), _documents(a, b)]


def _written_name(record: dict, key: str) -> str:
    return " ".join((record.get(key) or "").replace("<", " ").upper().split())


def _names(field: str, ours: str, theirs: str) -> FieldComparison:
    """A row of names: other spellings and missing parts are near, as the score takes them."""
    result = _result(ours, theirs)
    if result == DIFFERENT:
        a, b = name("", "", ours, False), name("", "", theirs, False)
        result = _alike(a, b) if a and b else DIFFERENT
    return _row(field, ours, theirs, result)


def _alike(a: Name, b: Name) -> str:
    found = align(a, b)
    if not found.agreed or (found.ours_left and found.theirs_left):
        return DIFFERENT
    return PART_MISSING if found.ours_left or found.theirs_left else OTHER_SPELLING


def _row(field: str, ours: str, theirs: str, result: str | None = None) -> FieldComparison:
    ours_parts, theirs_parts = _differences(ours, theirs)
    return FieldComparison(field, ours, theirs, result or _result(ours, theirs), ours_parts, theirs_parts)


def _result(ours: str, theirs: str) -> str:
    if not ours or not theirs:
        return NOT_STATED
    if ours == theirs:
        return SAME
    if _swapped_digits(ours, theirs):
        return DIGITS_SWAPPED
    letters = Levenshtein.distance(ours, theirs, score_cutoff=MOST_LETTERS_NEAR)
    if letters <= MOST_LETTERS_NEAR and min(len(ours), len(theirs)) > 2 * letters:
        return f"Near ({letters} letter{'s' if letters > 1 else ''})"
    return DIFFERENT


def _swapped_digits(ours: str, theirs: str) -> bool:
    """Two neighbouring digits have changed places, and nothing else differs."""
    apart = [i for i, (x, y) in enumerate(zip(ours, theirs, strict=False)) if x != y]
    if len(ours) != len(theirs) or len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    i, j = apart
    return ours[i] + ours[j] == theirs[j] + theirs[i] and (ours[i] + ours[j]).isdigit()


def _differences(ours: str, theirs: str) -> tuple[Parts, Parts]:
    if not ours or not theirs:
        return (((ours, False),) if ours else ()), (((theirs, False),) if theirs else ())
    left, right = [], []
    for step in Levenshtein.opcodes(ours, theirs):
        differs = step.tag != "equal"
        left.append((ours[step.src_start : step.src_end], differs))
        right.append((theirs[step.dest_start : step.dest_end], differs))
    return _joined(left), _joined(right)


def _joined(pieces: list[tuple[str, bool]]) -> Parts:
    """Without empty pieces, and neighbours of one kind made one."""
    found: list[tuple[str, bool]] = []
    for text, differs in pieces:
        if found and text and found[-1][1] == differs:
            found[-1] = (found[-1][0] + text, differs)
        elif text:
            found.append((text, differs))
    return tuple(found)


def _dates(a: Identity, b: Identity) -> FieldComparison:
    best = birth_dates.best_level(a.dates, b.dates)
    if best is None:
        return _row("birth_date", *(", ".join(written(d) for d in x.dates) for x in (a, b)))
    level, ours, theirs = best
    result = SAME if ours == theirs else DIGITS_SWAPPED if level == "swapped" else _near_date(level, ours, theirs)
    return _row("birth_date", written(ours), written(theirs), result)


def _near_date(level: str, ours: birth_dates.BirthDate, theirs: birth_dates.BirthDate) -> str:
    digits = [f"{d.first}{d.month:02d}{d.day:02d}" for d in (ours, theirs)]
    if _swapped_digits(*digits):
        return DIGITS_SWAPPED
    if level in STRONG and sum(x != y for x, y in zip(*digits, strict=True)) == 1:
        return "Near (1 digit)"
    return "Near (less precise)" if level in ("month_known", "year_known", "in_range") else DIFFERENT


def _nationality(a: Identity, b: Identity) -> FieldComparison:
    ours, theirs = (", ".join(sorted(x.nationality)) for x in (a, b))
    shared = a.nationality & b.nationality
    if not ours or not theirs:
        result = NOT_STATED
    elif a.nationality == b.nationality:
        result = SAME
    else:
        result = f"Same ({', '.join(sorted(shared))})" if shared else DIFFERENT
    return _row("nationality", ours, theirs, result)


def _documents(a: Identity, b: Identity) -> FieldComparison:
    best = documents.best_level(a.documents, b.documents)
    if best is None:
        return _row("document", *(", ".join(map(_number, x.documents)) for x in (a, b)))
    return _row("document", _number(best[1]), _number(best[2]))


def _number(document: documents.Document) -> str:
    return f"{document.number} {document.issuer}" if document.issuer else document.number
