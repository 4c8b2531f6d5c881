"""Names that the database keeps in English, in the language of the reader: parties, functions, roles.

The catalogues know those of the seeds (apps/people/seed); any other name is shown as it stands.
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.templatetags.portal import chip

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


@register.simple_tag
def seconded(home: str) -> SafeString:
    """The badge of a seat whose person another party has sent, by that party's code; nothing for ""."""
    return chip("vio", "user-check", _("Seconded from %(party)s") % {"party": home}) if home else SafeString("")


@register.simple_tag
def seconded_person(person: Any, party: str) -> SafeString:
    """The same for a person named with the party at whose desk he sat. No query: both are at hand."""
    return seconded(person.seconded_to(party)) if person is not None else SafeString("")


@register.filter
def with_sender(person: Any, party: str) -> str:
    """A person's name in a sentence or a choice: with the party that sent him, where he sat elsewhere than at home."""
    return str(person.name_at(party))
