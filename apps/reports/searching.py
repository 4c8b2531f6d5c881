"""What search finds of reports that leave the house."""

from django.contrib.postgres.search import SearchVector
from django.utils.translation import gettext_lazy as _

from apps.reports.models import Report
from apps.search.kinds import Kind, register


def offer() -> None:
    """Register them."""
    register(
        Kind(
            *("report_out", _("Reports out"), "file-text", "reports:report"),
            rows=Report.objects.visible_to,
            text=SearchVector("title", "covers", config="english"),
            numbers=("reference",),
            detail="reference",
            works=frozenset({"ministry", "secretariat"}),
        )
    )
