"""Small tables of the watch's bulletins and digests."""

from django.utils.translation import pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.pages.columns import Count, Moment, Status, Title
from apps.pages.tables import Table
from apps.watch.queries.bulletins import how_known

Table(
    "watch.receipts",
    pgettext_lazy("words, watch", "Receipts"),
    (
        Title(
            "desk.code",
            pgettext_lazy("column, watch", "Desk"),
            small=lambda one: as_party(one.desk.party.short_name),
            name="desk",
        ),
        Status("state", pgettext_lazy("column, watch", "Status"), value=how_known),
        Moment("opened_at", pgettext_lazy("column, watch", "Opened")),
        Moment("ack_at", pgettext_lazy("column, watch", "Receipt")),
        Moment("due", pgettext_lazy("column, watch", "Due")),
    ),
)
Table(
    "watch.figures",
    pgettext_lazy("words, watch", "Figures"),
    (
        Title("category", pgettext_lazy("column, watch", "Category"), value=lambda row: row[0]),
        Count("reports", pgettext_lazy("column, watch", "Reports"), value=lambda row: row[1]),
    ),
)
