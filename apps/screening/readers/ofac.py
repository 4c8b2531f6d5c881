"""OFAC's list of Specially Designated Nationals in its published forms: sdn.xml (sdnList) and sdn.csv.

Source: U.S. Treasury, OFAC, "SDN Data Formats" and sdn.xsd. The table keeps other names in a second file (alt.csv) and
birth dates, documents and nationalities in the remarks; the XML has everything. Both tables come in one zip file.
"""

import io
import re
import zipfile
import zlib
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
ALIAS_FIELDS = 5
"""Of alt.csv: entry, number of the name, kind of name, name, remarks."""
ZIP = b"PK"
MOST_UNPACKED = 64 * 2**20
"""Bytes of one table in a zip file; the published ones have some ten million (project default)."""
END_OF_FILE = "\x1a"
IN_BRACKETS = re.compile(r"^(?P<kind>.{0,120}?)\s{1,9}(?P<number>\S{1,80})\s{0,9}\((?P<country>[^)]{0,120})\)")
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
    """Entries of sdn.csv, with the names of alt.csv where both come in one zip file.

    sdn.csv has no header, twelve columns, `-0-` for nothing, and an end-of-file character in the last line.
    """
    if not data.startswith(ZIP):
        yield from _entries(data)
        return
    tables = _unpacked(data)
    names: dict[str, list[dict[str, str]]] = {}
    for line, ref, name in _other_names(tables["alt.csv"]):
        if name:
            names.setdefault(ref, []).append({"full_name": name, "quality": "strong"})
        else:
            yield Read(line, None, "alt.csv: the line is not an entry's number with a name.")
    for one in _entries(tables["sdn.csv"]):
        others = names.pop(str(one.record["ref"]), []) if one.record else []
        if one.record and others:
            one.record["aliases"] = [*one.record.get("aliases", []), *others]
        yield one
    for ref in names:
        yield Read(0, None, f"alt.csv: sdn.csv has no entry {ref}, so its other names are left out.")


def _unpacked(data: bytes) -> dict[str, bytes]:
    """sdn.csv and alt.csv of a zip file, by name in small letters; Broken where one is missing or packed badly."""
    found = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.infolist():
                name = one.filename.rpartition("/")[2].lower()
                if name not in {"sdn.csv", "alt.csv"}:
                    continue
                with packed.open(one) as table:
                    found[name] = table.read(MOST_UNPACKED + 1)
                if len(found[name]) > MOST_UNPACKED:
                    raise Broken(f"{name} in the zip file is too large.")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as wrong:
        raise Broken("The zip file cannot be unpacked: it breaks off, or asks for a password.") from wrong
    if missing := {"sdn.csv", "alt.csv"} - found.keys():
        raise Broken(f"The zip file has no {' and no '.join(sorted(missing))}. Put sdn.csv and alt.csv into it.")
    return found


def _other_names(data: bytes) -> Iterator[tuple[int, str, str]]:
    """(line, entry's number, name) of each line of alt.csv; no name where the line is none."""
    for line, row, at_end in rows_of(data):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells == [END_OF_FILE]:
            continue
        whole = len(cells) == ALIAS_FIELDS and cells[0].isdecimal() and cells[3] != NOTHING
        if not whole and at_end:
            raise Broken("alt.csv breaks off in this line. Ask for the whole file.", line)
        yield line, cells[0], cells[3] if whole else ""


def _entries(data: bytes) -> Iterator[Read]:
    for line, row, at_end in rows_of(data):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells == [END_OF_FILE]:
            continue
        if not cells[0].isdecimal():
            if line == 1:
                raise Broken("This is no list that is read here: the first line names no column “ref”.", 1)
            yield Read(line, None, "The first field is not a number.")
        elif len(cells) == ALIAS_FIELDS and line == 1:
            raise Broken("This is alt.csv, the other names alone. Send it with sdn.csv in one zip file.", 1)
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
