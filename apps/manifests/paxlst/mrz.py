"""Machine-readable zones of travel documents, ICAO Doc 9303 parts 3 to 7: fields, check digits, careful repair."""

from __future__ import annotations

from dataclasses import dataclass

_WEIGHTS = (7, 3, 1)
_VALUES = {"<": 0, **{str(n): n for n in range(10)}, **{chr(65 + n): 10 + n for n in range(26)}}
_TO_DIGIT = str.maketrans("OQDILZSGB", "000112568")
# Pairs that print alike; a document number may hold either.
_CONFUSED = {"O": "0", "0": "OQD", "I": "1", "1": "IL", "B": "8", "8": "B", "S": "5", "5": "S", "Z": "2", "2": "Z",
             "G": "6", "6": "G", "Q": "0", "D": "0", "L": "1"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zone:
    """Fields of a zone; "" or None where the zone has no such line. Dates stay YYMMDD."""

    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    type: str = ""
    issuer: str = ""
    names: str = ""
    repaired: bool = False
    failed: bool = False


def check_digit(field: str) -> int:
    """Check digit of a field, weights 7 3 1 modulo 10; unknown characters count 0. Source: Doc 9303-3, 4.9."""
    return sum(_VALUES.get(c, 0) * _WEIGHTS[i % 3] for i, c in enumerate(field)) % 10


def _holds(field: str, digit: str) -> bool:
    return str(check_digit(field)) == digit or (digit == "<" and not field.strip("<"))


def split_names(text: str) -> tuple[str, str]:
    """Surname and given names of a name in machine-readable form; a misread tail of filler is dropped."""
    text = _without_misread_filler(text)
    surname, _, given = text.partition("<<")
    return surname.replace("<", " ").strip(" "), " ".join(word for word in given.split("<") if word)


def _without_misread_filler(text: str) -> str:
    """Filler read as K, C, X or L at the end: a tail of at least three of the same."""
    last = text[-1:]
    bare = text.rstrip(last) if last in ("K", "C", "X", "L") else text
    return bare if len(text) - len(bare) >= 3 and bare.endswith("<") else text


def read_zone(text: str) -> Zone | None:
    """Fields of a TD3 second line (44), TD3 (88), TD2 second line (36), TD2 (72) or TD1 (90); None for other text."""
    if len(text) not in (36, 44, 72, 88, 90) or "<" not in text or not all(c in _VALUES for c in text):
        return None
    for length, upper in ((44, 0), (88, 44), (36, 0), (72, 36)):
        if len(text) == length and _looks_like_second_line(text[upper:]):
            return _second_line(text[upper:], text[:upper])
    if len(text) == 90 and text[0] in "ACI":
        return _three_lines(text)
    return None


def _looks_like_second_line(line: str) -> bool:
    dates = (line[13:19] + line[21:27]).translate(_TO_DIGIT).replace("<", "0")
    return line[20] in "MFX<" and dates.isdigit()


def _second_line(line: str, first: str) -> Zone:
    """TD3 and TD2 differ only in the length of the optional field."""
    birth, expiry = line[13:19].translate(_TO_DIGIT), line[21:27].translate(_TO_DIGIT)
    digits = {i: line[i].translate(_TO_DIGIT) for i in (9, 19, 27)}
    fixed = line[:9] + digits[9] + line[10:13] + birth + digits[19] + line[20] + expiry + digits[27] + line[28:]
    repaired = fixed != line
    composite = fixed[13:20] + fixed[21:-1]
    number, number_repaired, number_failed = _number(fixed[:9], fixed[9], composite, fixed[-1])
    failed = number_failed or not (_holds(birth, fixed[19]) and _holds(expiry, fixed[27]))
    failed = failed or (len(line) == 44 and not _holds(fixed[28:42], fixed[42]))
    return Zone(
        number=number.replace("<", ""),
        nationality=fixed[10:13].replace("<", ""),
        birth=birth,
        sex=fixed[20].replace("<", "X"),
        expiry=expiry,
        type=first[:2].replace("<", ""),
        issuer=first[2:5].replace("<", ""),
        names=first[5:],
        repaired=repaired or number_repaired,
        failed=failed,
    )


def _number(number: str, digit: str, rest: str, composite: str) -> tuple[str, bool, bool]:
    """Number, whether one confusable pair repaired it, and whether a check still fails."""

    def both(candidate: str) -> bool:
        return _holds(candidate, digit) and _holds(candidate + digit + rest, composite)

    if both(number):
        return number, False, False
    if _holds(number, digit):
        return number, False, True
    candidates = [
        number[:i] + other + number[i + 1 :]
        for i, letter in enumerate(number)
        for other in _CONFUSED.get(letter, "")
        if both(number[:i] + other + number[i + 1 :])
    ]
    return (candidates[0], True, False) if len(candidates) == 1 else (number, False, True)


def _three_lines(text: str) -> Zone:
    """TD1; a number longer than nine characters goes on in the optional field, its check digit last."""
    top, middle, names = text[:30], text[30:60], text[60:]
    birth, expiry = middle[:6].translate(_TO_DIGIT), middle[8:14].translate(_TO_DIGIT)
    number, digit = top[5:14], top[14]
    if digit == "<":
        tail = top[15:].partition("<")[0]
        number, digit = number + tail[:-1], tail[-1:] or "<"
    failed = not (_holds(number, digit) and _holds(birth, middle[6]) and _holds(expiry, middle[14]))
    composite = top[5:] + birth + middle[6] + expiry + middle[14] + middle[18:29]
    return Zone(
        number=number.replace("<", ""),
        nationality=middle[15:18].replace("<", ""),
        birth=birth,
        sex=middle[7].replace("<", "X"),
        expiry=expiry,
        type=top[:2].replace("<", ""),
        issuer=top[2:5].replace("<", ""),
        names=names,
        repaired=birth != middle[:6] or expiry != middle[8:14],
        failed=failed or not _holds(composite, middle[29]),
    )
