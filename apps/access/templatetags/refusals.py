"""Refusal codes in the words that the refused person read."""

from django import template

from apps.access.reasons import REASONS

register = template.Library()


@register.filter
def refusal_words(code: str) -> str:
    """The sentence of a refusal code; the code itself where there is none."""
    return str(REASONS.get(code, code))
