"""A carrier's list, an entry of Jamaica's that fits one of its travellers, and the hit that follows. All fictional."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission
from apps.screening import actions as screening
from apps.screening.models import Entry

SUBJECT = {
    "surname": "LINDQVAEL-OSTREY",
    "given_names": "MAREK TOBIAS",
    "birth_date": "1971-04-09",
    "sex": "M",
    "nationality": ["GUY"],
    "documents": [{"type": "P", "number": "R7041662", "issuer": "GUY"}],
}


def message(people: int = 2, *, number: int = 178, hours: float = 5.0, flaw: bool = False) -> bytes:
    """A passenger list POS–KIN arriving `hours` from now; the first traveller is close to SUBJECT."""
    lands = (timezone.now() + datetime.timedelta(hours=hours)).astimezone(
        datetime.timezone(datetime.timedelta(hours=-5))
    )
    leaves = lands - datetime.timedelta(hours=3) + datetime.timedelta(hours=1)
    travellers = [("LINDKVAEL-OSTREY", "MAREK TOBIAS", "M", "710409", "GUY", "R7041662")]
    travellers += [
        (f"ABELLINE{chr(65 + n // 26)}{chr(65 + n % 26)}", "COSTANZE", "F", f"80{n % 12 + 1:02}{n % 28 + 1:02}", "TTO",
         f"T{1000000 + n * 7919}")
        for n in range(people - 1)
    ]  # fmt: skip
    lines = ["UNA:+.? '", f"UNB+UNOA:4+7TAPIS:ZZ+JRCC:ZZ+{leaves:%y%m%d}:0912+K{number}++APIS'",
             f"UNH+PAX1+PAXLST:D:12B:UN:IATA+7T0{number}/{leaves:%y%m%d}/{leaves:%H%M}+01:F'", "BGM+745'",
             f"TDT+20+7T0{number}'", "LOC+125+POS'", f"DTM+189:{leaves:%y%m%d%H%M}:201'",
             "LOC+87+KIN'", f"DTM+232:{lands:%y%m%d%H%M}:201'"]  # fmt: skip
    for n, (surname, given, sex, born, nation, document) in enumerate(travellers):
        lines += [f"NAD+FL+++{surname}:{given}'", f"ATT+2++{sex}'", f"DTM+329:{born}'", "LOC+178+POS'", "LOC+179+KIN'",
                  f"NAT+2+{nation}'", f"RFF+AVF:K7Q{n:03}'", f"RFF+SEA:{n + 1}A'"]  # fmt: skip
        lines += [] if flaw and n else [f"DOC+P:110:111+{document}'", "DTM+36:310514'", f"LOC+91+{nation}'"]
    lines += [f"CNT+42:{len(travellers)}'"]
    return "".join([*lines, f"UNT+{len(lines) - 1}+PAX1'", f"UNZ+1+K{number}'"]).encode()


def listed(cast: Any, drain: Callable[[], int], told: str = "owner_and_acting") -> Entry:
    """An entry of Jamaica's own list."""
    head = cast["jam.intelligence.head"]
    code = screening.open_watchlist(
        head, None, code="JAM-WATCH", name="Wanted persons (fictional)", kind="national"
    ).code
    entry = screening.create_watchlist_entry(
        head, None, list=code, reference="W-1", subject=SUBJECT, instruction="question",
        visibility={"screen_for": "all", "hit_visible_to": told}, reason="Fictional: gone from the court of Utopia",
    )  # fmt: skip
    drain()
    return entry


def sent(cast: Any, drain: Callable[[], int], data: bytes | None = None) -> Submission:
    """A list of the carrier 7T, read, screened and answered."""
    agent = cast["7t.carrier.agent"]
    row = intake.receive(agent, data or message(), channel="upload", content_type="text/plain", file_name="7T178.edi")
    drain()
    row.refresh_from_db()
    return row


def raised(cast: Any, drain: Callable[[], int], told: str = "owner_and_acting") -> Hit:
    """The hit of the list's first traveller on Jamaica's entry."""
    listed(cast, drain, told=told)
    sent(cast, drain)
    return Hit.objects.get()
