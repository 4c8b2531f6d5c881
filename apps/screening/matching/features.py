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
DATE_FEATURE = {level: f"date_{level}" for level in birth_dates.LEVELS}
DATE_AGREES = birth_dates.STRONG | {"month_known", "year_known", "in_range", "default_1_january"}
DOCUMENT_FEATURE = {level: f"document_{level}" for level in documents.LEVELS}
DOCUMENT_AGREES = frozenset(("same", "confusable", "same_no_issuer", "one_edit"))
# Above this sum the tokens' rarity is damped: names of one family and language are not independent.
RARITY_ENOUGH = 3.0


class Facts(NamedTuple):
    """Everything but the names: levels with the values compared, None where a side says nothing."""

    date: tuple[str, BirthDate, BirthDate] | None
    document: tuple[str, Document, Document] | None
    sex: str | None
    nationality: str | None


class NameSummary(NamedTuple):
    """How the names agree as a whole."""

    agreed: int
    conflicts: int
    extra: int
    surname_differs: bool
    given_differs: bool

    @property
    def all_agree(self) -> bool:
        return self.agreed >= 2 and not self.conflicts


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
    total, roles = 0.0, set()
    for ours, theirs, role, near in alignment.agreed:
        line = LINE_OF_ROLE[role]
        weight = min(ours.rarity, theirs.rarity) / 3
        if near.level is not EQUAL:
            found.append((line, COST[near.level], 1.0))
            if near.level is CLOSE:
                found.append((line, "token_looseness", 1.0 - near.closeness))
            elif near.level is INITIAL:
                weight /= 2
        total += weight
        found.append((line, "token_agrees", 1.0))
        found.append((line, "token_rarity", weight))
        roles.add(role)
    if CROSSED in roles:
        found.append(("name_order", "names_swapped", 1.0))
    if total > RARITY_ENOUGH:
        found.append(("name_rarity", "rarity_beyond_enough", total - RARITY_ENOUGH))
    summary = _left_over(alignment, roles, found)
    _whole(summary, total, found)
    return found, summary


def _left_over(alignment: Alignment, roles: set[str], found: list[Observation]) -> NameSummary:
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
    longer = ours if len(ours) > len(theirs) else theirs
    extra = [part for part in longer[conflicts:] if len(part[0].text) > 1]
    for _, role in extra:
        found.append(("extra_names", f"extra_{'surname' if role == SURNAME else 'given'}", 1.0))
    return NameSummary(len(alignment.agreed), conflicts, len(extra), surname, given)


def _resemblances(ours: list[Part], theirs: list[Part]) -> list[float]:
    """How far differing tokens are from having nothing in common: 0 for half their letters or less, to 0.5."""
    return sorted(
        [max(0.0, Indel.normalized_similarity(x.text, y.text) - 0.5) for x, _ in ours for y, _ in theirs], reverse=True
    )


def _meets(role: str, ours: set[str], theirs: set[str]) -> bool:
    return (role in ours and (role in theirs or UNKNOWN in theirs)) or (role in theirs and UNKNOWN in ours)


def _whole(summary: NameSummary, rarity: float, found: list[Observation]) -> None:
    if summary.agreed == 0:
        found.append(("whole_name", "no_token_agrees", 1.0))
    elif summary.agreed == 1 and (summary.conflicts or summary.extra):
        found.append(("whole_name", "one_token_agrees", 1.0))
    elif not summary.conflicts:
        found.append(("whole_name", "all_tokens_agree", 1.0))
        found.append(("whole_name", "whole_name_rarity", rarity))


def observe_facts(facts: Facts, names: NameSummary, both_female: bool) -> list[Observation]:
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
    if level in birth_dates.STRONG:
        _with_strong_date(names, both_female, found)
    elif level in birth_dates.CONTRARY and names.all_agree:
        found.append(("pattern", "namesake", 1.0))
    if names.all_agree and _uncontradicted(facts):
        found.append(("agreement", "nothing_contradicts", 1.0))
    return found


def _add_level(line: str, feature: str, top: str, agrees: bool, found: list[Observation]) -> None:
    """An agreeing level counts as the top one less its own cost; any other level stands alone."""
    if agrees:
        found.append((line, top, 1.0))
    if feature != top:
        found.append((line, feature, 1.0))


def _uncontradicted(facts: Facts) -> bool:
    return (
        facts.sex != "sex_differs"
        and facts.nationality != "nationality_differs"
        and (facts.date is None or facts.date[0] in DATE_AGREES)
        and (facts.document is None or facts.document[0] in DOCUMENT_AGREES or facts.document[0] == "different")
    )


def _with_strong_date(names: NameSummary, both_female: bool, found: list[Observation]) -> None:
    if names.given_differs:
        found.append(("pattern", "twins", 1.0))
    elif names.surname_differs and both_female:
        found.append(("pattern", "married_name", 1.0))
    elif names.all_agree:
        found.append(("pattern", "name_and_date_short" if names.extra else "name_and_date", 1.0))
