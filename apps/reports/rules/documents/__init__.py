"""Reports as documents: from loaded facts to a description that every renderer draws. Pure, without a query."""

from apps.reports.rules.documents.facts import Bar, Printed, PrintedSection
from apps.reports.rules.documents.report import as_json, printed

__all__ = ["Bar", "Printed", "PrintedSection", "as_json", "printed"]
