"""What people call the records of requests for information: one function for each kind, named as its model is.

A request is called by its subject where the reader may open it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.templatetags.names import as_party


def request(party: str, subject: str) -> str:
    """What another desk asks, for the one that answers."""
    return pgettext("heading, exchange", "%(party)s asks: %(about)s") % {"party": as_party(party), "about": subject}


def extension(party: str, subject: str) -> str:
    """That one who was asked wants more time."""
    return _("%(party)s requests an extension: %(about)s") % {"party": as_party(party), "about": subject}


def overlap(one: str, two: str) -> str:
    """Two parties that ask about one subject, which the watch does not read."""
    return _("%(one)s and %(two)s ask about the same subject") % {"one": as_party(one), "two": as_party(two)}


def late_answer(party: str) -> str:
    """What another desk owes, to those who see its number alone."""
    return _("Remind %(party)s to answer a request") % {"party": as_party(party)}


def answer(party: str, subject: str) -> str:
    """What a desk was asked for and has not given."""
    return pgettext("heading, exchange", "Answer from %(party)s: %(about)s") % {
        "party": as_party(party),
        "about": subject,
    }
