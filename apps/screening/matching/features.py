"""What a comparison finds, as remarks on lines of the ledger: additive features."""

from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, Indel

from . import birth_dates, documents
from .alignment import CROSSED, Alignment
from .birth_dates import BirthDate
from .documents import Document
from .identity import Identity
from .making import maker
from .names import GIVEN, SURNAME, UNKNOWN, Part
from .remarks import Remark, Told, remark
from .spelling import (
    ABBREVIATED,
    BEGINNING,
    CLOSE,
    EQUAL,
    INITIAL,
    PET,
    SHORTENED,
    SOUND,
    SPELLING,
    SYLLABLES,
    Nearness,
    Token,
    least_edits,
)

# Coded so that a sign decides the order: whatever is not equal pays a cost against the weight of being equal.
COST = {
    SPELLING: "token_respelled",
    SOUND: "token_sounded",
    PET: "token_familiar",
    SHORTENED: "token_shortened",
    CLOSE: "token_misspelt",
    BEGINNING: "token_cut",
    INITIAL: "token_initial",
}
KNOWN = {CLOSE: "token_misspelt_known", BEGINNING: "token_cut_known", SOUND: "token_sounded_known"}
# Where both are names of their own, one is less likely an error for the other: JOAN is seldom a JEAN.
LINE_OF_ROLE = {SURNAME: "surname", GIVEN: "given_names", UNKNOWN: "full_name", CROSSED: "name_order"}
AGREES = {SURNAME: "surname_agrees", GIVEN: "given_agrees", UNKNOWN: "token_agrees", CROSSED: "token_agrees"}
DATE_AGREES = birth_dates.STRONG | {"month_known", "year_known", "in_range", "default_1_january"}
DOCUMENT_AGREES = frozenset(("same", "confusable", "same_no_issuer", "one_edit"))
# What the birth dates say beside the names.
DATE_STATE = {
    level: "day"
    if level in birth_dates.STRONG
    else "year"
    if level in DATE_AGREES
    else "near"
    if level in birth_dates.NEAR
    else "against"
    for level in birth_dates.LEVELS
}
OPEN, NOTHING = "open", "nothing"
NAME_STATES = ("none", "one", "surname", "given", "both", "part", "all")
LEAST_RESEMBLING = 5
FEW = 3


def _of_level(line: str, feature: str, top: str, agrees: bool) -> Remark:
    """An agreeing level counts as the top one less its own cost; any other level stands alone."""
    return remark(line, *([top] if agrees else []), *([feature] if feature != top else []))


OF_DATE = {x: _of_level("birth_date", f"date_{x}", "date_equal", x in DATE_AGREES) for x in birth_dates.LEVELS}
OF_DOCUMENT = {
    x: _of_level("document", f"document_{x}", "document_same", x in DOCUMENT_AGREES) for x in documents.LEVELS
}
OF_SEX = {x: remark("sex", x) for x in ("sex_equal", "sex_differs")}
OF_NATIONALITY = {x: remark("nationality", x) for x in ("nationality_shared", "nationality_differs")}
DATE_STATES = ("day", "year", "near", "against", OPEN, NOTHING)
_TOGETHER = list(product(NAME_STATES, DATE_STATES))
OF_STATE = {(name, date): remark("whole_name", f"{name}_{date}") for name, date in _TOGETHER}
OF_RARITY = {(name, date): remark("whole_name", f"rarity_{name}_{date}") for name, date in _TOGETHER}
FURTHER_PARTS = remark("whole_name", "rarity_of_further_parts")
BRIEF = {x: remark("whole_name", f"rarity_of_one_syllable_{x}") for x in DATE_STATES}
TWINS, MARRIED = remark("whole_name", "twins"), remark("whole_name", "married_name")
SWAPPED, PARTLY_SWAPPED = remark("name_order", "names_swapped"), remark("name_order", "names_partly_swapped")
SURNAME_DIFFERS = remark("surname", "surname_differs"), remark("surname", "surname_part_differs")
GIVEN_DIFFERS = remark("given_names", "given_differs"), remark("given_names", "given_part_differs")
DIFFER = {line: remark(line, "tokens_differ") for line in ("surname", "given_names", "full_name")}
RESEMBLE = {line: remark(line, "tokens_resemble") for line in DIFFER}
SHORT_ALIKE = {line: remark(line, "short_tokens_resemble") for line in DIFFER}
EXTRA_SURNAME, EXTRA_GIVEN = (remark("extra_names", f"extra_{role}") for role in ("surname", "given"))
FIRST_MISSING = (
    (SURNAME, remark("extra_names", "first_surname_missing")),
    (GIVEN, remark("extra_names", "first_given_missing")),
)


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
        return OPEN if self.sex or self.nationality or self.document else NOTHING


class NameSummary(NamedTuple):
    """How the names agree as a whole."""

    agreed: int
    conflicts: int
    extra: int
    surname_differs: bool
    given_differs: bool
    given_agrees: bool
    rarity: float
    marks: int

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
        return "part" if self.extra or self.marks & ABBREVIATED else "all"


_facts = maker(Facts)
_summary = maker(NameSummary)


def gather(a: Identity, b: Identity) -> Facts:
    """Compare dates, documents, sex and nationality."""
    sex = nationality = None
    if a.sex and b.sex:
        sex = "sex_equal" if a.sex == b.sex else "sex_differs"
    ours, theirs = a.nationality, b.nationality
    if ours and theirs:
        if not ours.isdisjoint(theirs):
            nationality = "nationality_shared"
        elif not a.kin & b.kin:
            nationality = "nationality_differs"
    papers = documents.best_level(a.documents, b.documents)
    if papers and papers[0] in DOCUMENT_AGREES and nationality == "nationality_differs":
        # whose passport it is has one nationality, whatever was typed beside it
        nationality = None
    return _facts((birth_dates.best_level(a.dates, b.dates), papers, sex, nationality))


def _remarks(near: Nearness) -> dict[str, Remark]:
    """What to say of two tokens that agree so, by the role in which they do; kept with the nearness."""
    costs: list[str | tuple[str, float]] = []
    if near.level is not EQUAL:
        costs.append(COST[near.level])
        if near.level is CLOSE:
            costs.append(("token_looseness", 1.0 - near.closeness))
        if near.short:
            costs.append("token_short")
        if near.known and near.level in KNOWN:
            costs.append(KNOWN[near.level])
    near.remarks = {role: remark(line, *costs, AGREES[role]) for role, line in LINE_OF_ROLE.items()}
    return near.remarks


def observe_names(alignment: Alignment) -> tuple[list[Told], NameSummary]:
    """The features of two aligned names."""
    found: list[Told] = []
    best: dict[str, float] = {}
    total = 0.0
    marks = 0
    for _ours, _theirs, role, near in alignment.agreed:
        found.append(((near.remarks or _remarks(near))[role], 1.0))
        evidence = near.evidence
        total += evidence
        marks |= near.marks
        if evidence >= best.get(role, 0.0):
            best[role] = evidence
    if CROSSED in best:
        found.append((SWAPPED if len(best) == 1 else PARTLY_SWAPPED, 1.0))
    # The further parts of one given name or family name are seldom as independent as their shares say.
    foremost = sum(best.values())
    if total != foremost:
        found.append((FURTHER_PARTS, (total - foremost) / 3))
    if alignment.ours_left or alignment.theirs_left:
        return found, _left_over(alignment, best, foremost / 3, marks, found)
    return found, _summary((len(alignment.agreed), 0, 0, False, False, GIVEN in best, foremost / 3, marks))


def _left_over(
    alignment: Alignment, roles: dict[str, float], rarity: float, marks: int, found: list[Told]
) -> NameSummary:
    """Tokens with no counterpart: in conflict where both sides have some, else simply not stated by one side."""
    ours, theirs = alignment.ours_left, alignment.theirs_left
    conflicts = min(len(ours), len(theirs))
    surname = given = False
    if conflicts:
        ours_roles, theirs_roles = [r for _, r in ours], [r for _, r in theirs]
        surname = _meets(SURNAME, ours_roles, theirs_roles)
        given = _meets(GIVEN, ours_roles, theirs_roles)
        if surname:
            found.append((SURNAME_DIFFERS[SURNAME in roles], 1.0))
        if given:
            found.append((GIVEN_DIFFERS[GIVEN in roles], 1.0))
        line = "surname" if surname else "given_names" if given else "full_name"
        found.append((DIFFER[line], float(conflicts)))
        resembling = _resemblance(ours, theirs, conflicts)
        if resembling:
            found.append((RESEMBLE[line], resembling))
        alike = _short_alike(ours, theirs)
        if alike:
            found.append((SHORT_ALIKE[line], float(min(alike, conflicts))))
    extra = _extra(alignment, conflicts, roles, found) if len(ours) != len(theirs) else 0
    return _summary((len(alignment.agreed), conflicts, extra, surname, given, GIVEN in roles, rarity, marks))


def _extra(alignment: Alignment, conflicts: int, roles: dict[str, float], found: list[Told]) -> int:
    """How many tokens one side states beyond what the other could answer; single letters are none."""
    ours, theirs = alignment.ours_left, alignment.theirs_left
    longer, whole = (ours, alignment.ours) if len(ours) > len(theirs) else (theirs, alignment.theirs)
    extra = [part for part in longer[conflicts:] if part[0].size > 1]
    for _, role in extra:
        found.append((EXTRA_SURNAME if role == SURNAME else EXTRA_GIVEN, 1.0))
    if extra and not conflicts:
        for role, missing in FIRST_MISSING:
            first = next((part for part in whole if part[1] == role), None)
            if first in extra and role in roles:
                found.append((missing, 1.0))
    return len(extra)


def _resemblance(ours: list[Part], theirs: list[Part], conflicts: int) -> float:
    """How far differing tokens are from having nothing in common: 0 for half their letters or less, to 0.5 for each.

    Short names that differ do not resemble: ANIL and SUNIL are brothers, not one name mistyped.
    """
    alike = []
    for x, _ in ours:
        if x.size >= LEAST_RESEMBLING:
            for y, _ in theirs:
                if y.size >= LEAST_RESEMBLING:
                    share = Indel.normalized_similarity(x.text, y.text, score_cutoff=0.5)
                    if share > 0.5:
                        alike.append(share - 0.5)
    if len(alike) > conflicts:
        alike.sort(reverse=True)
        del alike[conflicts:]
    return sum(alike)


def _short_alike(ours: list[Part], theirs: list[Part]) -> int:
    """How many differing tokens of two or three letters are one error from one of the other side: MEI and MCI."""
    alike = 0
    for x, _ in ours:
        for y, _ in theirs:
            if (x.size <= FEW or y.size <= FEW) and x.size > 1 and y.size > 1 and _one_apart(x, y):
                alike += 1
                break
    return alike


def _one_apart(x: Token, y: Token) -> bool:
    return least_edits(x.letters, y.letters) < 2 and DamerauLevenshtein.distance(x.text, y.text, score_cutoff=1) == 1


def _meets(role: str, ours: list[str], theirs: list[str]) -> bool:
    return (role in ours and (role in theirs or UNKNOWN in theirs)) or (role in theirs and UNKNOWN in ours)


def observe_facts(facts: Facts, date: str, names: NameSummary | None, both_female: bool, found: list[Told]) -> None:
    """Add the features of the other fields to `found`, and of patterns between them and the names.

    `date` is the facts' `date_state`.
    """
    dates, papers, sex, nationality = facts
    if dates:
        found.append((OF_DATE[dates[0]], 1.0))
    if sex:
        found.append((OF_SEX[sex], 1.0))
    if nationality:
        found.append((OF_NATIONALITY[nationality], 1.0))
    if papers:
        found.append((OF_DOCUMENT[papers[0]], 1.0))
    if names is None:
        return
    state = names.state
    _tell_state(state, date, names, found)
    if date == "day":
        if state == "given" and not names.given_agrees:
            found.append((TWINS, 1.0))
        elif state == "surname" and both_female:
            found.append((MARRIED, 1.0))


def _tell_state(state: str, date: str, names: NameSummary, found: list[Told]) -> None:
    """How the names agree as a whole beside what the dates say, and how rare the names are that do."""
    found.append((OF_STATE[state, date], 1.0))
    if names.rarity:
        found.append((OF_RARITY[state, date], names.rarity))
        if not names.marks & SYLLABLES:
            found.append((BRIEF[date], names.rarity))
