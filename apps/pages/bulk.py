"""Acts on the rows that were ticked: each row's own action, its policy asked for each, and what was left out said.

The tick bar posts to the list's address: `act`, and the rows as `id` or, for all that the filter finds, `all`. The
answer is the sheet: which rows it will be done to, which not and why, and what the act asks. Sent with `step=do` it is
done, row by row, each with its own record; what was refused meanwhile is said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access.declared_actions import REGISTRY, Spec, ask_seat, wants_proof
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.refusal import Refused
from apps.access.refusals import Refusals
from apps.pages.verb_pages import refuse_early

if TYPE_CHECKING:
    from apps.pages.lists import List

MOST = 200
"""Rows of one act."""
TOLD = 5
"""Refused rows that are named afterwards."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """An act of the tick bar: a declared verb, or (`place`) a page of its own that is given the ticked rows by GET."""

    verb: str = ""
    label: Any = ""
    place: str = ""
    may: Callable[[Any], bool] | None = None
    """Whether the seat sees it at all; each row's policy is asked in any case."""

    def button(self, shown: "List") -> dict[str, Any]:
        """How the tick bar prints it."""
        if self.place:
            return {"label": self.label, "url": reverse(self.place), "verb": "", "danger": False}
        spec = REGISTRY[self.verb]
        return {"label": self.label or spec.label, "url": "", "verb": self.verb, "danger": spec.danger}


def offered(shown: "List", rows: list[Any]) -> list[dict[str, Any]]:
    """The tick bar: acts that may be done to one of these rows at least. No query."""
    if not rows or not shown.actor.may_write:
        return []
    known = [one for one in shown.bulk if one.may is None or one.may(shown.actor)]
    return [
        one.button(shown)
        for one in known
        if one.place or any(not _why_not(shown.actor, REGISTRY[one.verb], row) for row in rows)
    ]


def answer(shown: "List") -> HttpResponse:
    """The sheet of an act, or the list again once it is done."""
    request = shown.request
    back = request.path + shown.asking.url(stays=True, ticked=None)
    if not request.POST.get("act"):
        return redirect(back)
    spec = _asked(shown)
    if wants_proof(shown.actor, spec):
        raise Refused(Refusals.STEP_UP)
    rows, too_many = chosen(shown)
    if not rows:
        messages.warning(request, _("Tick at least one row."))
        return redirect(back)
    allowed, refused = parted(shown, spec, rows)
    sent = request.POST.get("step") == "do"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = form_for(spec)(data, files=files, actor=shown.actor, row=rows[0])
    if sent and allowed and form.is_valid():
        done, failed = run(shown, spec, form, allowed)
        if not form.errors:
            _say(shown, spec, done, failed)
            return redirect(back)
    context = {
        "list": shown,
        "spec": spec,
        "label": next(one.label for one in shown.bulk if one.verb == spec.verb) or spec.label,
        "form": form,
        "allowed": allowed,
        "refused": list(
            zip(_names(shown, [row for row, _why in refused]), [why for _row, why in refused], strict=True)
        ),
        "names": _names(shown, allowed),
        "too_many": too_many,
        "most": MOST,
        "back": back,
        "said": shown.noun % {"n": len(allowed)},
        "marking": shown.marking(rows),
    }
    return render(request, "pages/bulk.html", context, status=422 if form.errors else 200)


def _names(shown: "List", rows: list[Any]) -> list[str]:
    """What rows are called in the list."""
    return [shown.columns[0].cell(line, shown.around).text() for line in shown.lines(rows)]


def _asked(shown: "List") -> Spec:
    act = shown.request.POST["act"]
    if not any(one.verb == act and (one.may is None or one.may(shown.actor)) for one in shown.bulk):
        raise Refused("not-visible")
    return REGISTRY[act]


def chosen(shown: "List") -> tuple[list[Any], bool]:
    """(the rows that were ticked or that the filter finds, whether there are more than MOST). Others are left out."""
    rows = shown.rows()
    if shown.request.POST.get("all"):
        found = list(shown.asking.narrowed(rows).order_by("pk")[: MOST + 1])
        return found[:MOST], len(found) > MOST
    keys = shown.request.POST.getlist(shown.tick)[: MOST + 1]
    key = rows.model._meta.pk
    known = []
    for text in keys:
        try:
            known.append(key.to_python(text))
        except ValidationError:
            continue
    return list(rows.filter(pk__in=known[:MOST]).order_by("pk")), len(keys) > MOST


def parted(shown: "List", spec: Spec, rows: list[Any]) -> tuple[list[Any], list[tuple[Any, str]]]:
    """(the rows that the act may be done to, the others with the reason), by state and each row's policy."""
    allowed, refused = [], []
    for row in rows:
        why = _why_not(shown.actor, spec, row)
        if why:
            refused.append((row, why))
        else:
            allowed.append(row)
    return allowed, refused


def _why_not(actor: Any, spec: Spec, row: Any) -> str:
    try:
        ask_seat(actor, spec)
        refuse_early(actor, row, spec)
    except Refused as refusal:
        return refusal.message
    return ""


def run(shown: "List", spec: Spec, form: Any, rows: list[Any]) -> tuple[int, list[tuple[Any, str]]]:
    """(how many rows it was done to, the others with the reason). Wrong input is put to its field before any is done.

    A row that somebody has changed since the sheet was shown is not done: the sheet sends the versions it showed.
    """
    done, failed = 0, []
    for row in rows:
        version = None if spec.parallel else posted_version(shown.request, f"version_{row.pk}")
        try:
            spec.run(shown.actor, row, version=version, **form.cleaned_data)
        except ValidationError as wrong:
            if not done:
                put_faults(form, wrong)
                return 0, []
            failed.append((row, " ".join(wrong.messages)))
        except Refused as refusal:
            failed.append((row, refusal.message))
        else:
            done += 1
    return done, failed


def _say(shown: "List", spec: Spec, done: int, failed: list[tuple[Any, str]]) -> None:
    if done:
        said = {"act": spec.label, "count": shown.noun % {"n": done}}
        messages.success(shown.request, pgettext("words, pages", "%(act)s: %(count)s.") % said)
    if failed:
        words = ngettext("%(n)d was not done.", "%(n)d were not done.", len(failed)) % {"n": len(failed)}
        names = zip(_names(shown, [row for row, _why in failed[:TOLD]]), failed, strict=False)
        messages.warning(shown.request, " ".join([words, *(f"{name}: {why}" for name, (_row, why) in names)]))
