"""Whether two reports rest on different roots: one source reported twice confirms nothing."""

from collections.abc import Iterable, Mapping


def roots(report: str, cites: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The reports that `report` rests on in the end, itself if it cites none. Circles end where they close."""
    seen: set[str] = set()
    found: set[str] = set()
    left = [report]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        beneath = [other for other in cites.get(one, ()) if other != one]
        if beneath:
            left.extend(beneath)
        else:
            found.add(one)
    return frozenset(found)


def corroborates(other: str, report: str, cites: Mapping[str, Iterable[str]]) -> bool:
    """Whether `other` confirms `report`: no root in common, and neither rests on the other."""
    ours, theirs = roots(report, cites), roots(other, cites)
    return bool(theirs) and not ours & theirs and report not in theirs | {other}
