"""Catalogues of gettext without its programs: reading, merging and writing .po, compiling .mo.

Each app has a catalogue of the texts that it alone shows, in apps/X/locale; what several apps show, or the frame,
stands in caricom_portal/locale. All are read as one, so that a text changes places by itself.
Source: GNU gettext manual, "The Format of PO Files" and "The Format of GNU MO Files".
"""

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from caricom_portal.languages.sources import PROJECT, SHARED, Key, Text, by_home

LOCALE = PROJECT / "caricom_portal" / "locale"
HEAD = {
    "fr": ("French", "nplurals=2; plural=(n > 1);"),
    "nl": ("Dutch", "nplurals=2; plural=(n != 1);"),
    "es": ("Spanish", "nplurals=2; plural=(n != 1);"),
}
MAGIC, HEAD_BYTES = 0x950412DE, 28
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")')

Catalogue = dict[Key, list[str]]
"""{(context, text): [translation] or [singular, plural]}; texts without a translation are absent."""


def po_path(language: str, home: str = SHARED, project: Path = PROJECT) -> Path:
    """Where a catalogue lies, of an app or the shared one; the compiled one has the suffix .mo."""
    folder = project / "apps" / home / "locale" if home else project / "caricom_portal" / "locale"
    return folder / language / "LC_MESSAGES" / "django.po"


def po_paths(language: str, project: Path = PROJECT) -> list[Path]:
    """The catalogues that a language has: the shared one, then those of the apps."""
    shared = po_path(language, project=project)
    own = sorted((project / "apps").glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
    return [path for path in (shared, *own) if path.exists()]


def read(language: str, project: Path = PROJECT) -> Catalogue:
    """The translations of a language in all its catalogues; where they differ, the words of an app win."""
    found: Catalogue = {}
    for path in po_paths(language, project):
        found |= parse(path.read_text())
    return found


def disagreements(language: str, project: Path = PROJECT) -> list[tuple[Key, list[list[str]]]]:
    """(text, its translations) of what the catalogues translate in more than one way, as after a merge."""
    said: dict[Key, list[list[str]]] = {}
    for path in po_paths(language, project):
        for key, words in parse(path.read_text()).items():
            if words not in said.setdefault(key, []):
                said[key].append(words)
    return [(key, words) for key, words in said.items() if len(words) > 1]


def write(language: str, texts: Iterable[Text], known: Catalogue, project: Path = PROJECT) -> None:
    """Write every catalogue of a language anew, compiled beside; one that has no texts any more goes."""
    homes = by_home(texts, project)
    for path in po_paths(language, project):
        if not any(path == po_path(language, home, project) for home in homes):
            path.unlink()
            path.with_suffix(".mo").unlink(missing_ok=True)
    for home, rows in homes.items():
        path = po_path(language, home, project)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(language, rows, known))
        path.with_suffix(".mo").write_bytes(compiled(language, rows, known))


def parse(source: str) -> Catalogue:
    """The translated entries of a .po; those marked fuzzy or obsolete are left out."""
    found: Catalogue = {}
    for block in source.split("\n\n"):
        entry = _entry(block)
        words = [value for name, value in sorted(entry.items()) if name.startswith("msgstr")]
        if entry.get("msgid") and words and all(words) and "#, fuzzy" not in block:
            found[entry.get("msgctxt", ""), entry["msgid"]] = words
    return found


def _entry(block: str) -> dict[str, str]:
    entry: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if match := LINE.match(line):
            name = match[1] or name
            entry[name] = entry.get(name, "") + ast.literal_eval(match[2])
    return entry


def written(language: str, texts: Iterable[Text], known: Catalogue) -> str:
    """The .po of a language: every marked text with its places (without lines, so that it changes with texts only)."""
    return "\n\n".join([_head(language), *(_block(row, known.get(row.key, [])) for row in texts)]) + "\n"


def _head(language: str) -> str:
    fields = _fields(language)
    return "\n".join(['msgid ""', 'msgstr ""', *(_quoted(f"{line}\n") for line in fields.splitlines())])


def _fields(language: str) -> str:
    name, plural = HEAD[language]
    return (
        f"Project-Id-Version: CARICOM security portal\nLanguage-Team: {name}\nLanguage: {language}\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: {plural}\n"
    )


def _block(row: Text, words: list[str]) -> str:
    lines = [f"#: {place}" for place in sorted(row.places)]
    if "%(" in row.text:
        lines.append("#, python-format")
    if row.context:
        lines.append(f"msgctxt {_quoted(row.context)}")
    lines.append(f"msgid {_quoted(row.text)}")
    if row.plural:
        pair = words if len(words) == 2 else ["", ""]
        lines += [f"msgid_plural {_quoted(row.plural)}", *(f"msgstr[{n}] {_quoted(one)}" for n, one in enumerate(pair))]
    else:
        lines.append(f"msgstr {_quoted(words[0] if words else '')}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(language: str, texts: Iterable[Text], known: Catalogue) -> bytes:
    """The .mo of the translated texts: same bytes for the same catalogue."""
    rows = sorted([(b"", _fields(language).encode()), *_pairs(texts, known)])
    ids, words = b"".join(key + b"\0" for key, _ in rows), b"".join(word + b"\0" for _, word in rows)
    ids_at = HEAD_BYTES + 16 * len(rows)
    head = struct.pack("<7I", MAGIC, 0, len(rows), HEAD_BYTES, HEAD_BYTES + 8 * len(rows), 0, ids_at)
    tables = _table((key for key, _ in rows), ids_at) + _table((word for _, word in rows), ids_at + len(ids))
    return head + tables + ids + words


def _pairs(texts: Iterable[Text], known: Catalogue) -> Iterator[tuple[bytes, bytes]]:
    for row in texts:
        words = known.get(row.key)
        if words:
            key = "\0".join([row.text, row.plural]) if row.plural else row.text
            yield (f"{row.context}\x04{key}" if row.context else key).encode(), "\0".join(words).encode()


def _table(items: Iterable[bytes], start: int) -> bytes:
    table = b""
    for item in items:
        table += struct.pack("<2I", len(item), start)
        start += len(item) + 1
    return table
