"""Cells that tables of the Council share."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import code

STATE = pgettext_lazy("column, council", "State")
SOURCE = pgettext_lazy("column, council", "Source")
STATUS = pgettext_lazy("column, council", "Status")


def named(party: Any) -> SafeString:
    """A State as its code and its name."""
    return format_html("{} {}", code(party.code, as_party(party.name)), as_party(party.short_name))
