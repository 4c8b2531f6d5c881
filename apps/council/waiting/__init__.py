"""What of the Council's records waits for a seat, for My desk. Importing registers it."""

from apps.council.waiting import decisions, meetings, others, papers, procedures

__all__ = ["decisions", "meetings", "others", "papers", "procedures"]
