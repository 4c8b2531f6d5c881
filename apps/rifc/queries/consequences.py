"""What follows from sharing a report and from recalling it: said before it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access.actor import Actor
from apps.access.binding_acts import Consequence
from apps.rifc.models import Report
from apps.rifc.queries.shares import recipients_of


def of_share(_actor: Actor, _row: Report) -> Consequence:
    """A desk that has read a report cannot be made to forget it."""
    return Consequence(
        _("The desks that you choose get the report at once; the record names you."),
        _("They cannot unread it. A recall ends their access, and they must report what they did with their copies."),
        button=pgettext("button, rifc", "Share the report"),
    )


def of_recall(_actor: Actor, row: Report) -> Consequence:
    """Recipients lose every version in this moment."""
    desks = len(recipients_of(row))
    return Consequence(
        ngettext(
            "%(n)d desk loses the report at once and must report what it did with its copies.",
            "%(n)d desks lose the report at once and must report what they did with their copies.",
            desks,
        )
        % {"n": desks},
        _("It is a recall of all versions."),
        button=pgettext("button, rifc", "Recall the report"),
    )
