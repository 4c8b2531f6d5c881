"""What people call the records of sealing: one function for each kind, named as its model is."""

from django.utils.translation import pgettext

from apps.access.templatetags.names import as_party


def holder_key(holder: str, party: str) -> str:
    """A person's key to sealed texts."""
    return pgettext("heading, sealing", "Key of %(holder)s, %(party)s") % {"holder": holder, "party": as_party(party)}
