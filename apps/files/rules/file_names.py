"""Names of files as people see them. A name is shown and offered for saving; it never touches the disk."""

import re
import unicodedata

LONGEST = 150  # characters
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that a reader cannot see, among them bidi overrides (Unicode TR 36, section 3.6)."""


def cleaned(name: str) -> str:
    """The name in NFC without path, control and direction characters, at most 150 long with its ending kept.

    "C:\\tmp\\a.pdf" → "a.pdf"; what is left empty is called "file".
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(" " if c in "\t\r\n" else c for c in text if c in "\t\r\n" or unicodedata.category(c) not in UNSEEN)
    text = re.sub(r"\s+", " ", re.split(r"[/\\]", text)[-1]).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot:
        return text[:LONGEST] or "file"
    ending = ending[:20]
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .') or 'file'}.{ending}"


def ending(name: str) -> str:
    """ "pdf" of "Report.PDF"; "" without one. `jpeg` counts as `jpg`."""
    found = name.rpartition(".")[2].lower() if "." in name else ""
    return {"jpeg": "jpg"}.get(found, found)
