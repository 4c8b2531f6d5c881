"""What people call the records of data protection: one function for each kind, named as its model is."""

from django.utils.translation import gettext as _


def subject_request(right: str = "") -> str:
    """What a person asks of a party. Neither a name nor an initial of the person is in it."""
    kind = _("Data subject request")
    return f"{kind}: {right}" if right else kind
