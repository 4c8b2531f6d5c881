"""Numbers that people read and quote."""

from django.db.models import F

from apps.access.models import ReferenceSeries

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_in(series: str) -> int:
    """The next number of a series, from 1. Gap-free: the row stays locked until the caller's transaction ends."""
    ReferenceSeries.objects.get_or_create(series=series)
    ReferenceSeries.objects.filter(series=series).update(last=F("last") + 1)
    return ReferenceSeries.objects.values_list("last", flat=True).get(series=series)


def check_character(text: str) -> str:
    """The check character of ISO 7064, MOD 37,36, over the digits and capital letters of `text`."""
    product = 36
    for character in text:
        if character in ALPHABET:
            total = (product + ALPHABET.index(character)) % 36 or 36
            product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]
