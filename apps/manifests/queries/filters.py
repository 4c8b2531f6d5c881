"""What stands in the address of a list's page."""

import datetime
from collections.abc import Mapping


def chosen(params: Mapping[str, str], *names: str) -> dict[str, str]:
    """The filters of an address that hold something, cut to a sensible length."""
    found = {name: params.get(name, "").strip()[:60] for name in names}
    return {name: value for name, value in found.items() if value}


def as_day(text: str) -> datetime.date | None:
    """2026-11-25, 25/11/2026 (day first) or 25 Nov 2026; None for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
