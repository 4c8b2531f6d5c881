"""Numbers of ships."""

from __future__ import annotations

_WEIGHTS = (7, 6, 5, 4, 3, 2)


def imo_holds(number: str) -> bool:
    """Whether seven digits are an IMO number: digits 1 to 6 by 7, 6, 5, 4, 3, 2; the sum ends in digit 7.

    Source: IMO resolution A.1117(30), IMO ship identification number scheme.
    """
    if len(number) != 7 or not (number.isascii() and number.isdigit()):
        return False
    return sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 10 == int(number[6])
