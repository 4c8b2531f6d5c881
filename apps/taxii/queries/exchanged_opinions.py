"""What an app above says of its reports beside their words: judgements, opinions of parties, what was replaced."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.access.manifest import registry
from apps.rifc.models import Report
from apps.taxii.stix.exports import Judged, Opinion


@dataclass(frozen=True, slots=True)
class Views:
    """Of a version: which paragraphs are judgements, by pid; opinions on them; whether a newer report replaced it."""

    judged: Mapping[str, Judged] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    replaced: bool = False


NONE = Views()
Provider = Callable[[Sequence[Report]], Mapping[Any, Views]]
"""Offered to `taxii.views` by kind of report: {key of the version: Views}."""


def of(versions: Sequence[Report]) -> dict[Any, Views]:
    """Views of versions of one report, by key; NONE for those of which no room says more."""
    offered: dict[str, Provider] = registry.offered("taxii.views")
    provider = offered.get(versions[0].kind) if versions else None
    found = provider(versions) if provider else {}
    return {row.pk: found.get(row.pk, NONE) for row in versions}
