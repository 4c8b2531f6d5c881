"""Refusal codes in the words that the refused person read."""

from django import template

from apps.access.refusal import sentence_of

register = template.Library()


@register.filter
def refusal_words(code: str) -> str:
    """The sentence of a refusal code; the code itself where there is none."""
    return sentence_of(code) or code
