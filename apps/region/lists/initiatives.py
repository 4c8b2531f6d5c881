"""The region's initiatives, as last told of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.templatetags.portal import day
from apps.pages.columns import Col, Title
from apps.pages.tables import Table


def _told_of(item: Any) -> str:
    return ", ".join(filter(None, (item.row.code, item.row.told_of)))


Table(
    "region.initiatives",
    pgettext_lazy("words, region", "Initiatives table"),
    (
        Title("row.title", pgettext_lazy("column, region", "Item"), small=_told_of),
        Col(
            "status.status",
            pgettext_lazy("column, region", "Status"),
            small=lambda item: day(item.status.valid_from) if item.status else "",
            empty=_("not known yet"),
        ),
        Col("row.actor", pgettext_lazy("column, region", "Who")),
        Col("row.shows", _("In the portal")),
    ),
    page=lambda item: item.url,
    anchor="item",
    key="row.code",
)
