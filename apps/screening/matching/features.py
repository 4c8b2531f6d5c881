"""What a comparison finds, as additive features: (evidence line, feature, value)."""

from typing import NamedTuple

from rapidfuzz.distance import Indel

from . import birth_dates, documents
from .alignment import CROSSED, Alignment
from .birth_dates import BirthDate
from .countries import related
from .documents import Document
from .identity import Identity
from .names import GIVEN, SURNAME, UNKNOWN, Part
from .spelling import BEGINNING, CLOSE, EQUAL, INITIAL, PET, SOUND, SPELLING

type Observation = tuple[str, str, float]

# Coded so that a sign decides the order: whatever is not equal pays a cost against the weight of being equal.
COST = {
    SPELLING: "token_respelled",
    SOUND: "token_sounded",
    PET: "token_familiar",
    CLOSE: "token_misspelt",
    BEGINNING: "token_cut",
    INITIAL: "token_initial",
}
LINE_OF_ROLE = {SURNAME: "surname", GIVEN: "given_names", UNKNOWN: "full_name", CROSSED: "name_order"}
AGREES = {SURNAME: "surname_agrees", GIVEN: "given_agrees", UNKNOWN: "token_agrees", CROSSED: "token_agrees"}
DATE_FEATURE = {level: f"date_{level}" for level in birth_dates.LEVELS}
DATE_AGREES = birth_dates.STRONG | {"month_known", "year_known", "in_range", "default_1_january"}
DOCUMENT_FEATURE = {level: f"document_{level}" for level in documents.LEVELS}
DOCUMENT_AGREES = frozenset(("same", "confusable", "same_no_issuer", "one_edit"))
# What the birth dates say beside the names.
DATE_STATE = {
    level: "day" if level in birth_dates.STRONG else "year" if level in DATE_AGREES else "against"
    for level in birth_dates.LEVELS
}


LEAST_RESEMBLING = 5


class Facts(NamedTuple):
    """Everything but the names: levels with the values compared, None where a side says nothing."""

    date: tuple[str, BirthDate, BirthDate] | None
    document: tuple[str, Document, Document] | None
    sex: str | None
    nationality: str | None

    @property
    def date_state(self) -> str:
        """What the birth dates say beside the names: `day`, `year`, `against`; `open` if not compared, or `nothing`."""
        if self.date:
            return DATE_STATE[self.date[0]]
        return "open" if self.sex or self.nationality or self.document else "nothing"


class NameSummary(NamedTuple):
    """How the names agree as a whole."""

    agreed: int
    conflicts: int
    extra: int
    surname_differs: bool
    given_differs: bool
    given_agrees: bool
    rarity: float

    @property
    def state(self) -> str:
        """`none`, `one`, `surname`, `given` or `both` differing, `part` not stated by one side, or `all` alike."""
        if self.agreed == 0:
            return "none"
        if self.conflicts:
            return (
                "both" if self.surname_differs == self.given_differs else "surname" if self.surname_differs else "given"
            )
        if self.agreed == 1:
            return "one"
        return "part" if self.extra else "all"


def gather(a: Identity, b: Identity) -> Facts:
    """Compare dates, documents, sex and nationality."""
    sex = None
    if a.sex and b.sex:
        sex = "sex_equal" if a.sex == b.sex else "sex_differs"
    nationality = None
    if a.nationality and b.nationality:
        if not a.nationality.isdisjoint(b.nationality):
            nationality = "nationality_shared"
        elif not related(a.nationality, b.nationality):
            nationality = "nationality_differs"
    return Facts(
        birth_dates.best_level(a.dates, b.dates), documents.best_level(a.documents, b.documents), sex, nationality
    )


def observe_names(alignment: Alignment) -> tuple[list[Observation], NameSummary]:
    """The features of two aligned names."""
    found: list[Observation] = []
    best: dict[str, float] = {}
    total = 0.0
    for ours, theirs, role, near in alignment.agreed:
        line = LINE_OF_ROLE[role]
        rarity = near.rarity
        if near.level is not EQUAL:
            found.append((line, COST[near.level], 1.0))
            if near.level is CLOSE:
                found.append((line, "token_looseness", 1.0 - near.closeness))
                # The further apart, the more names lie as near by chance.
                rarity *= min(1.0, 0.35 + near.closeness)
            elif near.level is INITIAL:
                rarity /= 2
            if near.level is not INITIAL and min(len(ours.text), len(theirs.text)) < 5:
                found.append((line, "token_short", 1.0))
        total += rarity
        found.append((line, AGREES[role], 1.0))
        best[role] = max(best.get(role, 0.0), rarity)
    if CROSSED in best:
        found.append(("name_order", "names_swapped" if len(best) == 1 else "names_partly_swapped", 1.0))
    # The further parts of one given name or family name are seldom as independent as their shares say.
    foremost = sum(best.values())
    found.append(("whole_name", "rarity_of_further_parts", (total - foremost) / 3))
    return found, _left_over(alignment, set(best), foremost / 3, found)


def _left_over(alignment: Alignment, roles: set[str], rarity: float, found: list[Observation]) -> NameSummary:
    """Tokens with no counterpart: in conflict where both sides have some, else simply not stated by one side."""
    ours, theirs = alignment.ours_left, alignment.theirs_left
    conflicts = min(len(ours), len(theirs))
    surname = given = False
    if conflicts:
        ours_roles, theirs_roles = {r for _, r in ours}, {r for _, r in theirs}
        surname = _meets(SURNAME, ours_roles, theirs_roles)
        given = _meets(GIVEN, ours_roles, theirs_roles)
        if surname:
            found.append(("surname", "surname_part_differs" if SURNAME in roles else "surname_differs", 1.0))
        if given:
            found.append(("given_names", "given_part_differs" if GIVEN in roles else "given_differs", 1.0))
        line = "surname" if surname else "given_names" if given else "full_name"
        found.append((line, "tokens_differ", float(conflicts)))
        found.append((line, "tokens_resemble", sum(_resemblances(ours, theirs)[:conflicts])))
    longer, whole = (ours, alignment.ours) if len(ours) > len(theirs) else (theirs, alignment.theirs)
    extra = [part for part in longer[conflicts:] if len(part[0].text) > 1]
    for _, role in extra:
        found.append(("extra_names", f"extra_{'surname' if role == SURNAME else 'given'}", 1.0))
    if extra and not conflicts:
        for role, feature in ((SURNAME, "first_surname_missing"), (GIVEN, "first_given_missing")):
            first = next((part for part in whole if part[1] == role), None)
            if first in extra and role in roles:
                found.append(("extra_names", feature, 1.0))
    return NameSummary(len(alignment.agreed), conflicts, len(extra), surname, given, GIVEN in roles, rarity)


def _resemblances(ours: list[Part], theirs: list[Part]) -> list[float]:
    """How far differing tokens are from having nothing in common: 0 for half their letters or less, to 0.5.

    Short names that differ do not resemble: ANIL and SUNIL are brothers, not one name mistyped.
    """
    pairs = [(x.text, y.text) for x, _ in ours for y, _ in theirs if min(len(x.text), len(y.text)) >= LEAST_RESEMBLING]
    return sorted([max(0.0, Indel.normalized_similarity(x, y) - 0.5) for x, y in pairs], reverse=True)


def _meets(role: str, ours: set[str], theirs: set[str]) -> bool:
    return (role in ours and (role in theirs or UNKNOWN in theirs)) or (role in theirs and UNKNOWN in ours)


def observe_facts(facts: Facts, names: NameSummary | None, both_female: bool) -> list[Observation]:
    """Features of the other fields, and of patterns between them and the names."""
    found: list[Observation] = []
    level = facts.date[0] if facts.date else None
    if level:
        _add_level("birth_date", DATE_FEATURE[level], "date_equal", level in DATE_AGREES, found)
    if facts.sex:
        found.append(("sex", facts.sex, 1.0))
    if facts.nationality:
        found.append(("nationality", facts.nationality, 1.0))
    if facts.document:
        kind = facts.document[0]
        _add_level("document", DOCUMENT_FEATURE[kind], "document_same", kind in DOCUMENT_AGREES, found)
    date = facts.date_state
    if names is None:
        return found
    state = names.state
    found.append(("whole_name", f"{state}_{date}", 1.0))
    if state != "none":
        found.append(("whole_name", f"rarity_{state}_{date}", names.rarity))
    if date == "day" and state == "given" and not names.given_agrees:
        found.append(("whole_name", "twins", 1.0))
    if state == "surname" and both_female and date == "day":
        found.append(("whole_name", "married_name", 1.0))
    return found


def _add_level(line: str, feature: str, top: str, agrees: bool, found: list[Observation]) -> None:
    """An agreeing level counts as the top one less its own cost; any other level stands alone."""
    if agrees:
        found.append((line, top, 1.0))
    if feature != top:
        found.append((line, feature, 1.0))
