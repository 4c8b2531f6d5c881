"""Names that the database keeps in English, in the language of the reader: parties, functions, roles.

The catalogues know those of the seeds (apps/people/seed); any other name is shown as it stands.
"""

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString
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


LONGEST_ABBREVIATION = 8
LETTER = re.compile(r"(?<=\b[A-Z])_")
"""After a single letter a hyphen is read: E-manifest."""


@register.filter
def as_words(code: str) -> str:
    """A code that nobody has given a name, as it is read: "VISA_TASK_FORCE" is Visa task force; CONSLE stays."""
    code = str(code)
    if "_" in code or (code.isupper() and len(code) > LONGEST_ABBREVIATION):
        return LETTER.sub("-", code).replace("_", " ").capitalize()
    return code


@register.simple_tag
def seconded(home: str) -> SafeString:
    """The badge of a seat whose person another party has sent, by that party's code; nothing for ""."""
    return chip("vio", "user-check", seconded_in_words(home)) if home else SafeString("")


def seconded_in_words(home: str) -> str:
    """What the badge says."""
    return pgettext("words, access", "Seconded from %(party)s") % {"party": home}


@register.simple_tag
def seconded_person(person: Any, party: str) -> SafeString:
    """The same for a person named with the party at whose desk they sat. No query: both are at hand."""
    return seconded(person.seconded_to(party)) if person is not None else SafeString("")


@register.filter
def with_sender(person: Any, party: str) -> str:
    """A person's name in a sentence or a choice: with the party that sent them, where they sat elsewhere than at
    home."""
    return str(person.name_at(party))
