"""What people call the records of carriers: one function for each kind, named as its model is."""

from django.utils.translation import pgettext


def compliance_case(carrier: str) -> str:
    """That a State says a carrier has broken a rule."""
    return pgettext("heading, carriers", "Case against %(carrier)s") % {"carrier": carrier}
