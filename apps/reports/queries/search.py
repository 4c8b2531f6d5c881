"""What search finds of reports that leave the project."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVector
from django.utils.translation import pgettext_lazy

from apps.reports.models import Report
from apps.search.queries.kinds import Kind


def list_reports_kinds() -> Iterator[Kind]:
    """They."""
    yield Kind(
        *("report_out", pgettext_lazy("words, reports", "Reporting"), "file-text", "reports:report"),
        rows=Report.objects.visible_to,
        text=SearchVector("title", "covers", config="english"),
        numbers=("reference",),
        detail="reference",
        works=frozenset({"ministry", "secretariat"}),
    )
