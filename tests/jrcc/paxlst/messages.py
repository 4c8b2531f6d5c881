"""Messages for the tests of the reader: one good list, changed in one place at a time."""

from pathlib import Path

from apps.manifests.paxlst import read

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "paxlst"

GOOD = """UNA:+.? '
UNB+UNOA:4+BWAPIS:ZZ+JRCC:ZZ+261125:0912+K2026112501++APIS'
UNH+PAX1+PAXLST:D:12B:UN:IATA+BW0600/261125/1430+01:F'
BGM+745'
NAD+MS+++OPS CONTROL'
TDT+20+BW600'
LOC+125+POS'DTM+189:2611251430:201'
LOC+87+BGI'DTM+232:2611251535:201'
NAD+FL+++PERSAUD-BAPTISTE:ANIL KUMAR'
ATT+2++M'DTM+329:840307'
LOC+178+POS'LOC+179+BGI'NAT+2+GUY'RFF+AVF:K7QX2M'RFF+SEA:12A'
DOC+P:110:111+R0712345'DTM+36:310514'LOC+91+GUY'
CNT+42:1'UNT+21+PAX1'UNZ+1+K2026112501'
"""


def changed(*changes: tuple[str, str]) -> str:
    """The good list with texts replaced and its segment count put right."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    if "UNT+21+" in text and "UNH+" in text:
        body = text[text.index("UNH+") :]
        count = body[: body.index("UNT+")].count("'") - body[: body.index("UNT+")].count("?'") + 1
        text = text.replace("UNT+21+", f"UNT+{count}+")
    return text


def reading(*changes: tuple[str, str]) -> dict:
    """The object of the changed list."""
    return read(changed(*changes).encode())[0]


def serious(obj: dict) -> set[str]:
    """Codes of warnings, errors and fatal findings."""
    return {finding["code"] for finding in obj["findings"] if finding["severity"] != "info"}


def person(*changes: tuple[str, str]) -> dict:
    """The one traveller of the changed list."""
    (found,) = reading(*changes)["travellers"]
    return found


def born(value: str) -> tuple[str | None, set[str]]:
    """How a DTM 329 value is read on the flight of 25 November 2026, and the findings."""
    obj = reading(("DTM+329:840307", f"DTM+329:{value}"))
    return obj["travellers"][0]["birth_date"], serious(obj)
