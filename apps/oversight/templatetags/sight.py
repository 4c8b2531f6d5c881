"""What pages about records show to those who oversee them."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from apps.access.refusal import Refused
from apps.oversight.queries.sight import asked_about

register = template.Library()


@register.simple_tag(takes_context=True)
def sight_of(context: Any, kind: str, key: str) -> str:
    """Where it is told who could have seen this record; "" for who may not ask."""
    try:
        asked_about(context["request"].actor, kind, key)
    except Refused:
        return ""
    return f"{reverse('oversight:sight')}?{urlencode({'type': kind, 'id': key, 'at': ''})}"
