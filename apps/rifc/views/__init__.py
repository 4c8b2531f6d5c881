"""Pages of the sharing of reports."""
