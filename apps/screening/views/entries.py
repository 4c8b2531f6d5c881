"""Pages of the watchlists."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from apps.access.actor import Actor
from apps.access.declared_actions import offers
from apps.access.forms import carried_out, form_for_verb, posted_version
from apps.access.marking import Banner
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.screening import actions, policy, queries
from apps.screening.forms.entries import ChangeEntryForm, NewEntryForm
from apps.screening.lists import OWNERS, WHO_AND_WHY, Entries, EntriesOfList, Watchlists
from apps.screening.models import Entry, WatchList
from apps.screening.queries import identities, visibility


def _marking(level: int) -> Banner:
    return {**OWNERS, "level": level}


@require_safe
def lists(request: Any) -> HttpResponse:
    """The lists that the seat may see, with how many entries are in use."""
    return Watchlists(request).answer()


def entries(request: Any) -> HttpResponse:
    """The entries of all lists that the seat may see; what is posted are acts on the ticked ones."""
    return Entries(request).answer()


def list_new(request: Any) -> HttpResponse:
    """Open a list."""
    _ask(policy.may_keep_lists(request.actor, None))
    form = form_for_verb("list.open")(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST":
        row = carried_out(form, lambda: actions.open_watchlist(request.actor, None, **form.cleaned_data))
        if row is not None:
            return redirect("screening:list", row.pk)
    return _form_page(request, "screening/list_new.html", form, {"marking": _marking(1)})


def one_list(request: Any, pk: Any) -> HttpResponse:
    """The entries of a list, newest first; what is posted are acts on the ticked ones."""
    home = _list(request.actor, pk)
    return EntriesOfList(request, home=home).answer(home=home)


def _list(actor: Actor, pk: Any) -> Any:
    return visible_or_404(WatchList.objects.visible_to(actor).select_related("originator", "owner"), actor, pk)


def list_close(request: Any, pk: Any) -> HttpResponse:
    """Close a list, after a page that says what becomes of its entries and hits."""
    actor = request.actor
    home = _list(actor, pk)
    _ask(policy.may_close_list(actor, home))
    form = form_for_verb("list.close")(request.POST if request.method == "POST" else None, actor=actor, row=home)
    if request.method == "POST":
        version = posted_version(request)
        done = carried_out(form, lambda: actions.close_watchlist(actor, home, version=version, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("%(name)s is closed. Its entries are being withdrawn.") % {"name": home.name})
            return redirect("screening:list", home.pk)
    context = {
        "home": home,
        "active": queries.active_counts(actor, [home]).get(home.pk, 0),
        "version": posted_version(request) or home.version,
        "marking": _marking(2),
    }
    return _form_page(request, "screening/list_close.html", form, context)


@require_safe
def entry(request: Any, pk: Any) -> HttpResponse:
    """One entry: whom to look for, what to do, who may use it, and its history."""
    actor = request.actor
    row = _entry(actor, pk)
    note_read(request, "entry.read", row)
    told = policy.may_read_reason(actor, row)
    context = {
        "entry": row,
        "subject": identities.list_identity_facts(row.subject),
        "versions": queries.list_entry_versions(actor, row),
        "idle": visibility.why_idle(row),
        "reason_shown": told,
        "who_and_why": WHO_AND_WHY if told else (),
        "list_shown": actor.party_code in {row.list.originator_id, "JRCC"},
        "screeners": _screeners(row),
        "desks": _desks(row),
        "offers": _offers(actor, row),
        "marking": _marking(row.level),
    }
    return render(request, "screening/entry.html", context)


def _entry(actor: Actor, pk: Any) -> Any:
    rows = Entry.objects.visible_to(actor).select_related("list", "originator", "owner")
    return visible_or_404(rows, actor, pk)


def _screeners(row: Entry) -> list[Any]:
    """Parties that may screen with an entry; empty for all."""
    return [] if row.screen_for is None else [p for p in visibility.states() if p.code in row.screen_for]


def _desks(row: Entry) -> list[str]:
    """Names of the functions whose desks may screen with an entry; empty for all."""
    return [] if row.functions is None else [name for code, name in queries.functions() if code in row.functions]


def _offers(actor: Actor, row: Entry) -> list[dict[str, Any]]:
    """What the seat may do, for its own party's entries; for others there is nothing to offer."""
    if actor.party_code != row.originator_id:
        return []
    pages = {
        "change": ("screening:entry_change", "pen"),
        "review": ("screening:entry_review", "eye"),
        "withdraw": ("screening:entry_withdraw", "circle-x"),
    }
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse(pages[offer.verb][0], args=[row.pk]),
            "picture": pages[offer.verb][1],
            "asks": True,
            "danger": offer.spec.danger,
        }
        for offer in offers(actor, row)
    ]


def entry_new(request: Any) -> HttpResponse:
    """Put somebody on a list."""
    _ask(policy.may_keep_lists(request.actor, None))
    initial = {"list": request.GET.get("list", "")}
    form = NewEntryForm(request.POST if request.method == "POST" else None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.asks:
        row = carried_out(form, lambda: actions.create_watchlist_entry(request.actor, None, **form.fields_of_entry()))
        if row is not None:
            messages.success(request, _("%(reference)s is in use from now on.") % {"reference": row.reference})
            return redirect("screening:entry", row.pk)
    return _form_page(request, "screening/entry_new.html", form, {"reach": form.reach(), "marking": _marking(2)})


def entry_change(request: Any, pk: Any) -> HttpResponse:
    """Make a new version of an entry."""
    row = _entry(request.actor, pk)
    _ask(policy.may_change_entry(request.actor, row))
    form = ChangeEntryForm(request.POST if request.method == "POST" else None, actor=request.actor, row=row)
    if request.method == "POST" and form.asks:
        version = posted_version(request)
        done = carried_out(
            form, lambda: actions.change_watchlist_entry(request.actor, row, version=version, **form.fields_of_entry())
        )
        if done is not None:
            return redirect("screening:entry", row.pk)
    elif request.method != "POST":
        note_read(request, "entry.read", row)
    context = {"reach": form.reach(), **_about(request, row)}
    return _form_page(request, "screening/entry_change.html", form, context)


def entry_review(request: Any, pk: Any) -> HttpResponse:
    """Say that an entry is still needed."""
    said = _("%(reference)s is still needed.")
    return _entry_form(request, pk, "entry.review", actions.review_watchlist_entry, "screening/entry_review.html", said)


def entry_withdraw(request: Any, pk: Any) -> HttpResponse:
    """Take an entry out of use."""
    said = pgettext("words, screening", "%(reference)s is withdrawn.")
    return _entry_form(
        request, pk, "entry.withdraw", actions.withdraw_watchlist_entry, "screening/entry_withdraw.html", said
    )


def _entry_form(request: Any, pk: Any, verb: str, act: Any, template: str, said: str) -> HttpResponse:
    """The page of a verb of an entry with the declared input: shown, carried out, or shown again with its faults."""
    row = _entry(request.actor, pk)
    _ask(policy.may_change_entry(request.actor, row))
    form = form_for_verb(verb)(request.POST if request.method == "POST" else None, actor=request.actor, row=row)
    if request.method == "POST":
        version = posted_version(request)
        done = carried_out(form, lambda: act(request.actor, row, version=version, **form.cleaned_data))
        if done is not None:
            messages.success(request, said % {"reference": row.reference})
            return redirect("screening:entry", row.pk)
    return _form_page(request, template, form, _about(request, row))


def _about(request: Any, row: Entry) -> dict[str, Any]:
    """The entry with the version that the form was first shown for, so that a correction does not hide a conflict."""
    return {"entry": row, "version": posted_version(request) or row.version, "marking": _marking(row.level)}


def _ask(verdict: Any) -> None:
    """A page for something that the seat may not do says so before it is filled in."""
    if not verdict:
        raise Refused("may-not", verdict.code)


def _form_page(request: HttpRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
