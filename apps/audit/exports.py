"""The audit as a file: a table for people, and for an auditor a signed archive with each entry's seal."""

import asyncio
import csv
import datetime
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from django.http import FileResponse

from apps.audit import queries, sentences, signatures
from apps.audit.anchors import Head
from apps.audit.managers import Reader
from apps.audit.row_places import knows_seq, may_prove
from apps.audit.spreadsheets import write_csv

COLUMNS = (
    "at", "user_name", "role", "desk", "party", "verb", "object_type", "object_id", "outcome", "reason", "entry",
    "seconded_from", "emergency", "hash", "key", "key_made_by", "key_approved_by",
    "times",
)  # fmt: skip
COMPARED = 5_000
SEALS = ".seals.jsonl"


class InPieces(FileResponse):
    """A file that is read piece by piece also by an asynchronous server, for which Django would read it whole."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content: Any = self.streaming_content
        pieces: Iterator[bytes] = iter(content)
        while piece := await asyncio.to_thread(next, pieces, b""):
            yield piece


def table(lines: Iterable[sentences.Line], sheet: Any, reader: Reader) -> int:
    """Write lines as CSV; how many."""
    write_csv(sheet, [COLUMNS])
    return write_csv(sheet, (_cells(line, reader) for line in lines))


def _cells(line: sentences.Line, reader: Reader) -> list[str]:
    row = line.row
    at = row.at.astimezone(datetime.UTC).isoformat(timespec="milliseconds") if row.at else ""
    what = [row.verb, row.object_type, row.object_id, row.outcome, row.reason, line.place]
    seal = bytes(row.hash or b"").hex() if knows_seq(row, reader) else ""
    return [
        *(at, line.person, line.role, row.desk, row.party, *what),
        *(line.seconded_from, "yes" if line.emergency else "", seal),
        *(line.key, line.key_made_by, line.key_approved_by),
        str(line.times or ""),
    ]


def archive(rows: Any, reader: Reader, name: str) -> tuple[BinaryIO, int]:
    """(open file, entries): all of these rows as a signed archive on disk, a few thousand rows in memory at a time."""
    whole: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    with tempfile.TemporaryFile() as sheet, tempfile.TemporaryFile() as seals:
        text = io.TextIOWrapper(sheet, encoding="utf-8", newline="", write_through=True)
        lines = _with_seals(queries.downwards(rows), seals, reader)
        count = table(lines, text, reader)
        files = {f"{name}.csv": sheet} | ({f"{name}{SEALS}": seals} if _proves(reader) else {})
        signatures.signed_archive(whole, files)
        text.detach()
    whole.seek(0)
    return whole, count


def _proves(reader: Reader) -> bool:
    """Whether somebody is handed the whole of what is sealed, addresses of machines too: those who oversee."""
    return reader.function == "oversight"


def _with_seals(rows: Iterable[Any], seals: BinaryIO, reader: Reader) -> Iterator[sentences.Line]:
    for row in rows:
        if may_prove(row, reader):
            seal = {"chain": row.stream, "number": row.seq, "prev": bytes(row.prev).hex(), "text": row.text}
            line = json.dumps({**seal, "hash": bytes(row.hash).hex()}, ensure_ascii=False)
            seals.write(f"{line}\n".encode())
        yield from sentences.told([row], reader)


def checked(path: Any) -> tuple[str, int]:
    """(fault, entries with a seal) of an archive: signatures, each seal by its text, and all against the chains."""
    with zipfile.ZipFile(path) as found:
        key = signatures.public_key()
        names = [name for name in found.namelist() if name.endswith((".csv", SEALS))]
        for name in names:
            if not signatures.is_signed(found.read(name), found.read(f"{name}.sig"), key):
                return f"{name}: not signed by this portal", 0
        for name in names:
            for line in _lines(found, name) if name.endswith(SEALS) else ():
                if fault := _fault(json.loads(line)):
                    return fault, 0
        count, sealed = 0, _sealed(found, names)
        while some := list(islice(sealed, COMPARED)):
            count += len(some)
            if unlike := queries.unlike(some):
                return f"chain {unlike[0].stream}, record {unlike[0].seq}: not what the archive holds", count
    return "", count


def _fault(said: dict[str, Any]) -> str:
    seal = hashlib.sha256(bytes.fromhex(said["prev"]) + said["text"].encode()).hexdigest()
    place = json.loads(said["text"])[1:3]
    if seal == said["hash"] and place == [said["chain"], said["number"]]:
        return ""
    return f"chain {said['chain']}, record {said['number']}: the seal does not fit the text"


def _sealed(found: zipfile.ZipFile, names: list[str]) -> Iterator[Head]:
    """Place and seal of the rows of the table that have one."""
    for name in names:
        for row in csv.DictReader(_lines(found, name)) if name.endswith(".csv") else ():
            stream, _, seq = row["entry"].partition(" ")
            if row["hash"]:
                yield Head(stream, int(seq), row["hash"])


def _lines(found: zipfile.ZipFile, name: str) -> Iterator[str]:
    with found.open(name) as file:
        yield from io.TextIOWrapper(file, encoding="utf-8", newline="")
