"""Names that the database keeps in English, in the language of the reader: parties, functions, roles.

The catalogues know those of the seeds (apps/people/seed); any other name is shown as it stands.
"""

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def as_party(name: str) -> str:
    """The name of a party: "Haiti" is Haïti."""
    return pgettext("party", name) if name else ""


@register.filter
def as_function(name: str) -> str:
    """The name or code of what a desk does."""
    return pgettext("function", name) if name else ""


@register.filter
def as_role(name: str) -> str:
    """The word for a person's rank at a desk."""
    return pgettext("role", name) if name else ""
