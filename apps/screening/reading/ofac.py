"""OFAC's list of Specially Designated Nationals in its published forms: sdn.xml (sdnList) and sdn.csv.

Source: U.S. Treasury, OFAC, "SDN Data Formats" and sdn.xsd. The table keeps other names in a second file (alt.csv) and
birth dates, documents and nationalities in the remarks; the XML has everything.
"""

import re
from collections.abc import Iterator
from typing import Any

from .texts import rows_of
from .words import SEXES, Broken, Read, countries, country, date, document_type, without_empty
from .xml_records import Node, records

KINDS = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "vessel"}
NOTHING = "-0-"
TABLE = (
    *("ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage", "grt", "flag", "owner"),
    "remarks",
)
END_OF_FILE = "\x1a"
IN_BRACKETS = re.compile(r"^(?P<kind>.*?)\s+(?P<number>\S+)\s*\((?P<country>[^)]*)\)")
NICKNAME = re.compile(r"^a\.k\.a\. ['\"‘](.+?)['\"’]")


def ofac_xml(data: bytes) -> Iterator[Read]:
    """Entries of sdn.xml by their uid; Broken where there are fewer than the file's own count."""
    stated, entries = 0, 0
    for node in records(data, "sdnEntry", "Record_Count"):
        if node.name == "Record_Count":
            stated = int(node.text) if node.text.strip().isdecimal() else 0
            continue
        entries += 1
        yield Read(node.line, _entry(node))
    if stated and entries != stated:
        raise Broken(f"The file says that it has {stated} entries, but {entries} are there. Ask for the whole file.")


def _entry(node: Node) -> dict[str, Any]:
    kind = KINDS.get(node.get("sdnType").lower(), "organisation")
    papers = node.all("idList/id")
    sexes = [SEXES.get(one.get("idNumber").lower()) for one in papers if one.get("idType") == "Gender"]
    own: dict[str, Any] = {"full_name": node.get("lastName")}
    if kind == "person":
        own = {"surname": node.get("lastName"), "given_names": node.get("firstName")}
    nations = [
        *node.texts("nationalityList/nationality/country"),
        *node.texts("citizenshipList/citizenship/country"),
    ]
    said = [", ".join(node.texts("programList/program")), node.get("title"), node.get("remarks")]
    return without_empty(
        {
            "ref": node.get("uid"),
            "kind": kind,
            **own,
            "aliases": [_alias(one) for one in node.all("akaList/aka")],
            "sex": next(filter(None, sexes), None),
            "birth_date": [d for d in map(date, node.texts("dateOfBirthList/dateOfBirthItem/dateOfBirth")) if d],
            "nationality": countries(nations),
            "birth_place": "; ".join(node.texts("placeOfBirthList/placeOfBirthItem/placeOfBirth")),
            "documents": [one for one in map(_document, papers) if one],
            "call_sign": node.get("vesselInfo/callSign"),
            "flag": node.get("vesselInfo/vesselFlag"),
            "reason": ". ".join(filter(None, said))[:2000],
        }
    )


def _alias(node: Node) -> dict[str, str]:
    parts = {"surname": node.get("lastName"), "given_names": node.get("firstName")}
    return without_empty(parts) | {"quality": "weak" if node.get("category").lower() == "weak" else "strong"}


def _document(node: Node) -> dict[str, Any] | None:
    return _paper(node.get("idType"), node.get("idNumber"), node.get("idCountry"))


def _paper(kind: str, number: str, issuer: str) -> dict[str, Any] | None:
    known = document_type(kind)
    return without_empty({"type": known, "number": number, "issuer": country(issuer)}) if known and number else None


def ofac_csv(data: bytes) -> Iterator[Read]:
    """Rows of sdn.csv: no header, twelve columns, `-0-` for nothing, an end-of-file character in the last line."""
    for line, row, at_end in rows_of(data):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells == [END_OF_FILE]:
            continue
        if not cells[0].isdecimal():
            if line == 1:
                raise Broken("This is no list that is read here: the first line names no column “ref”.", 1)
            yield Read(line, None, "The first field is not a number.")
        elif len(cells) != len(TABLE):
            if at_end:
                raise Broken("The file breaks off in this line. Ask for the whole file.", line)
            yield Read(line, None, f"The line has {len(cells)} fields, not {len(TABLE)}.")
        else:
            known = {name: "" if cell == NOTHING else cell for name, cell in zip(TABLE, cells, strict=True)}
            yield Read(line, _row(known))


def _row(cells: dict[str, str]) -> dict[str, Any]:
    kind = KINDS.get(cells["type"].lower(), "organisation")
    own: dict[str, Any] = {"full_name": cells["name"]}
    if kind == "person":
        surname, _comma, given = cells["name"].partition(", ")
        own = {"surname": surname, "given_names": given}
    remarks = [part.strip().rstrip(".") for part in cells["remarks"].split(";")]
    bare = [part.removeprefix("alt. ") for part in remarks]
    sexes = [SEXES.get(part.removeprefix("Gender ").lower()) for part in bare if part.startswith("Gender ")]
    papers = [_paper(*found.group("kind", "number", "country")) for part in bare if (found := IN_BRACKETS.match(part))]
    return without_empty(
        {
            "ref": cells["ent_num"],
            "kind": kind,
            **own,
            "aliases": [
                {"full_name": found.group(1), "quality": "weak"} for part in bare if (found := NICKNAME.match(part))
            ],
            "sex": next(filter(None, sexes), None),
            "birth_date": [d for part in bare if part.startswith("DOB ") and (d := date(part.removeprefix("DOB ")))],
            "nationality": countries(
                [part.split(" ", 1)[1] for part in bare if part.lower().startswith(("nationality ", "citizen "))]
            ),
            "birth_place": "; ".join(part.removeprefix("POB ") for part in bare if part.startswith("POB ")),
            "documents": [paper for paper in papers if paper],
            "call_sign": cells["call_sign"],
            "flag": cells["flag"],
            "reason": ". ".join(filter(None, [cells["program"], cells["title"], cells["remarks"]]))[:2000],
        }
    )
