"""Bookings as different hosts write them: generated, with the people that are named in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

STANDARD = (":", "+", "?", "'")
MARKS = (STANDARD, ("-", "*", "?", "#"), (":", "+", "?", "~"), (":", "+", "", "'"), ("\x1f", "\x1d", "?", "\x1c"))
SURNAMES = ("PERSAUD", "MC ALLISTER", "LATIF", "SETO", "BRAITHWAITE", "YY", "DE LA CRUZ", "JOSEPH-PIERRE", "SRC", "TIF")
CUT_OFF = ("O'DEA", "O'NEILL", "D'ORO", "N'DIAYE", "O'FAR", "DELL'ORO", "O'LATIF", "D'SA")
"""Names whose apostrophe nobody escaped; what stands behind it may look like a tag."""
GIVEN = ("ANIL", "MARY ANN", "LATIF", "J", "SHAUNAE RIE", "ANNE D'ARCY", "N'DEE", "JEAN-LUC", "MOLLY TIF")
KNOWN = ("SSD+24A++++Y", "REF+:38739393AN8739P", "FAR+N+++++MIL24", "FTI+7T:1234567:::ELITE", "TKT+0062120234533:T:1",
         "MON+B:2888.00:USD+T:2957.94:USD", "PTK+NR++061126:1010+7T+006+KIN", "TXD++3.10:::AY6+8.50:::YQ",
         "DAT+710:061126:1200", "FOP+CC::200.00:VI:XXXXXXXXXXXX1186:0229", "EBD+USD:40.00+4::N", "RPI+2+HK", "APD+767",
         "IFT+4:28::7T+LIKES A WINDOW", "IFT+4:43+JANE PAYER+1 HARBOUR STREET+18765550142", "TRA+7T+8734:B",
         "SSR+AVML:HK:1:7T", "SSR+OTHS:HK:1:7T:::::DON'T SEAT APART+::1", "LTS+0/O/NM/SOMEBODY/ELSE MR",
         "TBD++1:20:700++HP+7T:4074902824:1:BGI")  # fmt: skip
NEW = (
    "XYZ+SMITH+JOHN:A:1",
    "PDT+P/GUY/R1+12A:B",
    "Q7X+A+B+C",
    "NEW+1",
    "ZZZ+SETO:I+MARY MRS:A:2",
    "ABC++++Y",
    "SSX+3A",
)
"""Segments that no guide has, some of which look like a traveller."""


@dataclass
class Person:
    """Somebody in a booking, and how TIF writes it."""

    surname: str
    given: str
    kind: str
    number: str
    named: str = "booking"

    def tif(self) -> str:
        behind = f":{self.kind}:{self.number}" if self.number else f":{self.kind}" if self.kind else ""
        return f"TIF+{self.surname}+{self.given}{behind}" if self.given or behind else f"TIF+{self.surname}"


@dataclass
class Sample:
    """A message and the people who must be read in it, booking by booking."""

    data: bytes
    people: list[list[tuple[str, str]]]
    unknown: set[str] = field(default_factory=set)


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Up to five people with different names; the number stands at everybody or at nobody."""
    count = draw(st.integers(1, 5))
    numbered = draw(st.booleans())
    surnames = draw(st.lists(st.sampled_from(SURNAMES + CUT_OFF), min_size=count, max_size=count))
    names = set()
    found = []
    for number, surname in enumerate(surnames, start=1):
        given = draw(st.sampled_from([one for one in GIVEN if not _met(names, surname, one)]))
        names.add((surname, given))
        kind = draw(st.sampled_from(["A", "A", "C", "IN"] if "'" in surname else ["A", "C", "IN", ""]))
        found.append(Person(surname, given, kind, str(number) if numbered else ""))
    return found


def _met(names: set[tuple[str, str]], surname: str, given: str) -> bool:
    """Whether a name would be the beginning of another in the same booking, which is one person cut short."""
    return any(one == surname and (given.startswith(two) or two.startswith(given)) for one, two in names)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A message of one to three bookings in the manner of some host."""
    segments, named, unknown = [], [], set()
    for number in range(draw(st.integers(1, 3))):
        booking = draw(people())
        segments += draw(_booking(booking, f"LOC{number}QX", unknown))
        named.append([(one.surname, one.given) for one in booking])
    version = draw(st.sampled_from(["10:1", "11:1", "12:1", "13:1", "15:1", "18:1", "20:1", "21:1"]))
    head = ["MSG+:22", "ORG+7T:KIN", "TVL+271126:1400:271126:1730+KIN+BGI+7T+1001", f"EQN+{len(named)}"]
    body = [f"UNH+1+PNRGOV:{version}:IA+271126/1400/7T/1001", *head, *segments]
    whole = ["UNB+IATA:1+7TRES+JRCC+261126:0649+0003", *body, f"UNT+{len(body) + 1}+1", "UNZ+1+0003"]
    return Sample(draw(_written(whole)), named, unknown)


@st.composite
def _booking(draw: st.DrawFn, travellers: list[Person], locator: str, unknown: set[str]) -> list[str]:
    found = ["SRC", f"RCI+7T:{locator}::190326:1354", "DAT+700:270526:0559", "ORG+1A:KIN+32393340:KIN7T08AA+KIN"]
    if draw(st.booleans()):
        found.append("TIF+SEE THE WORLD:G")
    for one in travellers:
        found += [one.tif(), *draw(_filling(unknown))]
    for leg in range(draw(st.integers(0, 3))):
        found += [f"TVL+2{leg}1126:1400::1730+KIN+BGI+7T+100{leg}:Y", *draw(_filling(unknown))]
        for number, one in enumerate(travellers):
            if draw(st.booleans()):
                found += [f"TRI++KIN-{number}:::{one.number}", one.tif(), *draw(_check_in(one))]
    if draw(st.booleans()):
        found += ["EQN+1", "RCI+7T:SPLIT1", "MSG+8", "TVL+121226:1500:151226+BGI:SEA VIEW++VN+67576:ROH"]
    if draw(st.booleans()):
        found += ["ABI+1+:LHRRR+LON++7T", "DAT+ZT:071226:1010", "SAC+++X", "TIF+GONE+AWAY MR:A:9",
                  "SSR+DOCS:HK:1:7T:::::/P/GUY/X1/GUY/07MAR84/M/14MAY31/GONE/AWAY", "SAC+++A", "TIF+NEWLY+COME:A:8",
                  "TVL+101226:0915::1230+KIN+BGI+7T+324:B", "RPI+2+K"]  # fmt: skip
    return found + (["LTS+0/O/NM/GONE/AWAY MR"] if draw(st.booleans()) else [])


@st.composite
def _check_in(draw: st.DrawFn, one: Person) -> list[str]:
    seat = draw(st.sampled_from([[], ["SSD+24A++++Y"], ["SSD+XXX++++J"]]))
    bags = draw(st.sampled_from([[], ["TBD++2:34:700++MP+7T:1026000001:2:BGI"], ["TBD++1:20", one.tif()]]))
    return seat + bags


@st.composite
def _filling(draw: st.DrawFn, unknown: set[str]) -> list[str]:
    found = draw(st.lists(st.sampled_from(KNOWN), max_size=3))
    if draw(st.booleans()):
        new = draw(st.sampled_from(NEW))
        unknown.add(new[:3])
        found.insert(draw(st.integers(0, len(found))), new)
    return found


@st.composite
def _written(draw: st.DrawFn, segments: list[str]) -> bytes:
    """The segments in some host's delimiters, with or without UNA and line ends."""
    marks = draw(st.sampled_from(MARKS))
    component, element, release, end = marks
    break_ = draw(st.sampled_from(["", "\n", "\r\n"]))
    text = []
    for segment in segments:
        escapes = draw(st.booleans()) and release
        held = {":": component, "+": element, "'": f"{release}'" if end == "'" and escapes else "'"}
        released = {mark: release + mark for mark in (component, element, end) if mark not in ":+'"}
        text.append("".join(held.get(one) or released.get(one, one) for one in segment) + end)
    advice = f"UNA{component}{element}.{release or ' '}*{end}"
    first = advice if marks != STANDARD or draw(st.booleans()) else ""
    return break_.join([first, *text] if first else text).encode()
