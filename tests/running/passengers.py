"""People who are looked for, as a list keeper types them and as a carrier sends them."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bench.messages import a_list

FIRST = 400
"""Number of the first list of these tests: flight 7T1400; the benchmarks and the crash test use lower ones."""


SYLLABLES = (
    *("BROK", "TYN", "VUL", "DASH", "MERR", "GOPE", "ZIND", "FAX"),
    *("HUSK", "LOTH", "WEMB", "QUAY", "SNELL", "PIR", "CRAM", "JODE"),
)


def _made_up(number: int, parts: int) -> str:
    """A name of syllables; numbers that are near each other give names that are not."""
    scattered = number * 2654435761 >> 7
    return "".join(SYLLABLES[scattered >> 4 * part & 15] for part in range(parts))


@dataclass(frozen=True)
class Wanted:
    """A man on an entry and on flight 7T1400 and after, from Kingston to Bridgetown; each number is another man."""

    number: int

    @property
    def surname(self) -> str:
        """A surname that sounds like no other number's, as border pages write it."""
        return _made_up(self.number + FIRST, 3)

    @property
    def given(self) -> str:
        """Their given names."""
        return _made_up(7 * (self.number + FIRST), 2)

    @property
    def born(self) -> datetime.date:
        """Their birth date."""
        return datetime.date(1951, 4, 9) + datetime.timedelta(days=661 * (self.number + FIRST) % 15_000)

    @property
    def document(self) -> str:
        """Their passport's number."""
        return f"Q7{self.number + FIRST:06}"

    @property
    def flight(self) -> str:
        """Their flight, as pages write it."""
        return f"7T {1000 + FIRST + self.number}"

    def as_typed(self) -> dict[str, str]:
        """The text fields of an entry's form, by label."""
        return {
            "Reference": f"J-{FIRST + self.number}",
            "Surname": self.surname.capitalize(),
            "Given names": self.given.capitalize(),
            "Date of birth": self.born.isoformat(),
            "Nationality": "JAM",
            "Document number": self.document,
            "Issued by": "JAM",
        }

    def list(self) -> str:
        """A clean passenger list of which they are the last; the flight leaves in three hours."""
        man = (
            f"NAD+FL+++{self.surname}:{self.given}'ATT+2++M'DTM+329:{self.born:%y%m%d}'NAT+2+JAM'"
            f"RFF+AVF:KWANTED'DOC+P:110:111+{self.document}'DTM+36:310514'LOC+91+JAM'"
        )
        before, after = soon(a_list(FIRST + self.number)).split("CNT+42:3'UNT+")
        count, rest = after.split("+", 1)
        return f"{before}{man}CNT+42:4'UNT+{int(count) + man.count(chr(39))}+{rest}"


def soon(text: str) -> str:
    """The list with its flight from Kingston to Bridgetown moved to where the watch's board shows it."""
    now = datetime.datetime.now(datetime.UTC)
    leaves = now.astimezone(ZoneInfo("America/Jamaica")) + datetime.timedelta(hours=3)
    lands = now.astimezone(ZoneInfo("America/Barbados")) + datetime.timedelta(hours=5, minutes=30)
    tomorrow = f"{now + datetime.timedelta(days=1):%y%m%d}"
    return (
        text.replace(f"189:{tomorrow}1400", f"189:{leaves:%y%m%d%H%M}")
        .replace(f"232:{tomorrow}1730", f"232:{lands:%y%m%d%H%M}")
        .replace(f"/{tomorrow}/1400", f"/{leaves:%y%m%d/%H%M}")
    )


def a_file(text: str | bytes, name: str = "list.edi") -> dict[str, object]:
    """A file as Playwright chooses it."""
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}
