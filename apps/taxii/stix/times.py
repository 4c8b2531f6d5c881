"""Timestamps of STIX and TAXII: RFC 3339 in UTC with `Z` (STIX 2.1, section 2.16)."""

import datetime
import re

FORM = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,30}))?Z", re.ASCII)


def moment(text: object) -> datetime.datetime | None:
    """The moment of a timestamp, cut to microseconds; None for what is none."""
    found = FORM.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        whole = datetime.datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return whole.replace(microsecond=int((found[2] or "")[:6].ljust(6, "0")))


def text(moment: datetime.datetime) -> str:
    """A moment with six digits, as TAXII's `date_added` (TAXII 2.1, section 3.4)."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def stamp(moment: datetime.datetime) -> str:
    """A moment with three digits, as `created` and `modified` (STIX 2.1, section 3.2)."""
    return f"{text(moment)[:-4]}Z"
