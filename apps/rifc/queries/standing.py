"""How a report stands, where its own columns do not say it: asked of the room that made it."""

from collections.abc import Callable

from apps.rifc.models import Report

Provider = Callable[[Report], str]
_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """Ask this for a sentence on reports of a kind in force; empty when there is nothing to say."""
    _providers[kind] = provider


def said_of(report: Report) -> str:
    """The sentence that stands above the words of a report; empty for most."""
    provider = _providers.get(report.kind)
    return provider(report) if provider and report.state == Report.State.SHARED else ""
