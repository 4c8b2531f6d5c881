"""What people call the Council's records: one function for each kind, named as its model is.

Decisions, papers and items of an agenda are called by the title that somebody gave them; a meeting by its number
(rules/titles.py).
"""

from django.utils.translation import pgettext


def written_procedure(decision: str) -> str:
    """A decision that States answer in writing."""
    return pgettext("heading, council", "Written procedure: %(title)s") % {"title": decision}
