"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.access import acts as shared
from apps.access.acts import attempted
from apps.access.doors import REGISTRY, Spec
from apps.access.forms import form_for, posted_version
from apps.access.refused import Refused
from apps.rifc.actions.fields import Desks

DANGEROUS = frozenset({"recall", "withdraw_entry", "discard", "revoke", "withdraw"})
"""Verbs whose button is outlined in red, and which ask before they act."""


def spec_of(noun: str, verb: str) -> Spec:
    """The declared verb of a page; Refused("not-visible") for none that has a button."""
    spec = REGISTRY.get(f"{noun}.{verb}")
    if spec is None or spec.creates or spec.automatic:
        raise Refused("not-visible")
    return spec


def buttons(actor: Any, row: Any, place: Callable[[str], str]) -> list[dict[str, Any]]:
    """What the seat may do with a record; what is not its work is absent."""
    return shared.buttons(actor, row, place, DANGEROUS)


def desk_table(form: Any) -> dict[str, Any]:
    """The choice of desks as a table: whole groups, functions as columns, a row for each party with its boxes."""
    if "to" not in form.fields or not isinstance(form.fields["to"], Desks):
        return {}
    groups: list[Any] = []
    functions: dict[str, str] = {}
    parties: dict[str, dict[str, Any]] = {}
    for option in form["to"]:
        party, _dot, function = str(option.data["value"]).partition(".")
        if not function:
            groups.append(option)
            continue
        name, _colon, title = str(option.choice_label).partition(": ")
        functions.setdefault(function, title)
        parties.setdefault(party, {"name": name, "boxes": {}})["boxes"][function] = option
    rows = [
        {"code": code, "name": one["name"], "boxes": [one["boxes"].get(function) for function in functions]}
        for code, one in sorted(parties.items(), key=lambda pair: str(pair[1]["name"]))
    ]
    return {"groups": groups, "functions": list(functions.values()), "rows": rows}


def carry_out(
    request: Any,
    spec: Spec,
    row: Any,
    onward: Callable[[Any], str],
    *,
    run: Callable[..., Any] | None = None,
    initial: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The form of an action and, on POST, the action: then on to the address that `onward` gives for what it made.

    What was typed stays in the form when it is refused. `run` calls the action where it needs more than the record.
    """
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec)(data, files=files, actor=request.actor, row=row, initial=initial)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, run or partial(spec.run, request.actor, row, version=posted_version(request)))
        if status == 302:
            return redirect(onward(done))
    template = context.pop("template", "rifc/act.html")
    version = posted_version(request) or (None if spec.creates else getattr(row, "version", None))
    shown = {"form": form, "spec": spec, "row": row, "version": version, "desks": desk_table(form), **context}
    return render(request, template, shown, status=status)
