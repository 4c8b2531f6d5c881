"""What people call the records of reporting: one function for each kind, named as its model is."""

from django.utils.translation import gettext as _


def clearance(report: str) -> str:
    """What a State is asked to approve."""
    return _("Approve what “%(report)s” says about us") % {"report": report}
