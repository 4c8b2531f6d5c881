"""Files of watchlists as their publishers write them, line by line in the form of contract-matching.md, section 3.

Pure functions: no database, no clock, no settings.
"""

from collections.abc import Callable, Iterator

from .ofac import ZIP, ofac_csv, ofac_xml
from .texts import columns_of, json_lines, own_csv
from .united_nations import un_xml
from .words import Broken, Read
from .xml_records import root_of

__all__ = ["FORMS", "Broken", "Read", "form_of", "read_watchlist_file"]

FORMS: dict[str, Callable[[bytes], Iterator[Read]]] = {
    "jsonl": json_lines,
    "csv": own_csv,
    "un_xml": un_xml,
    "ofac_xml": ofac_xml,
    "ofac_csv": ofac_csv,
}
ROOTS = {"CONSOLIDATED_LIST": "un_xml", "sdnList": "ofac_xml"}


def form_of(data: bytes) -> str:
    """The form of a file, by its content; Broken where no reader takes it."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Broken("The file is empty.")
    if data.startswith(ZIP):
        return "ofac_csv"
    if start.startswith(b"<"):
        root = root_of(data)
        if root not in ROOTS:
            raise Broken(
                f"“{root}” is no list that is read here: CONSOLIDATED_LIST of the United Nations, or sdnList of OFAC.",
                1,
            )
        return ROOTS[root]
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"["):
        raise Broken("Write one object on each line (JSON Lines), not one list of all.", 1)
    return "csv" if "ref" in columns_of(data) else "ofac_csv"


def read_watchlist_file(data: bytes, form: str) -> Iterator[Read]:
    """The lines of a file one after the other; Broken, with the place, where it breaks off or is no such file."""
    return FORMS[form](data)
