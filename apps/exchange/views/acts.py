"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.access.doors import REGISTRY, Spec, offers
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.refused import Refused

DANGEROUS = frozenset({"cancel", "refuse", "withdraw"})
"""Verbs whose button is outlined in red, and which ask before they act."""

OWN_PAGE = frozenset({"change", "answer"})
"""Verbs with a page of their own."""

AT_A_DESK = frozenset({"withdraw", "extend", "refuse_extension", "reply"})
"""Verbs of the asking desk about one of those asked: their buttons stand there."""


def spec_of(verb: str) -> Spec:
    """The declared verb of a page; Refused("not-visible") for none that has a button."""
    spec = REGISTRY.get(f"rfi.{verb}") or REGISTRY.get(f"rfi_addressee.{verb}")
    if spec is None or spec.creates or spec.automatic:
        raise Refused("not-visible")
    return spec


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
    """What the seat may do with a request or its part, for components/actions.html; what is not its work is absent."""
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "url": place(offer.verb),
            "asks": bool(offer.spec.takes) or offer.verb in DANGEROUS,
            "danger": offer.verb in DANGEROUS,
        }
        for offer in offers(actor, row)
        if offer.allowed and offer.verb not in AT_A_DESK
    ]


def carry_out(
    request: Any, spec: Spec, row: Any, back: str, *, run: Callable[..., Any] | None = None, **context: Any
) -> HttpResponse:
    """The form of an action and, on POST, the action; then back. What was typed stays when it is refused."""
    template, initial = context.pop("template", "exchange/act.html"), context.pop("initial", None)
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=request.actor, row=row, initial=initial)
    status = 422
    if data is not None and form.is_valid():
        try:
            if run is not None:
                done = run(**form.cleaned_data)
            else:
                done = spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
        except ValidationError as wrong:
            put_faults(form, wrong)
        except Refused as refusal:
            if refusal.reason == "not-visible" or not form.fields:
                raise
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            return redirect(back if isinstance(back, str) else back(done))
    version = posted_version(request) or (None if spec.creates else getattr(row, "version", None))
    shown = {"form": form, "spec": spec, "row": row, "version": version, "back": back, **context}
    return render(request, template, shown, status=status if form.errors else 200)
