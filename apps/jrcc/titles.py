"""What people call the records of the JRCC: one function for each kind, named as its model is.

No traveller is named: titles are kept for the rail and the palette for half a minute, and names are in no cache.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def hit(flight: Any) -> str:
    """A match that is worked on; its reference tells apart those of one journey."""
    return pgettext("heading, jrcc", "Hit on %(flight)s") % {"flight": flight}


def hit_question() -> str:
    """What the JRCC asks a party about a hit."""
    return _("Question about a hit")
