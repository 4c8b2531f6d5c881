"""Where the nodes of a link chart stand: rings around the thing that is asked about, the same each time.

A node stands on the ring of its distance; on a ring, nodes stand in the order of the node that they were reached
from, then by name, so that lines cross little. Nothing is random, nothing depends on the order of rows.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST = 500
RING, EDGE = 200, 90
BETWEEN = 130
"""Units between rings, from the outer ring to the frame, and between two nodes of a ring."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node at a place of the drawing. `ring` is its distance from the centre."""

    key: str
    x: float
    y: float
    ring: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of nodes, the size of the drawing, and how many nodes were left out beyond MOST."""

    places: Mapping[str, Place]
    size: int
    left_out: int


def reached(centres: Sequence[str], edges: Iterable[tuple[str, str]], opened: Iterable[str]) -> dict[str, int]:
    """{node: distance} of what is drawn: the centres, and the neighbours of every centre and opened node.

    A node that is opened but not reached draws nothing: an address cannot bring in what has no way to it.
    """
    near: dict[str, set[str]] = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    found = {centre: 0 for centre in centres}
    todo, wanted = list(centres), set(opened)
    while todo:
        node = todo.pop(0)
        for other in sorted(near.get(node, ())):
            if other not in found:
                found[other] = found[node] + 1
                if other in wanted:
                    todo.append(other)
    return found


def laid_out(distances: Mapping[str, int], edges: Iterable[tuple[str, str]], names: Mapping[str, str]) -> Layout:
    """Places of at most MOST nodes: the nearest first, then by name."""
    ordered = sorted(distances, key=lambda key: (distances[key], names.get(key, ""), key))
    drawn, left_out = ordered[:MOST], max(0, len(ordered) - MOST)
    rings: dict[int, list[str]] = {}
    for key in drawn:
        rings.setdefault(distances[key], []).append(key)
    radii: list[float] = []
    for ring in sorted(rings):
        least = len(rings[ring]) * BETWEEN / (2 * math.pi)
        inner = radii[-1] if radii else -RING
        radii.append(0.0 if ring == 0 and len(rings[0]) == 1 else max(inner + RING, least))
    size = int(2 * (radii[-1] if radii else 0) + 2 * EDGE)
    angles = _angles(rings, list(edges), names)
    places = {
        key: Place(
            key,
            round(size / 2 + radius * math.cos(angles[key]), 1),
            round(size / 2 + radius * math.sin(angles[key]), 1),
            ring,
        )
        for radius, ring in zip(radii, sorted(rings), strict=True)
        for key in rings[ring]
    }
    return Layout(places, size, left_out)


def _angles(
    rings: Mapping[int, list[str]], edges: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> dict[str, float]:
    near: dict[str, set[str]] = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    angles: dict[str, float] = {}
    for ring in sorted(rings):
        inner = {key: angle for key, angle in angles.items() if key in rings.get(ring - 1, ())}
        pulled = {
            key: min((inner[one] for one in near.get(key, ()) if one in inner), default=0.0) for key in rings[ring]
        }
        ordered = sorted(rings[ring], key=lambda key: (pulled[key], names.get(key, ""), key))
        step = 2 * math.pi / len(ordered)
        start = pulled[ordered[0]] if ring > 1 else -math.pi / 2
        for number, key in enumerate(ordered):
            angles[key] = start + number * step
    return angles
