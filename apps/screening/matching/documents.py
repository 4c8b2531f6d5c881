"""Document numbers: one written form, and how two documents agree."""

from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from .making import maker

CONFUSABLE = str.maketrans("OQDILSBZG", "000115826")
_NOT_KEPT = {code: None for code in range(128) if not chr(code).isalnum()}


class Document(NamedTuple):
    """`number` is upper case without marks and leading zeros; `plain` has look-alike letters turned to digits."""

    number: str
    plain: str
    issuer: str | None
    kind: str


_document = maker(Document)

# Levels of agreement, strongest first.
LEVELS = (
    *("same", "confusable", "same_no_issuer", "one_edit", "same_other_issuer"),
    *("neighbour", "national_id_differs", "different", "different_issuer", "other_kind"),
)
RANK = {level: place for place, level in enumerate(LEVELS)}


def document(number: str, issuer: str | None, kind: str) -> Document | None:
    """Normalise one document; None if no letter or digit is left of its number."""
    kept = number.upper() if number.isascii() and number.isalnum() else number.upper().translate(_NOT_KEPT)
    kept = kept.lstrip("0") or kept
    if not kept:
        return None
    plain = kept if kept.isdigit() else kept.translate(CONFUSABLE).lstrip("0") or "0"
    return _document((kept, plain, issuer, kind))


def best_level(ours: tuple[Document, ...], theirs: tuple[Document, ...]) -> tuple[str, Document, Document] | None:
    """The strongest agreement between any two documents, with the two; None where one side has none."""
    if not ours or not theirs:
        return None
    if len(ours) == 1 and len(theirs) == 1:
        return level(ours[0], theirs[0]), ours[0], theirs[0]
    return min(((level(a, b), a, b) for a in ours for b in theirs), key=lambda found: RANK[found[0]])


def level(a: Document, b: Document) -> str:
    """One of LEVELS; symmetric."""
    same_issuer = a.issuer == b.issuer and a.issuer is not None
    open_issuer = a.issuer is None or b.issuer is None
    if a.number == b.number:
        return "same" if same_issuer else "same_no_issuer" if open_issuer else "same_other_issuer"
    if a.plain == b.plain and (same_issuer or open_issuer):
        return "confusable"
    if a.kind != b.kind:
        return "other_kind"
    return _near_number(a, b) if same_issuer else "different_issuer"


def _near_number(a: Document, b: Document) -> str:
    if _consecutive(a.number, b.number):
        # Families renew together: neighbouring numbers speak for relatives, not for one person.
        return "neighbour"
    if len(a.number) >= 6 and DamerauLevenshtein.distance(a.number, b.number, score_cutoff=1) == 1:
        return "one_edit"
    return "national_id_differs" if a.kind == b.kind == "ID" else "different"


def _consecutive(a: str, b: str) -> bool:
    if len(a) != len(b) or a[:-3] != b[:-3] or not (a[-3:].isdigit() and b[-3:].isdigit()):
        return False
    return abs(int(a[-3:]) - int(b[-3:])) <= 9
