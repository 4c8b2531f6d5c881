"""What a comparison may find, as features on a line of the ledger; each remark is one object that knows its weight."""

from functools import cache

from .tables import weights

type Told = tuple["Remark", float]
"""A remark and how much of it: 1, a count, or the rarity of what agrees."""


class Remark:
    """Features that are always found together, with their values, on one line of the ledger; see `remark`.

    `weight` is theirs together under the weights in force, in natural log-odds.
    """

    __slots__ = ("features", "line", "weight")

    def __init__(self, line: str, features: tuple[tuple[str, float], ...]) -> None:
        self.line, self.features = line, features
        self.weight = sum([weights().feature.get(name, 0.0) * value for name, value in features])

    def __repr__(self) -> str:
        return f"Remark({self.line!r}, {self.features!r})"


@cache
def remark(line: str, *features: str | tuple[str, float]) -> Remark:
    """The remark of these features, each a name or a name with its value; one object per content in a process."""
    return Remark(line, tuple([(one, 1.0) if isinstance(one, str) else one for one in features]))
