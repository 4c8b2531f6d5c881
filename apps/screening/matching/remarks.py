"""What a comparison may find, as features on a line of the ledger; each remark is one object, so that it is looked up
by itself and not by its words."""

from functools import cache

type Told = tuple["Remark", float]
"""A remark and how much of it: 1, a count, or the rarity of what agrees."""


class Remark:
    """Features that are always found together, with their values, on one line of the ledger; see `remark`."""

    __slots__ = ("features", "line")

    def __init__(self, line: str, features: tuple[tuple[str, float], ...]) -> None:
        self.line, self.features = line, features

    def __repr__(self) -> str:
        return f"Remark({self.line!r}, {self.features!r})"


@cache
def remark(line: str, *features: str | tuple[str, float]) -> Remark:
    """The remark of these features, each a name or a name with its value; one object per content in a process."""
    return Remark(line, tuple([(one, 1.0) if isinstance(one, str) else one for one in features]))


class Weighing(dict[Remark, float]):
    """What each remark weighs by some coefficients (natural log-odds by feature), worked out on first sight."""

    def __init__(self, coefficients: dict[str, float]) -> None:
        super().__init__()
        self._coefficients = coefficients

    def __missing__(self, one: Remark) -> float:
        weight = self[one] = sum([self._coefficients.get(name, 0.0) * value for name, value in one.features])
        return weight
