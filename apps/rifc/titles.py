"""What people call the records of RIFC's sharing: one function for each kind, named as its model is.

A report of one's own desk is called by its own title. What others are asked to do with one names no title: it is kept
for half a minute for the rail and the palette, and the report may be recalled in it. Its number tells it apart.
"""

from django.utils.translation import gettext as _


def receipt(*, opened: bool) -> str:
    """What a desk owes for a report that it was sent."""
    return _("Acknowledge receipt of a report") if opened else _("Read a new report")


def recall() -> str:
    """That a report was taken back."""
    return _("Confirm the recall of a report")


def release_request() -> str:
    """What a desk asks of an originator."""
    return _("Decide on the release of a report")


def text_opening(draft: bool) -> str:
    """That somebody asks to read a sealed text."""
    return _("Open the sealed text of a draft?") if draft else _("Open the sealed text of a report?")
