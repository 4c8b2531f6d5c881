"""A person's record, normalised once for comparing and for search keys."""

from functools import lru_cache
from typing import NamedTuple

from .birth_dates import BirthDate, read_dates
from .countries import country, kin
from .documents import Document, document
from .errors import BadIdentity
from .making import maker
from .names import Name, name

MOST_ALIASES = 12
_SEXES = {"M": "M", "MALE": "M", "F": "F", "FEMALE": "F", "X": None, "U": None, "<": None, "": None, "UNKNOWN": None}


class Identity(NamedTuple):
    """What the matcher works on. `primary` is whether the first of `names` is the record's own name, not an alias.

    `kin` are the groups of issuers that the nationalities belong to; `order` decides which of two is compared first.
    """

    names: tuple[Name, ...]
    primary: bool
    dates: tuple[BirthDate, ...]
    sex: str | None
    nationality: frozenset[str]
    kin: int
    documents: tuple[Document, ...]
    order: str


_identity = maker(Identity)


def prepare(record: object, *, strict: bool = True) -> Identity:
    """Normalise a record of the contract's form; unknown keys are ignored, missing keys and None mean not known.

    Raises BadIdentity for a wrong shape. With `strict=False` a birth date that no calendar has (1984-02-31, month 13)
    is kept by its digits instead, for records that arrive from others and must still be screened.
    """
    if not isinstance(record, dict):
        raise BadIdentity("The record is not an object with fields.", "")
    own = name(_text(record, "surname"), _text(record, "given_names"), _text(record, "full_name"), False)
    aliases = record.get("aliases")
    names: tuple[Name, ...] = (own,) if own else ()
    if aliases:
        names = tuple(dict.fromkeys([*names, *filter(None, _aliases(aliases))]))
    nationality, groups = _nationality(record.get("nationality"))
    return _identity(
        (
            names,
            own is not None,
            read_dates(record.get("birth_date"), strict),
            _sex(record.get("sex")),
            nationality,
            groups,
            _documents(record.get("documents")),
            _order(names, own is not None),
        )
    )


def _order(names: tuple[Name, ...], primary: bool) -> str:
    """Decides which of two identities is compared first; equal only where all names are."""
    if len(names) == 1 and primary and not names[0].weak:
        return names[0].spelled + "."
    return "|".join(["~" + n.spelled if n.weak else n.spelled for n in names]) + ("." if primary else "")


def _text(record: dict, key: str, at: str = "") -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadIdentity("Write this name as text.", f"{at}/{key}")
    return value


def _items(value: object, pointer: str) -> list:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise BadIdentity("This must be a list.", pointer)


def _aliases(value: object) -> list[Name | None]:
    found: list[Name | None] = []
    for i, alias in enumerate(_items(value, "/aliases")[:MOST_ALIASES]):
        at = f"/aliases/{i}"
        if isinstance(alias, str):
            found.append(name("", "", alias, False))
        elif isinstance(alias, dict):
            weak = _quality(alias.get("quality"), at)
            surname, given, full = [_text(alias, key, at) for key in ("surname", "given_names", "full_name")]
            found.append(name(surname, given, full, weak))
        elif alias is not None:
            raise BadIdentity("Write an alias as text or as an object with names.", at)
    # A strong alias of one word ("Shorty") is a nickname whatever its mark says.
    return [n if n is None or n.weak or len(n.core) > 1 else n._replace(weak=True) for n in found]


def _quality(value: object, at: str) -> bool:
    if value not in (None, "strong", "weak"):
        raise BadIdentity("The quality of an alias is strong or weak.", f"{at}/quality")
    return value == "weak"


def _sex(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        if value in _SEXES:
            return _SEXES[value]
        if value.strip().upper() in _SEXES:
            return _SEXES[value.strip().upper()]
    raise BadIdentity("Sex is M, F or X, or left empty.", "/sex")


def _nationality(value: object) -> tuple[frozenset[str], int]:
    """Codes of countries, and the groups of issuers that they belong to."""
    codes = [value] if isinstance(value, str) else _items(value, "/nationality")
    try:
        return _countries(tuple(codes))
    except (ValueError, TypeError, AttributeError):
        # Once more slowly: which of them is it?
        named = frozenset([code for code in [_country(c, f"/nationality/{i}") for i, c in enumerate(codes)] if code])
        return named, kin(named)


@lru_cache(4096)
def _countries(codes: tuple[str, ...]) -> tuple[frozenset[str], int]:
    named = frozenset([code for code in map(country, codes) if code])
    return named, kin(named)


def _country(value: object, pointer: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadIdentity("Write a country as its three-letter code.", pointer)
    try:
        return country(value)
    except ValueError as error:
        raise BadIdentity(str(error), pointer) from error


def _documents(value: object) -> tuple[Document, ...]:
    if value is None:
        return ()
    found = []
    for i, item in enumerate(_items(value, "/documents")):
        if not isinstance(item, dict):
            raise BadIdentity("A document has a type, a number and an issuer.", f"/documents/{i}")
        number, kind, issuer = item.get("number"), item.get("type") or "", item.get("issuer")
        if number is None:
            continue
        if not isinstance(number, (str, int)) or not isinstance(kind, str):
            raise BadIdentity("Write the document's type and number as text.", f"/documents/{i}/number")
        if issuer is not None:
            try:
                issuer = country(issuer)
            except (ValueError, TypeError, AttributeError):
                issuer = _country(issuer, f"/documents/{i}/issuer")
        one = document(str(number), issuer, kind.upper())
        if one:
            found.append(one)
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))
