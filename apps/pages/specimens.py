"""What the component page shows: made-up records, in English like all data, on which every part of the kit is seen."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from apps.access.marking import OFFICIAL
from apps.access.templatetags import portal
from apps.pages.bulk import Bulk
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import HIDE, RIGHT, Act, Col, Count, Status, Title, When
from apps.pages.filters import Before, Choice
from apps.pages.form_steps import FormSteps, Step
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.lists import Blank, Button, List
from apps.pages.pickers import Pick, Picker, PickSet, desk_picker
from apps.pages.tables import Table

STATES = {"active": ("ok", "check", "In force"), "second": ("warn", "clock", "Second approval")}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A made-up watchlist entry."""

    pk: int
    name: str
    code: str
    born: str
    state: str
    days: int | None
    matches: int
    twin: bool = False

    @property
    def ends_on(self) -> datetime.date | None:
        """Its last day, so many days from today."""
        return None if self.days is None else timezone.now().date() + datetime.timedelta(days=self.days)


ROWS = [
    Specimen(1, "MOHAMMED, Rashida", "JAM-W-0377", "3 May 1988", "active", 1, 0),
    Specimen(2, "PERSAUD, Anil Ramnarine", "JAM-W-0385", "19 November 1972", "active", 6, 0),
    Specimen(3, "WILLIAMS, Beverley", "JAM-W-0407", "2 September 1991", "active", 13, 1, twin=True),
    Specimen(4, "WILLIAMS, Beverley Anne", "JAM-W-0412", "14 March 1978", "active", 64, 2, twin=True),
    Specimen(5, "Passport A5520017, reported stolen", "JAM-W-0380", "", "active", 720, 1),
    Specimen(6, "BAPTISTE, Jean-Marc", "JAM-W-0388", "about 1969", "second", None, 0),
]


def _twin(row: Specimen) -> Small | None:
    return Small("Two entries share this name", "warn", "users") if row.twin else None


def _review(row: Specimen) -> Press | None:
    if row.pk > 2:
        return None
    return Press("Review", "#main", row.name, why_not="" if row.pk == 1 else "a colleague has it")


class Specimens(List):
    """Every kind of column, filter and act of a list."""

    address = "kit"
    title = "Entries, example"
    order = "ends_on"
    page = 4
    template = "pages/kit.html"
    banner = OFFICIAL
    live = False
    columns = (
        Title("name", "Person or document", code="code", small=_twin, sort="name"),
        Col("born", "Born", nowrap=True),
        Status("state", "Status", value=lambda row: STATES[row.state], phone=RIGHT),
        When("ends_on", "Ends", sort="ends_on", soon=datetime.timedelta(days=14), empty="No end date"),
        Count("matches", "Matches, 90 days", link=lambda row: "#main", empty="no match", narrow=True),
        Act("act", "Next step", value=_review),
        Col("code", "Number", value=lambda row: Cell(row.code, mono=True), hidden=True, phone=HIDE),
    )
    search = ("name", "code")
    search_label = "Name, document or number"
    filters = (
        Choice("status", "Status", "state", choices=[(code, words) for code, (_k, _p, words) in STATES.items()]),
        Before("ends", "Ends before", keeps=lambda row, day: bool(row.ends_on and row.ends_on < day)),
    )
    bulk = (Bulk(place="kit", label="Extend"), Bulk(place="kit", label="End"))
    empty = Blank("No entries", "Entries that you add appear here and are screened against every manifest.")

    @staticmethod
    def read(actor: Any) -> Any:
        """The made-up rows."""
        return list(ROWS)

    def place(self, line: Any) -> str:
        """Nowhere."""
        return "#main"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line of a menu that may not be done now."""

    label: str
    why_not: str
    picture: str = "flag"


MONTHS = [("September 2026", 31, 2), ("October 2026", 44, 5), ("November 2026", 38, 0)]
Table(
    "pages.specimen",
    "Manifests by month",
    (
        Title("0", "Month", value=lambda row: row[0]),
        Count("1", "Manifests", value=lambda row: row[1]),
        Count("2", "Late", value=lambda row: row[2], empty="none"),
    ),
    line=lambda row: "sel" if row[0] == "November 2026" else "",
)


def _grid() -> Grid:
    looks = {"done": ("dot", "Done"), "part": ("half", "Under way"), "late": ("tri", "Overdue")}
    cells = {
        kind: GridCell(format_html('{}<span class="vh">{}</span>', portal.glyph(picture, kind), words))
        for kind, (picture, words) in looks.items()
    }
    own = replace(cells["late"], css="me")
    return Grid(
        "Clauses by State",
        "Clause",
        [GridHead("JAM", hover="Jamaica", css="me"), GridHead("BLZ", hover="Belize"), GridHead("Done", css="sum")],
        [
            GridLine(GridHead("Decision 2006/4"), css="tier"),
            GridLine(GridHead("Clause 1", small="Name a contact"), [own, cells["done"], GridCell("1 of 2", "sum")]),
            GridLine(
                GridHead("Clause 2"), [replace(cells["done"], css="me"), cells["part"], GridCell("1 of 2", "sum")]
            ),
        ],
        foot=GridLine(GridHead("Done"), [GridCell("1 of 2", "me"), GridCell("1 of 2"), GridCell("", "sum")]),
    )


class Example(forms.Form):
    """Asked in steps."""

    person = forms.CharField()
    papers = forms.CharField(required=False)
    ends_on = forms.DateField(error_messages={"required": "Enter a date after today, for example 3 March 2027"})


STEPS = FormSteps(
    Step("person", "Person", ("person",)),
    Step("papers", "Documents", ("papers",)),
    Step("instruction", "Instruction", ("ends_on",)),
    Step("check", "Check"),
)
DESKS = [
    *(("member_states", "All Member States"), ("JAM.contact", "Jamaica: Point of contact")),
    *(("BRB.contact", "Barbados: Point of contact"), ("VCT.contact", "Saint Vincent and the Grenadines: Contact")),
    *(("RIFC.watch", "RIFC: Watch"), ("JAM.border", "Jamaica: Border"), ("BRB.customs", "Barbados: Customs")),
]


def _picker() -> Picker:
    """Own party first, a chosen desk in the folded set, a code that is none of them, and one that may not be chosen."""
    made = desk_picker("", DESKS, ["JAM", "BRB.customs", "ZZZ.contact"], own="JAM", key="pick")
    barred = Pick("pick_no", "MSR.contact", "Montserrat", "MSR", why_not="no one cleared for RESTRICTED")
    sets = [PickSet(one.title, [*one.picks, barred]) if number == 1 else one for number, one in enumerate(made.sets)]
    return replace(made, sets=sets)


def _stepped(request: Any) -> Any:
    """The second of four steps, with an answer of the third wrong."""
    form = Example({"person": "WILLIAMS", "papers": "A4471902"}, auto_id="step_%s")
    form.is_valid()
    return STEPS.shown(request, form, notes={"person": "1 name", "papers": "2 of 2"}, saved=True, at="papers")


def parts(request: Any) -> dict[str, Any]:
    """What the sections of the page are printed from."""
    here = reverse("kit")
    return {
        "stepped": _stepped(request),
        "picker": _picker(),
        "effect_rows": [
            {"party": "BRB", "name": "Barbados", "people": 2, "desks": "would be asked to act"},
            {"party": "TTO", "name": "Trinidad and Tobago", "people": 1, "desks": "would be told"},
        ],
        "more": [
            Button("Print or save as PDF", "#main", "printer", "sealed text, 2 pages"),
            Refusal("Enter a reservation", "closed since 28 July 2026"),
            Button("Declare a dispute", "#main", "alert", "goes to the Secretary-General", danger=True),
        ],
        "primary": Button("Add an entry", "#main", "plus"),
        "report": [Button("Report for Jamaica", "#main")],
        "crumbs": [("Council", here), ("Decisions", here)],
        "record_status": ("info", "half", "Under way"),
        "record_facts": ["Adopted on 3 March 2026", "binds 15 States"],
        "months": MONTHS,
        "months_sum": ("In all", 113, 7),
        "grid": _grid(),
        "soon": timezone.now() + datetime.timedelta(hours=42),
        "facts": [
            ("Lands", "17:05 AST", "in 15 min"),
            ("Passengers", "44", "on 1 list, in time"),
            ("Released for Barbados", "Not yet", "1 match open", "bad"),
            ("Carrier", "Tradewind Antilles", "7T 340"),
        ],
    }
