"""How a report stands, where its own columns do not say it: asked of the app that made it."""

from collections.abc import Callable

from apps.access.manifest import registry
from apps.rifc.models import Report

Provider = Callable[[Report], str]
"""Offered to `rifc.standing` by kind of report: a sentence on one in force; empty when there is nothing to say."""


def said_of(report: Report) -> str:
    """The sentence that stands above the words of a report; empty for most."""
    provider: Provider | None = registry.offered("rifc.standing").get(report.kind)
    return provider(report) if provider and report.state == Report.State.SHARED else ""
