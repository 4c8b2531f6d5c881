"""JSON Lines, and a table with one column for each thing."""

import csv
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

from .words import Broken, Read, without_empty

CUT = "The file breaks off in this line. Ask for the whole file."
PLAIN = (
    *("ref", "kind", "surname", "given_names", "full_name", "sex", "birth_place", "instruction", "reason", "quality"),
    *("valid_from", "valid_until", "review_on"),
)
LISTED = ("aliases", "birth_date", "nationality")
DOCUMENT = ("document_type", "document_number", "document_issuer")
CODES, CHOICES = ("screen_for", "functions"), ("hit_visible_to", "reason_visible_to")
COLUMNS = frozenset({*PLAIN, *LISTED, *DOCUMENT, *CODES, *CHOICES})


def text_of(data: bytes) -> str:
    """The file as text; Broken with the line of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Broken("The file is not in UTF-8. Save it as UTF-8 and send it again.", line) from wrong


def json_lines(data: bytes) -> Iterator[Read]:
    """One object on each line. A last line that is none and has no end is the place where the file was cut."""
    lines = text_of(data).split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = json_line(number, line)
        if found.record is None and number == len(lines):
            raise Broken(CUT, number)
        yield found


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, with their numbers; without the byte order mark that some programs put first."""
    for number, line in enumerate(lines, start=1):
        bare = line.removeprefix(BOM_UTF8) if number == 1 else line
        if bare.strip():
            yield number, bare


def json_line(number: int, line: bytes | str) -> Read:
    """The object on one line, or what is wrong with the line; never an error.

    Both where only some byte is not UTF-8: whom the line is about can be read all the same.
    """
    text, fault = (line, "") if isinstance(line, str) else _decoded(line)
    try:
        record = json.loads(text)
    except RecursionError:
        return Read(number, None, fault or "Lists and objects stand in one another too deeply.")
    except json.JSONDecodeError as wrong:
        return Read(number, None, fault or f"The line is not JSON (character {wrong.colno}).")
    except ValueError:
        # what Python refuses of JSON that is well formed
        return Read(number, None, fault or "A number in the line has too many digits.")
    if not isinstance(record, dict):
        return Read(number, None, fault or "The line is not an object.")
    return Read(number, record, fault)


def _decoded(line: bytes) -> tuple[str, str]:
    """(text, what is wrong with it)."""
    try:
        return line.decode(), ""
    except UnicodeDecodeError as wrong:
        fault = f"The line is not in UTF-8 (byte {wrong.start + 1}). Save the file as UTF-8."
        return line.decode(errors="replace"), fault


def columns_of(data: bytes) -> list[str]:
    """Names in the first line of a table."""
    first = text_of(data.partition(b"\n")[0]).strip()
    return [name.strip().strip('"').lower() for name in re.split("[,;\t]", first)]


def rows_of(data: bytes, delimiter: str = ",") -> Iterator[tuple[int, list[str], bool]]:
    """(line, cells, whether the file ends in this row without an end of line); Broken for a quote that never ends."""
    text = text_of(data)
    open_end = not text.endswith(("\n", "\x1a"))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    began, before = 1, None
    try:
        for row in table:
            if before:
                yield (*before, False)
            before, began = (began, row), table.line_num + 1
    except csv.Error as wrong:
        raise Broken(f"{CUT} ({wrong})", table.line_num) from wrong
    if before:
        yield (*before, open_end)


def own_csv(data: bytes) -> Iterator[Read]:
    """A table whose first line names its columns. Several values of a cell have ; between them, ~ marks a weak name."""
    header = columns_of(data)
    if unknown := [name for name in header if name not in COLUMNS]:
        raise Broken(f"These columns are not known: {', '.join(unknown)}.", 1)
    first = text_of(data.partition(b"\n")[0])
    delimiter = max(",;\t", key=first.count)
    for line, cells, at_end in rows_of(data, delimiter):
        if line == 1 or not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(header) and at_end:
            raise Broken(CUT, line)
        if len(cells) != len(header):
            yield Read(line, None, f"The line has {len(cells)} fields, the first line has {len(header)}.")
            continue
        yield Read(line, _record(dict(zip(header, (cell.strip() for cell in cells), strict=True))))


def _record(cells: dict[str, str]) -> dict[str, Any]:
    several = {name: [part.strip() for part in cells.get(name, "").split(";") if part.strip()] for name in LISTED}
    document = {name.removeprefix("document_"): cells.get(name) or None for name in DOCUMENT}
    seen: dict[str, Any] = {name: cells[name] for name in CHOICES if cells.get(name)}
    for name in CODES:
        codes = re.findall(r"[^\s,;]+", cells.get(name, ""))
        if codes:
            seen[name] = "all" if codes == ["all"] else codes
    return without_empty(
        {
            **{name: cells.get(name, "") for name in PLAIN},
            "aliases": [_alias(text) for text in several["aliases"]],
            "birth_date": several["birth_date"][0] if len(several["birth_date"]) == 1 else several["birth_date"],
            "nationality": [code for text in several["nationality"] for code in text.upper().split()],
            "documents": [without_empty(document)] if document["number"] else [],
            "visibility": seen,
        }
    )


def _alias(text: str) -> Any:
    return {"full_name": text[1:].strip(), "quality": "weak"} if text.startswith("~") else text
