"""Numbers that people read and quote."""

from django.db import connection

ADVANCE = """
INSERT INTO access_referenceseries AS kept (series, last) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET last = kept.last + excluded.last RETURNING last
"""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_in(series: str) -> int:
    """The next number of a series, from 1. Gap-free: the row stays locked until the caller's transaction ends."""
    return next_of(series, 1)[0]


def next_of(series: str, count: int) -> range:
    """The next `count` numbers of a series, as `next_in`. One statement; none for no numbers."""
    if not count:
        return range(0)
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [series, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def check_character(text: str) -> str:
    """The check character of ISO 7064, MOD 37,36, over the digits and capital letters of `text`."""
    product = 36
    for character in text:
        if character in ALPHABET:
            total = (product + ALPHABET.index(character)) % 36 or 36
            product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]
