"""Name tokens and how near two of them are: equal, another spelling, a pet name, close, a beginning, an initial."""

import math
import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from .remarks import Remark
from .tables import families, token_shares

# Levels of agreement between two tokens, best first.
EQUAL, SPELLING, SOUND, PET = "equal", "spelling", "sound", "pet"
SHORTENED, CLOSE, BEGINNING, INITIAL = "shortened", "close", "beginning", "initial"

_SMALL_WORDS = (
    "van der de den ter ten te op t del della di da do dos das du des la le l el al bin ibn ben bint abu abou abd "
    "abdel abdul um von zu af av y e san santa mc mac jr sr ii iii mr mrs ms mstr miss dr st ste saint sainte"
)
PARTICLES = frozenset(_SMALL_WORDS.split())
TITLES = ("mstr", "miss", "mrs", "mr", "ms")
_VOWELS = re.compile("[aeiouy]+")
_NO_VOWELS = {ord(vowel): None for vowel in "aeiou"}
CACHE_LIMIT = 600_000
MOST_EDITS = 3
SYLLABLES, ABBREVIATED = 1, 2
"""Marks of an agreement: one of the two has more than one syllable; one is an initial."""
FEW_LETTERS = 5
FAMILIAR_ENDINGS = ("ie", "ey", "y", "i")
COMMON_BY_ITSELF = 4e-3
UNLISTED_SPELLING = 0.05
"""Part of the share of all names with the same consonants that a spelling has which no list knows."""


class Nearness:
    """How two tokens agree.

    `rank` orders alternatives (0 to 1); `closeness` is 0 to 1 and set for CLOSE only; `rarity` is ln of the inverse
    share of people who have a name that would agree so, less 1; `evidence` is what of it the agreement is worth;
    `short` is whether one of two unequal tokens has few letters. `remarks` is for whoever tells of it, by role.
    """

    __slots__ = ("closeness", "evidence", "known", "level", "marks", "rank", "rarity", "remarks", "short")

    def __init__(
        self,
        level: str,
        rank: float,
        closeness: float = 0.0,
        rarity: float = 0.0,
        short: bool = False,
        marks: int = 0,
    ) -> None:
        self.level, self.rank, self.closeness, self.rarity, self.short = level, rank, closeness, rarity, short
        self.marks = marks | ABBREVIATED if level is INITIAL else marks
        self.known = False
        # The further apart, the more names lie as near by chance.
        part = min(1.0, 0.35 + closeness) if level is CLOSE else 0.5 if level is INITIAL else 1.0
        self.evidence = rarity * part
        self.remarks: dict[str, Remark] | None = None


class Token:
    """One word of a name with everything that comparing needs, made once per distinct word (see `token`)."""

    __slots__ = (
        *("consonants", "equal", "fold", "fold_letters", "letters", "near", "optical", "particle", "pet", "rarity"),
        *("initials", "known", "marks", "size", "skeleton", "spelling", "text", "untitled", "upper"),
    )

    def __init__(self, text: str) -> None:
        self.text, self.upper, self.size = text, text.upper(), len(text)
        self.fold = fold(text)
        self.optical = _replace_each(text, _LOOK_ALIKE)
        seen = self.fold if self.optical == text else fold(self.optical)
        self.skeleton = seen[:1] + seen[1:].translate(_NO_VOWELS)
        self.consonants = text.translate(_NO_VOWELS)
        self.spelling = families().spelling.get(text) or families().spelling.get(self.optical)
        self.pet = families().pet.get(text)
        self.rarity = _evidence(share(text, self.skeleton))
        self.marks = SYLLABLES if len(_VOWELS.findall(text)) > 1 else 0
        self.particle = text in PARTICLES
        # letters that may be initials run together, as no name is spelled so
        self.known = text in token_shares()
        self.initials = 1 < self.size <= 3 and not (self.particle or self.known)
        self.untitled = strip_title(text)
        self.letters, self.fold_letters = letters(text), letters(self.fold)
        self.equal = Nearness(EQUAL, 1.0, 0.0, self.rarity, marks=self.marks)
        # what was found of it and other tokens so far (see `nearness`)
        self.near: dict[Token, Nearness | None] = {self: self.equal}

    def __reduce__(self) -> tuple[Callable[[str], "Token"], tuple[str]]:
        # Tokens are compared by identity; unpickling must give back the one token of that text.
        return token, (self.text,)

    def __repr__(self) -> str:
        return f"Token({self.text!r})"


_tokens: dict[str, Token] = {}
_compared = 0


def token(text: str) -> Token:
    """The token of this text; one object per text in a process."""
    found = _tokens.get(text)
    if found is None:
        found = _tokens[text] = Token(text)
    return found


def letters(text: str) -> int:
    """A bit for each letter that occurs."""
    found = 0
    for letter in text:
        found |= 1 << (ord(letter) & 31)
    return found


def least_edits(ours: int, theirs: int) -> int:
    """How many edits two texts are at least apart, by their `letters`: each brings or takes one letter at most."""
    return max((ours & ~theirs).bit_count(), (theirs & ~ours).bit_count())


def share(text: str, skeleton: str) -> float:
    """Share of the reference population (0 to 1) that bears this token.

    A name that is not listed is rare, but one that sounds like common ones is most often their other spelling.
    """
    known = token_shares().get(text)
    if known is not None:
        return known
    unseen = 3e-5 if len(text) >= 6 else 1e-4 if len(text) > 3 else 1e-3
    return max(unseen, UNLISTED_SPELLING * _shares_together()[2].get(skeleton, 0.0))


def _evidence(of: float) -> float:
    return max(1.0, -math.log(of)) - 1.0


@lru_cache(1)
def _shares_together() -> tuple[dict[int, float], dict[str, float], dict[str, float]]:
    """Shares of whole families of spellings, of all names that sound alike, and of all with the same consonants."""
    of_family: dict[int, float] = defaultdict(float)
    of_fold: dict[str, float] = defaultdict(float)
    of_bones: dict[str, float] = defaultdict(float)
    for text, known in token_shares().items():
        one = token(text)
        of_fold[one.fold] += known
        of_bones[one.skeleton] += known
        for family in {*(one.spelling or ()), *(one.pet or ())}:
            of_family[family] += known
    return of_family, of_fold, of_bones


def read_tables() -> None:
    """Read what comparing looks up, so that the first pair of a process is no slower than the others."""
    _shares_together()


def _rarity_of(a: Token, b: Token, level: str) -> float:
    """The rarity of agreeing at this level: what is common in any spelling that would agree proves little."""
    common = max(share(a.text, a.skeleton), share(b.text, b.skeleton))
    of_family, of_fold, of_bones = _shares_together()
    if level in (SPELLING, PET):
        ours, theirs = (a.spelling, b.spelling) if level is SPELLING else (a.pet, b.pet)
        common = max(
            [common, *(of_family.get(family, 0.0) for family in (ours or frozenset()) & (theirs or frozenset()))]
        )
    elif level is SOUND:
        common = max(common, *(of_fold.get(t.fold, 0.0) for t in (a, b)))
    if level is CLOSE or (level is SOUND and a.fold != b.fold):
        common = max(common, *(of_bones.get(t.skeleton, 0.0) for t in (a, b)))
    return _evidence(common)


def strip_title(text: str) -> str:
    """The name under a title that an airline system glued on: `kevinmr` gives `kevin`."""
    if text.endswith(TITLES):
        for title in TITLES:
            if text.endswith(title) and len(text) > len(title):
                return text[: -len(title)]
    return text


# Sound-alike spellings of the region (Indian-origin, Dutch-Surinamese, Spanish, Arabic, Creole), in this order.
_ONE_LETTER = str.maketrans("yj", "ii")
_HARD = str.maketrans("Qc", "kk")
_SOFT_C = re.compile("c(?=[eiy])")
_SOFT_B = re.compile("w|b(?=[aeiou])")
_DOUBLE = re.compile(r"(.)\1+")
_AFTER_VOWEL_H = re.compile("(?<=[aeiou])h")
# Letters that an optical reader takes for one another.
_LOOK_ALIKE = (("rn", "m"), ("cl", "d"), ("vv", "w"))
_FIRST = (("sch", "Q"), ("sh", "Q"), ("ch", "Q"), ("tj", "Q"), ("ph", "f"))
_SECOND = (("gh", "g"), ("kh", "k"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("dj", "d"), ("dh", "d"))
_THIRD = (
    ("vyo", "ve"),
    *(("x", "ks"), ("z", "s"), ("th", "t"), ("bh", "b"), ("jh", "j"), ("oe", "u"), ("ou", "u"), ("oo", "u")),
    *(("ee", "i"), ("ie", "i"), ("ij", "i"), ("ey", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i")),
    *(("aa", "a"), ("au", "a"), ("aw", "a"), ("ae", "a"), ("ue", "u"), ("o", "u")),
)


def fold(text: str) -> str:
    """The token with sound-alike spellings made one: `soerdjan` and `surdjan` fold alike."""
    if text.startswith("mac"):
        text = "mc" + text[3:]
    elif text.startswith("ye"):
        text = text[1:]
    text = _replace_each(text, _FIRST)
    if text.endswith("h"):
        text = text[:-2] if text.endswith("gh") else text[:-1]
    text = _replace_each(text, _SECOND)
    if "c" in text:
        text = _SOFT_C.sub("s", text)
    text = _SOFT_B.sub("v", _replace_each(text, _THIRD)).translate(_ONE_LETTER)
    text = _DOUBLE.sub(r"\1", text)
    if "h" in text:
        text = _AFTER_VOWEL_H.sub("", text)
    return text.removesuffix("e").translate(_HARD)


def _replace_each(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


def nearness(a: Token, b: Token) -> Nearness | None:
    """How the two tokens agree, or None where they are different names. Symmetric; remembered as `a.near[b]`."""
    global _compared
    if b in a.near:
        return a.near[b]
    if _compared > CACHE_LIMIT:
        _forget()
    found = _compare(a, b)
    if found is not None:
        found = _between(a, b, found, _rarity_of(a, b, found.level))
    elif a.untitled != a.text or b.untitled != b.text:
        # Once more without a title that may be glued to either; a name that only ends like a title loses nothing.
        under = nearness(token(a.untitled), token(b.untitled))
        found = under and _between(a, b, under, under.rarity)
    a.near[b] = b.near[a] = found
    _compared += 1
    return found


def _forget() -> None:
    global _compared
    for one in _tokens.values():
        one.near = {one: one.equal}
    _compared = 0


def _between(a: Token, b: Token, how: Nearness, rarity: float) -> Nearness:
    short = how.level not in (EQUAL, INITIAL) and min(a.size, b.size) < FEW_LETTERS
    found = Nearness(how.level, how.rank, how.closeness, rarity, short, a.marks | b.marks)
    found.known = a.known and b.known
    return found


_TITLED = Nearness(EQUAL, 0.99)  # a title is no part of the name
_FAMILY = Nearness(SPELLING, 0.93)
_FOLDED = Nearness(SOUND, 0.92)
_VOWELLESS = Nearness(SOUND, 0.86)
_PET = Nearness(PET, 0.85)
_BEGINNING = Nearness(BEGINNING, 0.8)
_SHORTENED = Nearness(SHORTENED, 0.78)
_INITIAL = Nearness(INITIAL, 0.5)


def _compare(a: Token, b: Token) -> Nearness | None:
    x, y = a.text, b.text
    if len(x) == 1 or len(y) == 1:
        return _INITIAL if x[0] == y[0] else None
    if a.spelling and b.spelling and not a.spelling.isdisjoint(b.spelling):
        return _FAMILY
    if len(a.fold) > 2 and a.fold == b.fold:
        return _FOLDED
    if a.pet and b.pet and not a.pet.isdisjoint(b.pet):
        return _PET
    shorter = min(len(x), len(y))
    if a.untitled == b.untitled and (
        shorter >= 4 or (x + "mr" == y or y + "mr" == x or x + "mrs" == y or y + "mrs" == x)
    ):
        return _TITLED
    if shorter >= 3 and a.consonants == b.consonants and shorter == len(a.consonants):
        return _VOWELLESS
    begin_alike = x[0] == y[0]
    if begin_alike and ((shorter >= 3 and (x.startswith(y) or y.startswith(x))) or (shorter == 2 and _cut_off(x, y))):
        return _BEGINNING
    found = _edited(a, b, shorter) if shorter >= 4 else None
    if found is None and begin_alike and shorter >= 4 and _shortens(*sorted((x, y), key=len)):
        return _SHORTENED
    return found


def _cut_off(x: str, y: str) -> bool:
    """Whether one is the first two letters of the other and no name by itself: where a name field ended."""
    short, long = (x, y) if len(x) < len(y) else (y, x)
    return len(long) > 4 and long.startswith(short) and short not in token_shares()


def _shortens(short: str, long: str) -> bool:
    """Whether `short` looks like a familiar form of `long`: its beginning and -y, -ie, -ey or -i (WINNIE, WINSTON)."""
    if token_shares().get(short, 0.0) > COMMON_BY_ITSELF:
        return False
    for ending in FAMILIAR_ENDINGS:
        if short.endswith(ending):
            stem = short[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                stem = stem[:-1]
            return len(stem) > 2 and len(long) > len(stem) + 1 and long.startswith(stem)
    return False


def _edited(a: Token, b: Token, shorter: int) -> Nearness | None:
    """Typing, hearing and reading errors, allowed by length."""
    x, y = a.text, b.text
    if a.optical == b.optical:
        return _close(0.85)
    longer = max(a.size, b.size)
    if longer - shorter > MOST_EDITS:
        return None
    most = 3 if shorter >= 8 else 2 if shorter >= 6 else 1
    most_folded = 2 if shorter >= 7 else 1 if shorter >= 5 else 0
    # far the most tokens are strangers, which their letters show
    near = least_edits(a.letters, b.letters) <= most
    near_folded = most_folded and least_edits(a.fold_letters, b.fold_letters) <= most_folded
    if near or near_folded:
        edits = DamerauLevenshtein.distance(x, y, score_cutoff=most) if near else MOST_EDITS + 1
        if edits == 1:
            return _close(0.9 - 0.6 / longer)
        folded = (
            DamerauLevenshtein.distance(a.fold, b.fold, score_cutoff=most_folded) if near_folded else MOST_EDITS + 1
        )
        if (edits == 2 and shorter >= 6) or (folded == 1 and shorter >= 5):
            return _close(0.84 - 0.6 / longer)
        if (edits <= 3 and shorter >= 8) or (folded <= 2 and shorter >= 7):
            return _close(0.72)
    # The score cutoff is cheap; Jaro-Winkler here only compares two tokens of one place, never whole names.
    if shorter >= 5 and x[0] == y[0] and JaroWinkler.similarity(x, y, score_cutoff=0.9) > 0.9:
        return _close(0.72)
    return None


def _close(rank: float) -> Nearness:
    return Nearness(CLOSE, rank, (rank - 0.7) * 5)
