"""The grade of several lists together."""

from collections.abc import Iterable

from apps.manifests.paxlst.grade import GRADES


def worst(grades: Iterable[str]) -> str:
    """The worst of some grades; "" where there is none."""
    order = list(GRADES.values())
    return min(filter(None, grades), key=order.index, default="")
