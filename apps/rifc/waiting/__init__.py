"""What of the sharing of reports waits for a seat, for My desk. Importing registers it."""

from apps.rifc.waiting import reports, reviews

__all__ = ["reports", "reviews"]
