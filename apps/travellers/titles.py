"""What people call the records of travellers: one function for each kind, named as its model is.

No traveller is named: titles are kept for the rail and the palette, and names are in no cache.
"""

from django.utils.translation import gettext as _


def lookup() -> str:
    """That somebody looked for a person; its reference tells it apart."""
    return _("Search for a traveller")
