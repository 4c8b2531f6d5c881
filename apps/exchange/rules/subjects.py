"""Subjects written one way, so that two requests about one phone, plate, document or person can be compared.

Sources: ITU-T E.164 (telephone numbers), ISO 3166-1 alpha-3 (countries), IMO resolution A.1117(30) (ship numbers),
ISO 13616-1 (IBAN).
"""

import datetime
import re
import unicodedata
from collections.abc import Callable

NOT_WORD = re.compile(r"[^0-9A-Z]+")
PHONE = re.compile(r"\+[1-9]\d{6,14}")
NANP = re.compile(r"[2-9]\d{9}")
COUNTRY = re.compile(r"[A-Z]{3}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[a-z]{2,}")
IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
IMO = re.compile(r"(?:IMO)?(\d{7})")


class NotASubject(ValueError):
    """The value cannot be read as what it says it is."""


def normal(kind: str, value: str) -> str:
    """The one way to write a subject; NotASubject where it cannot be read, LookupError for an unknown kind."""
    return KINDS[kind](" ".join(value.split()))


def _plain(text: str) -> str:
    """Capital letters and figures without accents or anything between them."""
    letters = unicodedata.normalize("NFKD", text).upper()
    return NOT_WORD.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _phone(value: str) -> str:
    digits = re.sub(r"[^\d+]", "", value.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if NANP.fullmatch(digits):
        digits = f"+1{digits}"
    if not PHONE.fullmatch(digits):
        raise NotASubject(value)
    return digits


def _with_country(value: str) -> str:
    number, _comma, country = value.rpartition(",")
    land, plain = country.strip().upper(), _plain(number)
    if not COUNTRY.fullmatch(land) or not 2 <= len(plain) <= 20:
        raise NotASubject(value)
    return f"{land}:{plain}"


def _person(value: str) -> str:
    """Name in any order of its words, and the day of birth."""
    name, _comma, born = value.rpartition(",")
    try:
        day = datetime.date.fromisoformat(born.strip())
    except ValueError:
        raise NotASubject(value) from None
    words = sorted(filter(None, (_plain(word) for word in re.split(r"[\s,\-']+", name))))
    if not words:
        raise NotASubject(value)
    return f"{' '.join(words)}:{day.isoformat()}"


def _vessel(value: str) -> str:
    found = IMO.fullmatch(_plain(value))
    if not found or sum(int(d) * w for d, w in zip(found[1], range(7, 1, -1), strict=False)) % 10 != int(found[1][6]):
        raise NotASubject(value)
    return found[1]


def _account(value: str) -> str:
    number, _comma, bank = value.partition(",")
    plain = _plain(number)
    if IBAN.fullmatch(plain):
        figures = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
        if int(figures) % 97 == 1:
            return plain
        raise NotASubject(value)
    if not _plain(bank) or not 4 <= len(plain) <= 34:
        raise NotASubject(value)
    return f"{_plain(bank)}:{plain}"


def _email(value: str) -> str:
    if not EMAIL.fullmatch(value.lower()):
        raise NotASubject(value)
    return value.lower()


KINDS: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "plate": _with_country,
    "passport": _with_country,
    "person": _person,
    "vessel": _vessel,
    "account": _account,
    "email": _email,
}
