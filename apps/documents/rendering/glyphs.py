"""Which characters the fonts of the PDF renderer can draw.

PDF/UA allows no character without a glyph, and one emoji in a title must not stop a decision. What cannot be drawn is
written as its code point, `[U+1F600]`: nothing is lost and nothing guessed. `glyphs.txt` holds the code points of the
fonts that come with typst (Libertinus Serif, New Computer Modern, DejaVu Sans Mono), one range a line, without those
of private use.
"""

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

LATIN_END = 0x17F
"""Latin-1 and Latin Extended-A: every language of the Community, and in every cut of the fonts."""


@lru_cache
def _ranges() -> tuple[list[int], list[int]]:
    pairs = [line.split("-") for line in (Path(__file__).parent / "glyphs.txt").read_text().split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]


def is_drawn(character: str) -> bool:
    """Whether a font has the character; newline and tab count as drawn."""
    starts, ends = _ranges()
    code = ord(character)
    at = bisect_right(starts, code) - 1
    return character in "\n\t" or (at >= 0 and code <= ends[at])


def drawable(text: str, *, latin_only: bool = False) -> str:
    """The text with every character that cannot be drawn as `[U+…]`.

    `latin_only` is for texts with a sign that one cut of the fonts lacks, as an italic arrow.
    """
    return "".join(
        each if is_drawn(each) and not (latin_only and ord(each) > LATIN_END) else _named(each) for each in text
    )


def storable(text: str) -> str:
    """The text with every character that XML 1.0 has no place for as `[U+…]` (section 2.2)."""
    return "".join(each if _in_xml(ord(each)) else _named(each) for each in text)


def _in_xml(code: int) -> bool:
    return code in {9, 10} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


def _named(character: str) -> str:
    return f"[U+{ord(character):04X}]"
