"""Deadlines on hits as pages print them."""

import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from apps.jrcc.queries import clocks, deadline_words
from apps.jrcc.queries.gate_words import Gate

register = template.Library()


@register.simple_tag(takes_context=True)
def deadline(
    context: Any, clock: clocks.Clock | None, now: datetime.datetime | None = None, *, aloud: bool = False
) -> SafeString:
    """ "Acknowledge: 16 min late, due 16:34 AST" for who reads the page; nothing without a clock."""
    return deadline_words.deadline_html(context["request"].actor, clock, now, aloud=aloud)


@register.simple_tag(takes_context=True)
def answer_due(context: Any, gate: Gate) -> SafeString:
    """By when the JRCC answers, where a gate waits for it; nothing elsewhere."""
    return deadline_words.deadline_html(context["request"].actor, gate.answer_clock)
