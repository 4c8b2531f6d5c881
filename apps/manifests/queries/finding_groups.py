"""Findings of a list as its sender mends them: by kind, each with one advice in the terms of what was sent."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.manifests.paxlst.corrections import Mend, mends_of
from apps.manifests.paxlst.grade import without_advice
from apps.manifests.queries.corrections import FIELDS
from apps.manifests.queries.sent_forms import SentForm

TITLES: dict[str, Any] = {
    "NAME_MISSING": pgettext_lazy("heading, jrcc", "Name missing"),
    "NAME_ONE_PART": _("Only one name, taken as the surname"),
    "NAME_MRZ": _("Name taken from the machine-readable lines"),
    "NAME_DIGIT_REPAIRED": _("A digit in the name was read as a letter"),
    "SEX_MISSING": pgettext_lazy("heading, jrcc", "Sex missing"),
    "SEX_INVALID": _("Sex is not a known code"),
    "DOB_MISSING": _("Date of birth missing"),
    "DOB_INVALID": _("Date of birth cannot be read"),
    "DOB_REORDERED": _("Date of birth read in another order"),
    "DOB_PARTIAL": _("Date of birth known in part only"),
    "DOB_IMPLAUSIBLE": _("Date of birth is not plausible"),
    "DATE_FORMAT_ASSUMED": _("Order of day and month assumed"),
    "NATIONALITY_MISSING": pgettext_lazy("heading, jrcc", "Nationality missing"),
    "NATIONALITY_UNKNOWN": _("Nationality is not a known code"),
    "NATIONALITY_TWO_LETTER": _("Nationality in two letters"),
    "NATIONALITY_NAME": _("Nationality written as a name"),
    "DOC_MISSING": _("Travel document missing"),
    "VISA_WITHOUT_PASSPORT": _("A visa, but no travel document"),
    "DOC_NUMBER_MISSING": _("Document number missing"),
    "SAME_DOCUMENT_TWICE": _("Two people with the same document"),
    "DOC_MRZ": _("Document read from its machine-readable lines"),
    "MRZ_CHECK_REPAIRED": _("A character of the machine-readable lines was corrected"),
    "MRZ_CHECK_FAILED": _("A check digit of the machine-readable lines is wrong"),
    "DOC_TYPE_UNKNOWN": _("Document type is not a known code"),
    "DOC_TYPE_MISSING": _("Document type missing"),
    "DOC_ISSUER_MISSING": _("Issuing State missing"),
    "DOC_ISSUER_UNKNOWN": _("Issuing State is not a known code"),
    "DOC_ISSUER_TWO_LETTER": _("Issuing State in two letters"),
    "DOC_EXPIRY_MISSING": _("Expiry date of the document missing"),
    "DOC_EXPIRY_INVALID": _("Expiry date of the document cannot be read"),
    "DOC_EXPIRED": _("Document expires before arrival"),
    "PORT_OF_TRAVELLER_UNKNOWN": _("Place of boarding or landing is not known"),
    "PORT_DEFAULTED": _("Place of boarding or landing assumed from the flight"),
    "FLIGHT_MISSING": _("Flight or voyage number missing"),
    "FLIGHT_FROM_UNH": _("Flight number taken from the message header"),
    "CARRIER_UNKNOWN": _("Carrier is not registered"),
    "IMO_CHECK_FAILED": _("IMO number has a wrong check digit"),
    "PORT_UNKNOWN": _("Place is not known"),
    "DEPARTURE_MISSING": _("Place or time of departure missing"),
    "ARRIVAL_MISSING": _("Place of arrival missing"),
    "ARRIVAL_TIME_MISSING": _("Time of arrival missing"),
    "TIME_INVALID": _("Date or time cannot be read"),
    "ARRIVAL_BEFORE_DEPARTURE": _("Arrival is not after departure"),
    "FLIGHT_TOO_LONG": _("The journey takes too long"),
    "FLIGHT_DATE_FAR": _("Flight date is far from the date of sending"),
    "COUNT_SHORT": _("Fewer people than announced"),
    "COUNT_OVER": _("More people than announced"),
}
"""What a kind of finding is called; others are called by their own sentence."""
ONE_ANSWER = frozenset(
    {"NATIONALITY_UNKNOWN", "DOC_ISSUER_UNKNOWN", "DOC_TYPE_UNKNOWN", "SEX_INVALID", "PORT_OF_TRAVELLER_UNKNOWN"}
)
"""Kinds in which the same value means the same for everybody: it is asked about once."""
MOST_ONE_ANSWER = 20
MOST_ROWS, LEAST_ROWS, ROWS_OF_PAGE = 25, 5, 100
"""People of one kind on a page, at most and where there are many kinds; and of all kinds together, about."""
MOST_NAMED = 12
_WORST = {"fatal": 0, "error": 1, "warning": 2, "info": 3}


@dataclass(slots=True)
class Row:
    """One finding: whose it is, where it is written, what was sent, and the values that it asks for."""

    finding: Mapping[str, Any]
    where: str
    name: str
    gave: str
    mends: Sequence[Mend] = ()
    fields: list[Any] = field(default_factory=list)
    fault: bool = False


@dataclass(slots=True)
class Group:
    """Findings of one kind. `one`: the value that they all have, which one answer mends; `answer`: its field."""

    key: str
    severity: str
    title: str
    how: str
    rows: list[Row]
    one: str = ""
    answer: Any = None
    shown: list[Row] = field(default_factory=list)
    first: int = 1
    size: int = MOST_ROWS
    typed: int = 0
    is_open: bool = True
    html: Any = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it must be corrected; the others are looked at."""
        return self.severity in ("fatal", "error")

    @property
    def people(self) -> int:
        """How many people, 0 where it is about the list itself."""
        return sum(bool(row.finding.get("traveller")) for row in self.rows)

    @property
    def count_words(self) -> str:
        """ "300 people, 2 answered", or how often."""
        n = self.people or len(self.rows)
        said = ""
        if self.people:
            said = ngettext("%(n)d person", "%(n)d people", n) % {"n": n}
        elif n > 1:
            said = ngettext("%(n)d time", "%(n)d times", n) % {"n": n}
        if self.one:
            said = _now("%(people)s, one answer for all") % {"people": said}
        done = ngettext("%(n)d answered", "%(n)d answered", self.typed) % {"n": self.typed} if self.typed else ""
        return ", ".join(filter(None, (said, done)))

    @property
    def pages_words(self) -> str:
        """ "26 to 50 of 300"."""
        numbers = {"first": self.first, "last": self.last, "all": len(self.rows)}
        return pgettext("words, jrcc", "%(first)d to %(last)d of %(all)d") % numbers

    @property
    def places_words(self) -> str:
        """Where the people of one answer are written: the first ones, and how many more."""
        places = [row.where for row in self.rows if row.where]
        more = len(places) - MOST_NAMED
        named = ", ".join(places[:MOST_NAMED])
        if more <= 0:
            return named
        return ngettext("%(named)s and %(n)d more", "%(named)s and %(n)d more", more) % {"named": named, "n": more}

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first - 1 + len(self.shown)

    @property
    def before(self) -> int:
        """The number that the rows before begin with; 0 for none."""
        return max(1, self.first - self.size) if self.first > 1 else 0

    @property
    def after(self) -> int:
        """The number that the next rows begin with; 0 for none."""
        return self.last + 1 if self.shown and self.last < len(self.rows) else 0


def groups_of(objects: Sequence[Mapping[str, Any]], sent: SentForm) -> list[Group]:
    """What is to be corrected or looked at, by kind, the worst first. A value is asked for once, where it is worst."""
    found: dict[tuple[str, str], list[Row]] = {}
    taken: set[Any] = set()
    listed = [(no, one) for no, obj in enumerate(objects, start=1) for one in obj.get("findings") or []]
    for no, finding in sorted(listed, key=lambda pair: _WORST[pair[1]["severity"]]):
        if finding["severity"] == "info":
            continue
        mends = mends_of(objects, no, finding)
        fresh = [mend for mend in mends if mend.place not in taken]
        if mends and not fresh:
            continue
        taken.update(mend.place for mend in fresh)
        row = _row(objects[no - 1], {**finding, "list": no}, fresh, sent)
        one = finding.get("original") or ""
        alike = one if finding["code"] in ONE_ANSWER and len(fresh) == 1 else ""
        found.setdefault((finding["code"], alike), []).append(row)
    return [_group(code, one, rows, sent) for (code, one), rows in _joined(found).items()]


def _joined(found: Mapping[tuple[str, str], list[Row]]) -> dict[tuple[str, str], list[Row]]:
    """Values that several people have stay kinds of their own; the rest joins the others of its code."""
    kept: dict[tuple[str, str], list[Row]] = {}
    for (code, one), rows in found.items():
        shared = one and len(rows) > 1 and sum(bool(other) for _code, other in kept) < MOST_ONE_ANSWER
        kept.setdefault((code, one if shared else ""), []).extend(rows)
    return kept


def _row(obj: Mapping[str, Any], finding: Mapping[str, Any], mends: Sequence[Mend], sent: SentForm) -> Row:
    number = finding.get("traveller") or 0
    people = obj.get("travellers") or []
    person = people[number - 1] if 0 < number <= len(people) else {}
    name = ", ".join(filter(None, (person.get("surname"), person.get("given_names"))))
    text = without_advice(finding)
    if number:
        text = text.partition(": ")[2] or text
    # about the list itself, or of a kind without a name, the sentence alone says what it is
    words = name if number and finding["code"] in TITLES else text
    gave = str(finding.get("original") or (mends[0].value if len(mends) == 1 else ""))
    return Row(finding, sent.place_of(finding), words or name, gave, mends)


def _group(code: str, one: str, rows: list[Row], sent: SentForm) -> Group:
    first = rows[0].finding
    title = str(TITLES[code]) if code in TITLES else rows[0].name
    fields = list(dict.fromkeys(mend.place.field for row in rows for mend in row.mends))
    hints = dict.fromkeys(str(FIELDS[name][1]) for name in fields if name in FIELDS and FIELDS[name][1])
    how = " ".join([*filter(None, [sent.places(fields)]), *(hints if fields else [_own_advice(first)])])
    key = f"{code}-{zlib.crc32(one.encode()):08x}" if one else code
    return Group(key, first["severity"], title, how.strip(), rows, one)


def _own_advice(finding: Mapping[str, Any]) -> str:
    """What its sender should do, as the reader said it in the terms of what was sent."""
    return str(finding["text"])[len(without_advice(finding)) :].strip()


def informing(objects: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """What only informs, by kind: (words, how often), the most frequent first."""
    found: dict[str, tuple[str, int]] = {}
    for finding in (one for obj in objects for one in obj.get("findings") or []):
        if finding["severity"] == "info":
            text = str(TITLES.get(finding["code"], "")) or _plain(finding)
            words, n = found.get(finding["code"], (text, 0))
            found[finding["code"]] = (words, n + 1)
    return sorted(found.values(), key=lambda pair: -pair[1])


def _plain(finding: Mapping[str, Any]) -> str:
    text = without_advice(finding)
    return (text.partition(": ")[2] or text) if finding.get("traveller") else text


def put_on_page(groups: Sequence[Group], at: Mapping[str, int]) -> None:
    """The rows of each kind that a page shows, from those numbers on (from 1). Rows with a fault come first."""
    size = min(MOST_ROWS, max(LEAST_ROWS, ROWS_OF_PAGE // max(1, len(groups))))
    all_fine = not any(group.is_wrong for group in groups)
    for group in groups:
        group.is_open = all_fine or group.is_wrong or group.typed > 0 or any(row.fault for row in group.rows)
        group.size = size
        first = at.get(group.key, 1)
        group.first = first if 1 <= first <= len(group.rows) else 1
        if any(row.fault for row in group.rows):
            group.rows.sort(key=lambda row: not row.fault)
            group.first = 1
        group.shown = [] if group.one else group.rows[group.first - 1 : group.first - 1 + size]


def positions(params: Mapping[str, str]) -> dict[str, int]:
    """Where each kind begins, as an address or a form says it: `at-KIND=26`, and `show=KIND.26` for the one asked."""
    said = {name.removeprefix("at-"): text for name, text in params.items() if name.startswith("at-")}
    kind, _dot, number = params.get("show", "").partition(".")
    return {
        name: int(text)
        for name, text in {**said, kind: number}.items()
        if name and text.isascii() and text.isdigit() and len(text) < 7
    }


def people_wrong(groups: Iterable[Group]) -> int:
    """How many people something must be corrected of."""
    return len(
        {
            (row.finding.get("list"), row.finding["traveller"])
            for group in groups
            if group.is_wrong
            for row in group.rows
            if row.finding.get("traveller")
        }
    )
