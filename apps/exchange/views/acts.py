"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from apps.access import acts as shared
from apps.access.doors import REGISTRY, Spec
from apps.access.refused import Refused

DANGEROUS = frozenset({"cancel", "refuse", "withdraw"})
"""Verbs whose button is outlined in red, and which ask before they act."""

OWN_PAGE = frozenset({"change", "answer"})
"""Verbs with a page of their own."""

AT_A_DESK = frozenset({"withdraw", "extend", "refuse_extension", "reply"})
"""Verbs of the asking desk about one of those asked: their buttons stand there."""


def spec_of(verb: str) -> Spec:
    """The declared verb of a page; Refused("not-visible") for none that has a button."""
    return shared.spec_of("rfi" if f"rfi.{verb}" in REGISTRY else "rfi_addressee", verb)


def ask(actor: Any, row: Any, spec: Spec) -> None:
    """Refuse a verb of which the page would only be filled in for nothing."""
    if not isinstance(row, spec.model):
        raise Refused("may-not", "not-asking-desk" if spec.verb.startswith("rfi.") else "not-addressee")
    verdict = spec.policy(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if row.state not in spec.starts:
        raise Refused("wrong-state", spec.otherwise, record=row)


def buttons(actor: Any, row: Any, place: Callable[[str], str]) -> list[dict[str, Any]]:
    """What the seat may do with a request or its part; what is not its work is absent."""
    return shared.buttons(actor, row, place, DANGEROUS, but=AT_A_DESK)


def carry_out(
    request: Any, spec: Spec, row: Any, back: str, *, run: Callable[..., Any] | None = None, **context: Any
) -> HttpResponse:
    """The form of an action and, on POST, the action; then back. What was typed stays when it is refused."""
    template, initial = context.pop("template", "exchange/act.html"), context.pop("initial", None)
    onward = back if callable(back) else lambda _done: back
    return shared.carry_out(request, spec, row, template, onward, run=run, initial=initial, back=back, **context)
