"""One written form for each kind of identifier, so that the same thing is found however it is typed.

E.164 (ITU-T, numbers of 8 to 15 digits); ISO 3779 (VIN, the check digit of North America); IMO resolution A.1117(30)
(ship numbers, check digit); ITU-R M.585 (MMSI, nine digits); ISO 13616 (IBAN, ISO 7064 mod 97-10); ICAO Doc 9303
(document numbers). An identifier is never a unique key: two persons may hold the same passport number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 500


class BadValue(ValueError):
    """A value that is not of its kind; the message says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A value in its one form. `warnings`: what is odd but may be true, such as a wrong check digit of a VIN."""

    value: str
    warnings: tuple[str, ...] = ()


def normal(form: str, text: str) -> Normal:
    """The one form of a value of a form of the field list. LookupError for no such form, BadValue for the value."""
    words = " ".join(text.split())
    if not words:
        raise BadValue("Write a value.")
    if len(words) > LONGEST:
        raise BadValue(f"Write at most {LONGEST} characters.")
    if any(ord(letter) < 32 or letter in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for letter in words):
        raise BadValue("The value holds invisible characters. Type it anew.")
    return FORMS[form](words)


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def text(words: str) -> Normal:
    """Any words, for comparing in small letters."""
    return Normal(words.casefold())


def phone(words: str) -> Normal:
    """E.164: a plus sign and 8 to 15 digits. Ten digits are a number of the North American plan (+1)."""
    if re.search(r"[A-Za-z]", words):
        raise BadValue("A telephone number has no letters. Write it as +1 246 555 0101.")
    digits = re.sub(r"\D", "", words)
    if words.lstrip("( ").startswith("+"):
        pass
    elif digits.startswith("011") and len(digits) > 12:
        digits = digits[3:]
    elif digits.startswith("00"):
        digits = digits[2:]
    elif len(digits) == 10 and digits[0] in "23456789":
        digits = "1" + digits
    elif not (len(digits) == 11 and digits[0] == "1"):
        raise BadValue("Write the number with its country code: +1 246 555 0101.")
    if not 8 <= len(digits) <= 15 or digits[0] == "0":
        raise BadValue("A number with its country code has 8 to 15 digits.")
    if digits[0] == "1" and len(digits) != 11:
        raise BadValue("A number that begins with +1 has ten more digits.")
    return Normal("+" + digits)


def plate(words: str) -> Normal:
    """Number plate and State: "BRB X 1234"; the State is the code of three letters, in front or behind a slash."""
    found = re.fullmatch(r"([A-Za-z]{3})[ :/-]+(.+)|(.+?)\s*/\s*([A-Za-z]{3})", words)
    country, number = (found[1] or found[4], found[2] or found[3]) if found else ("", "")
    kept = _squeezed(number)
    if not country or not 2 <= len(kept) <= 10 or not re.search(r"\d", kept):
        raise BadValue("Write the State's code and the plate: BRB X1234.")
    return Normal(f"{country.upper()} {kept}")


VIN_LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(words: str) -> Normal:
    """ISO 3779: 17 letters and digits without I, O, Q. The check digit is North America's alone, so it only warns."""
    kept = _squeezed(words)
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", kept):
        raise BadValue("A vehicle's number has 17 letters and digits, never I, O or Q.")
    total = sum(
        weight * (int(one) if one.isdigit() else VIN_LETTERS[one])
        for one, weight in zip(kept, VIN_WEIGHTS, strict=True)
    )
    right = "0123456789X"[total % 11]
    return Normal(kept, () if kept[8] == right else (f"The check digit would be {right}, it is {kept[8]}.",))


def imo(words: str) -> Normal:
    """IMO ship number: seven digits; the last is the end of the sum of the others times 7 to 2."""
    digits = re.sub(r"\D", "", words)
    if len(digits) != 7 or re.search(r"[A-Za-z]", re.sub(r"(?i)imo", "", words)):
        raise BadValue("An IMO number has seven digits: IMO 9074729.")
    if sum(int(one) * weight for one, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 != int(digits[6]):
        raise BadValue("The check digit of this IMO number is wrong. Compare it with the source.")
    return Normal(digits)


def mmsi(words: str) -> Normal:
    """Maritime mobile service identity: nine digits; a ship's begins with 2 to 7 (its flag's)."""
    digits = re.sub(r"\D", "", words)
    if len(digits) != 9 or re.search(r"[A-Za-z]", re.sub(r"(?i)mmsi", "", words)):
        raise BadValue("An MMSI has nine digits.")
    return Normal(digits, () if digits[0] in "234567" else ("A ship's MMSI begins with 2 to 7.",))


def document(words: str) -> Normal:
    """Issuer and number of a travel document: "JAM A1234567"; without an issuer the number alone."""
    found = re.fullmatch(r"([A-Za-z]{3})[ :/-]+(\S.*)", words)
    kept = _squeezed(found[2] if found else words)
    if not 4 <= len(kept) <= 20 or not re.search(r"\d", kept):
        raise BadValue("Write the issuer's code and the number: JAM A1234567.")
    return Normal(f"{found[1].upper()} {kept}" if found else kept)


def email(words: str) -> Normal:
    """An address in small letters."""
    if not re.fullmatch(r"[^\s@<>\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", words):
        raise BadValue("Write an address such as name@example.org.")
    return Normal(words.lower())


def iban(words: str) -> Normal:
    """IBAN: the check is mod 97. Accounts without one are written as "local" accounts."""
    kept = _squeezed(words)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}", kept):
        raise BadValue("An IBAN has two letters, two digits and 11 to 30 more. Write other accounts as a local one.")
    if int("".join(str(int(one, 36)) for one in kept[4:] + kept[:4])) % 97 != 1:
        raise BadValue("The check digits of this IBAN are wrong. Compare it with the source.")
    return Normal(kept)


def serial(words: str) -> Normal:
    """A number of letters and digits: firearms, engines, accounts, call signs, hulls."""
    kept = _squeezed(words)
    if not 2 <= len(kept) <= 60:
        raise BadValue("Write the number as it stands on the thing, 2 to 60 letters and digits.")
    return Normal(kept)


def imei(words: str) -> Normal:
    """IMEI (15 digits, the last after Luhn) or IMSI; a wrong last digit only warns, since 14 are often copied."""
    digits = re.sub(r"\D", "", words)
    if len(digits) not in {14, 15, 16}:
        raise BadValue("An IMEI or IMSI has 14 to 16 digits.")
    doubled = [int(one) * 2 if place % 2 else int(one) for place, one in enumerate(digits[:15])]
    luhn = sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
    return Normal(
        digits, () if len(digits) != 15 or luhn else ("The last digit does not fit an IMEI; an IMSI may be.",)
    )


def position(words: str) -> Normal:
    """Latitude and longitude in degrees, with the uncertainty in metres: "13.09, -59.61 ±500"."""
    lat, lon, metres = read_position(words)
    return Normal(f"{lat:.5f},{lon:.5f}" + (f" ±{metres}" if metres else ""))


POINT = re.compile(
    r"(?P<lat>-?\d{1,2}(?:\.\d+)?)\s*°?\s*(?P<ns>[NS])?\s*[,; ]\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)\s*°?\s*(?P<ew>[EW])?"
    r"(?:\s*(?:±|\+/-)\s*(?P<m>\d{1,7})\s*(?P<unit>k?m)?)?",
    re.IGNORECASE,
)


def read_position(words: str) -> tuple[float, float, int]:
    """(latitude, longitude, uncertainty in metres or 0). Raises BadValue."""
    found = POINT.fullmatch(words.strip())
    if found is None:
        raise BadValue("Write degrees, north and east positive: 13.09, -59.61 ±500.")
    lat, lon = float(found["lat"]), float(found["lon"])
    lat = -abs(lat) if (found["ns"] or "").upper() == "S" else lat
    lon = -abs(lon) if (found["ew"] or "").upper() == "W" else lon
    if abs(lat) > 90 or abs(lon) > 180:
        raise BadValue("Latitude goes to 90 and longitude to 180 degrees.")
    metres = int(found["m"] or 0) * (1000 if (found["unit"] or "").lower() == "km" else 1)
    return lat, lon, metres


def birth(words: str) -> Normal:
    """A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""
    found = re.fullmatch(r"(1[89]\d\d|20\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", words)
    if found is None:
        raise BadValue("Write the year, the month or the day: 1984, 1984-05 or 1984-05-17.")
    return Normal(words)


def sex(words: str) -> Normal:
    """M, F or X (ICAO Doc 9303)."""
    if words.upper() not in {"M", "F", "X"}:
        raise BadValue("Write M, F or X.")
    return Normal(words.upper())


def country(words: str) -> Normal:
    """A State by its code of three letters (ISO 3166-1)."""
    if not re.fullmatch(r"[A-Za-z]{3}", words):
        raise BadValue("Write the State's code of three letters: JAM.")
    return Normal(words.upper())


FORMS: dict[str, Callable[[str], Normal]] = {
    "text": text, "name": text, "phone": phone, "plate": plate, "vin": vin, "imo": imo, "mmsi": mmsi,
    "document": document, "email": email, "iban": iban, "serial": serial, "imei": imei, "position": position,
    "birth": birth, "sex": sex, "country": country,
}  # fmt: skip
"""Forms that fields of the list may have."""
