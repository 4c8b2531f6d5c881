"""Texts of users in pages."""

from django import template
from django.utils.safestring import SafeString

from apps.documents.rules.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str | None, top: int = 3) -> SafeString:
    """Markdown as safe HTML: `{{ text|markdown }}`; `{{ text|markdown:2 }}` begins headings at that level."""
    return to_html(text or "", int(top))
