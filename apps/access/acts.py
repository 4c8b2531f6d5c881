"""What the pages of verbs share: their buttons, whether a form is worth filling in, its one try, and the page."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.access.actor import Actor
from apps.access.doors import REGISTRY, Spec, offers
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.refused import Refused


def spec_of(noun: str, verb: str) -> Spec:
    """The declared verb that a page is of; Refused("not-visible") for none that is done to a record by people."""
    spec = REGISTRY.get(f"{noun}.{verb}")
    if spec is None or spec.creates or spec.automatic:
        raise Refused("not-visible")
    return spec


def buttons(
    actor: Actor, row: Any, place: Callable[[str], str], dangerous: Collection[str], but: Collection[str] = ()
) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent, and `but`.

    `place` gives a verb's page; `dangerous` verbs are outlined in red and ask before they act.
    """
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "url": place(offer.verb),
            "asks": bool(offer.spec.takes) or offer.verb in dangerous,
            "danger": offer.verb in dangerous,
        }
        for offer in offers(actor, row)
        if offer.allowed and offer.verb not in but
    ]


def ask(actor: Actor, row: Any, spec: Spec) -> None:
    """Refuse a verb of which the page would only be filled in for nothing."""
    if row.state not in spec.starts:
        raise Refused("wrong-state", spec.otherwise, record=row)
    verdict = spec.policy(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


def attempted(form: Any, act: Callable[..., Any]) -> tuple[Any, int]:
    """(what `act` gives for the form's input, 302), or (None, the status of its page) with what is wrong in the form.

    Refused goes on where the record is not visible, or where there is no field beside which it could stand.
    """
    if not form.is_valid():
        return None, 422
    try:
        return act(**form.cleaned_data), 302
    except ValidationError as wrong:
        put_faults(form, wrong)
        return None, 422
    except Refused as refusal:
        if refusal.reason == "not-visible" or refusal.code == "step-up" or not form.fields:
            raise
        form.add_error(None, refusal.message)
        return None, refusal.status


def carry_out(
    request: Any,
    spec: Spec,
    row: Any,
    template: str,
    onward: Callable[[Any], str],
    *,
    run: Callable[..., Any] | None = None,
    initial: dict[str, Any] | None = None,
    beside: Callable[[Any], dict[str, Any]] | None = None,
    **context: Any,
) -> HttpResponse:
    """The form of an action and, on POST, the action: then on to the address that `onward` gives for what it made.

    What was typed stays in the form when it is refused. `run` calls the action where it needs more than the record;
    `beside` gives what the page shows of its form. The template has form, spec, row, version and `context`.
    """
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec)(data, files=files, actor=request.actor, row=row, initial=initial)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, run or partial(spec.run, request.actor, row, version=posted_version(request)))
        if status == 302:
            return redirect(onward(done))
    version = posted_version(request) or (None if spec.creates else getattr(row, "version", None))
    shown = {"form": form, "spec": spec, "row": row, "version": version, **(beside(form) if beside else {}), **context}
    return render(request, template, shown, status=status)
