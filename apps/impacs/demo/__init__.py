"""What follows from the decisions of the demonstration, played by the acts of its people."""

from apps.impacs.demo import reports


def load() -> int:
    """Play what is not there yet; the number of reports of States."""
    return reports.load()
