"""Keys by which candidate entries are found: an entry and a traveller are compared where they share any key.

One letter names the family, the rest its value. An entry writes its keys with its version; a traveller probes with
more of them (neighbouring birth years, names without a glued title). No single error of a record may break all keys.

Family  value                                                       finds them in spite of
------  ----------------------------------------------------------  ---------------------------------------
F, S    two tokens, sounded spelling / its consonants               order, missing middle names, no date
R       S and the birth year, for two common tokens                 as S
Y, I    one token and birth year / beginning, initial and year      another name part; cut and initial names
K, L    family of spellings or pet names and year / another token   transliteration, familiar forms
G       consonants of all tokens in alphabetical order              run-together names
M       the only token                                              single names
T       one token and an initial, probed without a birth date       a misspelt other name
D, B    one token, or two initials, and the day of birth            wrong years, married names
N       document number, look-alike letters as digits               everything else

Very frequent keys are kept out twice. Here: where two tokens are so common that a list of 100,000 would hold more than
`PAIR_LIMIT` such persons, a traveller with a birth date probes R instead of F and S; a bare beginning or initial is a
key only beside a year, or for a rare name. In the caller: a key held by more than `stop_at` entries is left out of the
probe. Of many candidates those are compared whose shared keys are rarest together (`foremost`).
"""

import hashlib
import math
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import combinations, pairwise

from .identity import Identity
from .names import Name
from .spelling import Token, token
from .tables import token_shares

STOP_AT = 400
"""Holders of a key in a list of `LIST` entries or fewer; in longer ones as many more as its length to the `GROWTH`.

Of 1,389 unseen true hits among a million entries 97.0 % are compared with 400, with 711 and with 1,265: the holders of
a frequent key are read for every traveller, and hardly any of them is among the foremost.
"""
LIST, GROWTH = 100_000, 0.25
MOST_COMPARED, MOST_COMPARED_UNDATED, MOST_TIMES = 24, 60, 2
"""Candidates of a traveller; without a birth date keys tell them apart badly. In longer lists up to so many times more.

Of the same 1,389 true hits 96.4 % are among the first 24, 97.0 % among the first 43.
"""
BESIDE_THE_FIRST, STRONGEST = 0.25, 60_000
"""Who shares less than this part of what the first one shares is not compared; more than the latter is taken for that.

Of 8,394 unseen true hits among 100,000 entries 4 lie below it, and a third of the others.
"""
COUNTS = {"Y": 0, "K": 0, "L": 3}
"""How often a family counts among shared keys, others once: Y and K repeat what I, D and G say; L is two names."""
PAIR_LIMIT = 20
# Share below which a name is rare: fewer than 20 in a list of 100,000.
RARE = 2e-4
_DOCUMENT = 1_000_000
LONGEST = 24
MOST_TOKENS = 6
MOST_YEARS = 12
YEAR_SLIPS = (0, -1, 1, -10, 10)
NO_YEAR = "-"


def entry_keys(identity: Identity) -> set[str]:
    """The keys an entry is stored under: some 30 for an ordinary record."""
    return _keys(identity, probing=False)


def probe_keys(identity: Identity) -> set[str]:
    """The keys a traveller is looked up by."""
    return _keys(identity, probing=True)


def stop_at(entries: int) -> int:
    """A key held by more entries than this finds nobody in particular: 400, in a list of a million 711."""
    return max(STOP_AT, round(STOP_AT * (entries / LIST) ** GROWTH))


def ranks(key: str) -> bool:
    """Whether sharing this key counts in `foremost`; the others bring somebody only where no such key is shared."""
    return COUNTS.get(key[0], 1) > 0


def most_compared(identity: Identity, stop: int = STOP_AT) -> int:
    """How many of a traveller's candidates are compared with them, in a list with this `stop_at`."""
    return round(MOST_COMPARED * min(MOST_TIMES, stop / STOP_AT)) if identity.dates else MOST_COMPARED_UNDATED


def foremost[T: (int, str)](held: Iterable[tuple[str, Collection[T]]], most: int = MOST_COMPARED) -> set[T]:
    """Of those who hold a traveller's keys, given by key, the `most` whose shared keys are rarest together.

    The sum of ln(entries / holders of the key) decides, as often as its family counts, a shared document before
    everything; in whole thousandths, so that the order of the keys does not matter. Among equals the smaller one comes
    first. Who shares far less than the first one is left out.
    """
    found: dict[T, int] = {}
    bare = []
    for key, holders in held:
        much = COUNTS.get(key[0], 1)
        if not much:
            bare.append(holders)
            continue
        weight = _DOCUMENT if key[0] == "N" else round(1000 * much * math.log(LIST / max(1, len(holders))))
        for one in holders:
            found[one] = found.get(one, 0) + weight
    if not found:
        found = dict.fromkeys({one for holders in bare for one in holders}, 0)
    least = BESIDE_THE_FIRST * min(max(found.values(), default=0), STRONGEST)
    near = [one for one, weight in found.items() if weight >= least]
    if len(near) <= most:
        return set(near)
    return set(sorted(near, key=lambda one: (-found[one], one))[:most])


def _keys(identity: Identity, *, probing: bool) -> set[str]:
    years = _years(identity, probing)
    exact = [d for d in identity.dates if d.month and d.day]
    birthdays = {f"{min(d.month, d.day)}.{max(d.month, d.day)}" for d in exact}
    births = {f"{d.first}.{d.month}.{d.day}" for d in exact}
    found: set[str] = set()
    for name in identity.names:
        if name.weak:
            # A weak alias may not raise anything by itself, so it finds nobody.
            continue
        tokens = _tokens(name, probing)
        with_joined = [*tokens, *_run_together(name)]
        _pair_keys(tokens, years, probing, found)
        _token_keys(tokens, years, found)
        if not probing or (years == [NO_YEAR] and (identity.sex or identity.nationality or identity.documents)):
            # names alone that agree in so little prove nothing
            found.update([f"T{t.skeleton}|{initial}" for t in tokens for initial in _others(t, name)])
        _short_keys(with_joined, name, years, probing, found)
        if birthdays:
            found.update([f"D{t.skeleton}|{day}" for t in with_joined for day in birthdays])
        initials = sorted({t.text[0] for t, _ in name.core})
        letters = [a + b for a, b in combinations(initials, 2)] or initials
        found.update([f"B{birth}{pair}" for birth in births for pair in letters])
    found.update(["N" + d.plain for d in identity.documents])
    return {key if len(key) <= LONGEST else _shortened(key) for key in found}


def _shortened(key: str) -> str:
    return key[0] + "#" + hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def _years(identity: Identity, probing: bool) -> list[str]:
    """Birth years to write or to probe; an entry without any writes NO_YEAR, which every traveller probes too."""
    stated = {y for d in identity.dates for y in range(d.first, min(d.last, d.first + MOST_YEARS) + 1)}
    if not probing:
        return [str(y) for y in sorted(stated)] or [NO_YEAR]
    return [*map(str, sorted({y + slip for y in stated for slip in YEAR_SLIPS})), NO_YEAR]


def _tokens(name: Name, probing: bool) -> list[Token]:
    """The tokens of a name that say something by themselves, on the traveller's side also without a glued title."""
    tokens = list(dict.fromkeys(t for t, _ in name.core))[:MOST_TOKENS]
    tokens = [t for t in tokens if len(t.text) > 1] or tokens
    if probing:
        tokens += [token(t.untitled) for t in tokens if 3 <= len(t.untitled) < len(t.text)]
    return tokens


def _run_together(name: Name) -> list[Token]:
    """Neighbouring tokens of one role as one, as airline systems write them."""
    return [token(a.text + b.text) for (a, x), (b, y) in pairwise(name.parts[:MOST_TOKENS]) if x == y]


def _pair_keys(tokens: list[Token], years: list[str], probing: bool, found: set[str]) -> None:
    dated = len(years) > 1 if probing else years != [NO_YEAR]
    for a, b in combinations(tokens, 2):
        bones = f"{a.skeleton}|{b.skeleton}" if a.skeleton < b.skeleton else f"{b.skeleton}|{a.skeleton}"
        common = 2 * LIST * skeleton_share(a.skeleton) * skeleton_share(b.skeleton) > PAIR_LIMIT
        if common:
            found.update([f"R{bones}|{year}" for year in years])
        if not (common and probing and dated):
            found.add("F" + (f"{a.fold}|{b.fold}" if a.fold < b.fold else f"{b.fold}|{a.fold}"))
            found.add("S" + bones)


def _token_keys(tokens: list[Token], years: list[str], found: set[str]) -> None:
    known = [year for year in years if year != NO_YEAR]
    skeletons = [t.skeleton for t in tokens]
    for t in tokens:
        found.update([f"Y{t.skeleton}|{year}" for year in known])
        for family in (*(t.spelling or ()), *(t.pet or ())):
            found.update([f"K{family}|{year}" for year in known])
            found.update([f"L{family}|{s}" for s in skeletons if s != t.skeleton])
    if len(skeletons) == 1:
        found.add("M" + skeletons[0])
    found.add("G" + "".join(sorted("".join(skeletons))))


def _short_keys(tokens: list[Token], name: Name, years: list[str], probing: bool, found: set[str]) -> None:
    """One token's beginning and another's initial; a rare name is found by them even where a year is missing."""
    with_none = years if NO_YEAR in years else [*years, NO_YEAR]
    for x in tokens:
        rare = not probing and skeleton_share(x.skeleton) < RARE
        own_years, beginning = with_none if rare else years, x.skeleton[:4]
        for letter in _others(x, name):
            head = f"I{beginning}|{letter}|"
            found.update([head + year for year in own_years])


def _others(one: Token, name: Name) -> set[str]:
    """The initials of a name's other tokens."""
    return {t.text[0] for t, _ in name.core[:MOST_TOKENS] if t is not one}


@lru_cache(1)
def _skeleton_shares() -> dict[str, float]:
    shares: dict[str, float] = {}
    for text, share in token_shares().items():
        bones = token(text).skeleton
        shares[bones] = shares.get(bones, 0.0) + share
    return shares


def skeleton_share(skeleton: str) -> float:
    """Share of the reference population (0 to 1) with a name token of these consonants; 0 if rare."""
    return _skeleton_shares().get(skeleton, 0.0)
