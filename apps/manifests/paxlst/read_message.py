"""What a message says about itself: type, function, part number, totals, and whether its trailer agrees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .grade import Findings
from .normalise_dates import read_moment
from .read_segments import TRAVELLER_CODES, Interchange, Message, TravellerDraft
from .segments import Segment, whole_number

TYPES = {"745": "passenger", "250": "crew", "266": "flight_status", "336": "master_crew", "655": "gate_pass"}
_FUNCTIONS = {
    "745": {"CP": "change", "XR": "cancel", "RP": "reduction"},
    "250": dict.fromkeys(("AC", "BC", "CC", "DC", "EC", "FC"), "change"),
    "266": {
        "CL": "flight_close", "CLNB": "flight_close", "CLOB": "flight_close", "XF": "flight_cancel",
        "CF": "flight_change",
    },
    "336": {"G": "add", "H": "delete", "I": "change"},
}  # fmt: skip
_FUNCTIONS_1225 = {"9": "original", "1": "cancel", "4": "change", "5": "change", "2": "add", "3": "delete"}
# D.94B to D.21A, and the association IATA; anything else is read as D.12B.
_FIRST_VERSION, _LAST_VERSION = "94B", "21A"
_CREW_LISTS = ("crew", "master_crew")


def type_of(message: Message) -> str | None:
    """Type from BGM 1001, else from the travellers: crew if there are only crew; None without either."""
    known = TYPES.get(message.begin.value(1)) if message.begin else None
    if known:
        return known
    codes = {draft.code for draft in message.travellers} & TRAVELLER_CODES
    if not codes:
        return None
    return "crew" if codes <= {"FM", "DDT"} else "passenger"


def function_of(message: Message) -> str:
    """Function from BGM 1225 if it is there, else from BGM 1004."""
    begin = message.begin
    if begin is None or begin.value(1) not in TYPES:
        return "original"
    stated = _FUNCTIONS_1225.get(begin.value(3))
    return stated or _FUNCTIONS.get(begin.value(1), {}).get(begin.value(2), "original")


def travellers_of(message: Message, function: str) -> list[TravellerDraft]:
    """The NAD groups that are travellers; ZZZ only in lists of persons who leave or did not board."""
    closing = message.begin is not None and message.begin.value(2) in ("CL", "CLNB", "CLOB")
    with_zzz = closing or function in ("cancel", "reduction", "flight_close")
    return [draft for draft in message.travellers if with_zzz or draft.code in TRAVELLER_CODES]


_CLOSING = {"CLOB": "on_board", "CLNB": "not_on_board"}
"""What a closing list says of the persons that it names."""


def is_full(kind: str | None, function: str) -> bool:
    """True for lists whose travellers must be complete."""
    return kind != "flight_status" and function in ("original", "change", "add")


def has_total(kind: str | None, function: str) -> bool:
    """True for lists whose control total covers the whole flight."""
    return kind != "flight_status" and function in ("original", "add")


def is_truncated(message: Message) -> bool:
    """Neither UNT nor a readable CNT: the message broke off."""
    return message.trailer is None and not message.totals


def stated_total(message: Message, kind: str | None) -> int | None:
    """The control total: 41 counts crew, 42 passengers; the other one when only that was sent."""
    order = ("41", "42") if kind in _CREW_LISTS else ("42", "41")
    for qualifier in order:
        if qualifier in message.totals:
            return whole_number(message.totals[qualifier].value(1, 1))
    return None


def total_of_both(message: Message) -> int:
    """Passengers and crew together, for lists that hold both with a total each."""
    return sum(whole_number(message.totals[q].value(1, 1)) or 0 for q in ("41", "42") if q in message.totals)


def check_message(message: Message, findings: Findings) -> None:
    """Findings about header, trailer and version of one message, and the repairs in its text."""
    for segment in message.segments:
        for note in segment.notes or ():
            findings.add(note.code, segment, original=note.original, recovered=note.recovered, **note.slots)
    if message.header is None:
        findings.add("UNH_MISSING", message.begin or (message.segments[0] if message.segments else None))
    else:
        _check_version(message.header, findings)
    if message.begin is None or message.begin.value(1) not in TYPES:
        findings.add("BGM_MISSING", message.begin)
    _check_trailer(message, findings)


def _check_trailer(message: Message, findings: Findings) -> None:
    trailer, header = message.trailer, message.header
    if is_truncated(message):
        last = message.travellers[-1].segment.value(4) if message.travellers else ""
        findings.add("TRUNCATED", message.segments[-1] if message.segments else None, last=last or "the last one read")
        return
    if trailer is None:
        findings.add("UNT_MISSING", message.segments[-1])
        return
    if header is None:
        return
    said, found = trailer.value(1), trailer.position
    if whole_number(said) != found:
        findings.add(
            "UNT_COUNT_WRONG", trailer, original=said, recovered=str(found), said=said or "nothing", found=found
        )
    reference = trailer.value(2)
    if reference and reference != header.value(1):
        findings.add("UNT_REF_MISMATCH", trailer, original=reference, recovered=header.value(1))


def version_of(header: Segment | None) -> str | None:
    """Directory version `D.12B` of UNH S009, None without one."""
    if header is None or not header.value(2, 2):
        return None
    return f"{header.value(2, 1)}.{header.value(2, 2)}"


def _check_version(header: Segment, findings: Findings) -> None:
    version = header.value(2, 2)
    year = version[:2]
    # two-digit years: 94 to 99 lie before 00
    century = "19" if year > "50" else "20"
    known = f"19{_FIRST_VERSION}" <= century + version <= f"20{_LAST_VERSION}" and header.value(2, 1) == "D"
    if not known or header.value(2, 4) not in ("IATA", ""):
        findings.add("VERSION_UNKNOWN", header, original=version, version=version_of(header) or "none")


def prepared_of(interchange: Interchange) -> str | None:
    """UNB 0017 and 0019 as `YYYY-MM-DDTHH:MM`, the date alone without a time, None when unreadable."""
    if interchange.header is None:
        return None
    day = read_moment(interchange.header.value(4), "")
    clock = interchange.header.value(4, 1)
    if day is None or len(day.iso) != 10:
        return day.iso if day else None
    if len(clock) >= 4 and clock.isascii() and clock.isdigit() and clock[:2] < "24" and clock[2:4] < "60":
        return f"{day.iso}T{clock[:2]}:{clock[2:4]}"
    return day.iso


_OURS = ("JRCC", "IMPACS", "CARICOM")


def is_ours(recipient: str) -> bool:
    """Whether an interchange addressed to this name is meant for the JRCC."""
    return any(name in recipient.upper() for name in _OURS)


def check_interchange(interchange: Interchange, findings: Findings, *, truncated: bool) -> None:
    """Findings about UNB, UNZ and the text of one interchange."""
    for note in interchange.notes:
        findings.add(note.code, interchange.header, original=note.original, recovered=note.recovered, **note.slots)
    header, trailer = interchange.header, interchange.trailer
    if header is None:
        findings.add("UNB_MISSING")
        return
    recipient = header.value(3)
    if recipient and not is_ours(recipient):
        findings.add("ADDRESSED_ELSEWHERE", header, original=recipient, recipient=recipient)
    if trailer is None:
        if not truncated:
            findings.add("UNZ_MISSING", header)
        return
    if trailer.value(2) != header.value(5) or whole_number(trailer.value(1)) not in (interchange.messages, 1):
        findings.add("UNZ_REF_MISMATCH", trailer, original=trailer.value(2), recovered=header.value(5))


def as_object(message: Message, kind: str | None, function: str, parts: dict[str, Any]) -> dict[str, Any]:
    """The contract's `message` of the lowest part."""
    header, interchange = message.header, message.interchange
    envelope = interchange.header
    transaction = message.references.get("TN")
    return {
        "type": kind,
        "function": function,
        "reference": (header.value(1) or None) if header else None,
        "access_reference": (header.value(3) or None) if header else None,
        "interchange": (envelope.value(5) or None) if envelope else None,
        "sender": (envelope.value(2) or None) if envelope else None,
        "prepared": prepared_of(interchange),
        "version": version_of(header),
        "parts": parts,
        "stated_total": None,
        "test": envelope is not None and envelope.value(11) == "1",
        "origin": interchange.origin,
        "transaction": (transaction.value(1, 1) or None) if transaction else None,
        "revision": (transaction.value(1, 4) or None) if transaction else None,
        "closing": _CLOSING.get(message.begin.value(2)) if message.begin and kind == "flight_status" else None,
    }


def now_of(interchange: Interchange, as_of: datetime | None) -> datetime:
    """The moment taken as now: as_of, else UNB's date and time, else the clock; without zone."""
    if as_of is not None:
        return as_of
    prepared = prepared_of(interchange)
    return datetime.fromisoformat(prepared) if prepared else datetime.now()
