"""Amounts of money in a template."""

from django import template

from apps.impacs.queries.money import write_amount

register = template.Library()


@register.filter
def money(minor: int, currency: str) -> str:
    """Minor units in words: "12 500.50 USD"."""
    return write_amount(int(minor), currency)
