"""A document as Markdown (CommonMark with tables): what the text says stays text, whatever signs it holds."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from apps.documents.rendering import words
from apps.documents.rendering.blocks import (
    Arithmetic,
    Block,
    Clause,
    Code,
    Document,
    Heading,
    KeyValues,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
    runs,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_START = re.compile(r"^([^\S\n]*)(\d+)([.)])(?=\s|$)|^([^\S\n]*)([-+])(?=\s|$)", re.MULTILINE)


def to_markdown(document: Document) -> str:
    """The document as Markdown: title, marking first and last, one empty line between blocks."""
    said = words.of(document.language)
    head = [document.marking.line, said["fictional"] if document.fictional else "", document.copy_mark]
    about = [
        (said["reference"], document.reference),
        (said["version"], document.version),
        (said["date"], words.day(document.date)),
    ]
    parts = [f"# {_escaped(document.title)}", *(f"**{_escaped(line)}**" for line in head if line), _pairs(about)]
    parts += [text for block in document.blocks if (text := _text(block))]
    if document.closing is not None:
        closing = document.closing
        named = ((said["hash"], closing.content_hash), (said["seal"], closing.seal), (said["code"], closing.code))
        parts += [f"## {said['verify']}", _pairs((name, value) for name, value in named if value)]
        parts.append(_escaped(said["how"].format(url=closing.verify_at)))
    return "\n\n".join([*parts, f"**{_escaped(document.marking.line)}**"]) + "\n"


def _text(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _heading(block: Heading) -> str:
    return f"{'#' * (block.level + 1)} {_escaped(block.text)}"


def _clause(block: Clause) -> str:
    return "\n\n".join([f"**{_escaped(block.number)}** {_runs(block.text)}", *map(_runs, block.details)])


def _note(block: Note) -> str:
    return "> " + " ".join(part for part in (_lead(block.lead), _runs(block.text)) if part)


def _arithmetic(block: Arithmetic) -> str:
    lines = _pairs((*block.lines, block.result))
    return f"{_escaped(block.caption)}\n\n{lines}" if block.caption else lines


def _lead(text: str) -> str:
    return f"**{_escaped(text)}:**" if text else ""


def _pairs(pairs: Iterable[tuple[str, Text]]) -> str:
    return "\n".join(f"- {_escaped(name)}: {_runs(value)}" for name, value in pairs)


def _table(block: Table) -> str:
    rule = ["---:" if block.kind(at) == "number" else "---" for at in range(len(block.head))]
    rows = [[_escaped(cell) for cell in block.head], rule, *([_cell(cell) for cell in row] for row in block.rows)]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([f"{_escaped(block.caption)}\n", *lines] if block.caption else lines)


def _cell(text: Text) -> str:
    return _runs(text).replace("\n", " ")


def _items(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        yield mark + _prefixed("\n\n".join(map(_text, item)), " " * len(mark)).lstrip()


def _runs(text: Text) -> str:
    return "".join(map(_run, runs(text)))


def _run(run: Run) -> str:
    if run.code:
        return f"`{run.text.replace('`', chr(39))}`"
    said = _escaped(run.text)
    said = f"*{said}*" if run.italic and said.strip() else said
    said = f"**{said}**" if run.bold and said.strip() else said
    return f"[{said}](<{run.link}>)" if run.link else said


def _escaped(text: str) -> str:
    """The text with signs that Markdown would read as its own taken literally; a newline is a line break."""
    plain = _SIGNS.sub(r"\\\1", text)
    plain = _START.sub(lambda found: found[0].replace(found[3] or found[5], "\\" + (found[3] or found[5])), plain)
    return plain.replace("\n", "\\\n")


def _prefixed(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}".rstrip() for line in text.split("\n"))


_WRITERS: dict[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: lambda block: _runs(block.text),
    Clause: _clause,
    Table: _table,
    KeyValues: lambda block: _pairs(block.pairs),
    Note: _note,
    Arithmetic: _arithmetic,
    Listing: lambda block: "\n".join(_items(block)),
    Quote: lambda block: _prefixed("\n\n".join(map(_text, block.blocks)), "> "),
    Code: lambda block: _prefixed(block.text, "    "),
    PageBreak: lambda block: "---",
}
