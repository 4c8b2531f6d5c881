"""The link chart for one viewer: only what they see goes into it, so nothing has to be taken out of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.marking import Banner
from apps.entities.models import LinkEvidence, Twin
from apps.entities.queries import entities, sources, words
from apps.entities.queries.entities import Title
from apps.entities.queries.sources import Source
from apps.entities.rules import chart

MOST_OPENED = 60
LABEL = 22
OUTWARDS = 0.62


@dataclass(frozen=True, slots=True)
class Node:
    """A person or thing at its place. `more`: it has links that are not drawn."""

    title: Title
    x: float
    y: float
    centre: bool
    opened: bool

    @property
    def label(self) -> str:
        """The title, cut to fit under its circle."""
        text = self.title.text
        return text if len(text) <= LABEL else text[: LABEL - 1] + "…"

    @property
    def under(self) -> float:
        """Where its label stands."""
        return self.y + 36


@dataclass(frozen=True, slots=True)
class Edge:
    """All that links two nodes in one way: how many paragraphs say so, and their best and worst grade."""

    link: Any
    a: Node
    b: Node
    label: str
    count: int
    best: str
    worst: str
    period: str
    twin: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Where its words stand: beyond the middle as seen from the centre, whose own words are wide."""
        share = OUTWARDS if self.a.centre else 1 - OUTWARDS if self.b.centre else 0.5
        return (
            round(self.a.x + share * (self.b.x - self.a.x), 1),
            round(self.a.y + share * (self.b.y - self.a.y), 1),
        )

    @property
    def grades(self) -> str:
        """ "B2", or "B2–C3"; empty where none can be judged."""
        return self.best if self.best == self.worst else f"{self.best}–{self.worst}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its banner. `used`: every paragraph that anything drawn comes from."""

    nodes: list[Node]
    edges: list[Edge]
    size: int
    left_out: int
    used: list[Source]
    marking: Banner


def chart_of(actor: Actor, centre: Any, opened: Sequence[Any], threads: Sequence[Any] | None = None) -> Chart:
    """The chart around an entity, with the neighbours of those opened too; from these reports alone, or all.

    Four queries, however many nodes.
    """
    wanted = [centre, *opened[:MOST_OPENED]]
    rows = entities.links_of(actor, wanted, threads)
    twins = [one for one in entities.twins_of(actor, wanted) if one.state == Twin.State.CONFIRMED]
    pairs = [(row.link.from_entity_id, row.link.to_entity_id) for row in rows]
    pairs += [(one.one_id, one.other_id) for one in twins]
    titles = entities.titles(actor, {centre, *(each for pair in pairs for each in pair)}, threads)
    if centre not in titles:
        return Chart([], [], 2 * chart.EDGE, 0, [], sources.marking([]))
    nodes, layout = _nodes(centre, wanted, titles, pairs)
    drawn = [row for row in rows if {row.link.from_entity_id, row.link.to_entity_id} <= set(nodes)]
    heads = [titles[pk] for pk in nodes]
    found = sources.sources(actor, [*drawn, *heads])
    used = [found[key] for key in dict.fromkeys(map(sources.key_of, [*drawn, *heads])) if key in found]
    edges = _edges(drawn, nodes, found) + _twin_edges(twins, nodes)
    return Chart(list(nodes.values()), edges, layout.size, layout.left_out, used, sources.marking(used))


def _nodes(
    centre: Any, wanted: Sequence[Any], titles: dict[Any, Title], pairs: Sequence[tuple[Any, Any]]
) -> tuple[dict[Any, Node], chart.Layout]:
    keys = [(str(a), str(b)) for a, b in pairs if a in titles and b in titles]
    by_key = {str(pk): pk for pk in titles}
    distances = chart.reached([str(centre)], keys, [str(pk) for pk in wanted])
    layout = chart.laid_out(distances, keys, {str(pk): one.text for pk, one in titles.items()})
    opened = set(wanted)
    nodes = {
        by_key[key]: Node(titles[by_key[key]], place.x, place.y, by_key[key] == centre, by_key[key] in opened)
        for key, place in layout.places.items()
    }
    return nodes, layout


def _edges(rows: Sequence[LinkEvidence], nodes: dict[Any, Node], found: dict[Any, Source]) -> list[Edge]:
    by_link: dict[Any, list[LinkEvidence]] = defaultdict(list)
    for row in rows:
        by_link[row.link_id].append(row)
    edges = []
    for evidence in by_link.values():
        link = evidence[0].link
        grades = sources.span([found[key] for key in map(sources.key_of, evidence) if key in found])
        edges.append(
            Edge(
                link.pk,
                nodes[link.from_entity_id],
                nodes[link.to_entity_id],
                words.link_label(link.type),
                len(evidence),
                *grades,
                period_of(evidence),
                False,
            )
        )
    return sorted(edges, key=lambda one: (one.a.title.text, one.label, one.b.title.text, str(one.link)))


def period_of(evidence: Sequence[LinkEvidence]) -> str:
    """From the first day to the last that the evidence names: "2025-01-03 – 2025-04-30"; empty for none."""
    first = min((row.from_on for row in evidence if row.from_on), default=None)
    last = max((row.to_on for row in evidence if row.to_on), default=None)
    return f"{first or ''} – {last or ''}" if first or last else ""


def _twin_edges(twins: Sequence[Twin], nodes: dict[Any, Node]) -> list[Edge]:
    return [
        Edge(one.pk, nodes[one.one_id], nodes[one.other_id], "", 0, "", "", "", True)
        for one in twins
        if one.one_id in nodes and one.other_id in nodes
    ]
