"""The form of small craft: a draft at each step, works without scripts, sends one list per leg and category."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.access.marking import OFFICIAL
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.manifests.actions import drafts, intake
from apps.manifests.models import Draft, Submission
from apps.manifests.paxlst import trips
from apps.manifests.queries import corrections
from apps.manifests.queries import trips as trips_queries
from apps.manifests.refusals import Refusals
from apps.people.models import Party

FORM = Submission.Channel.FORM
STAYS = frozenset({"paste", "scan", "again", "craft", "leg", "rows", "check"})
"""Buttons after which the form is shown at once, with what they found."""
DRAFTS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def begin_trip(request: Any) -> HttpResponse:
    """An empty form with the desk's open drafts; whatever is posted begins a draft."""
    if request.method == "POST":
        return _step(request, None)
    return _shown(request, None, trips_queries.blank())


@require_http_methods(["GET", "HEAD", "POST"])
def trip(request: Any, pk: Any) -> HttpResponse:
    """A draft of the form, or what was sent of it. Each button saves it first; 422 with what must be corrected."""
    row = visible_or_404(Draft, request.actor, pk)
    if row.kind != Draft.Kind.FORM or row.state == Draft.State.DROPPED:
        raise Refused("not-visible")
    if row.state == Draft.State.SENT:
        sent = Submission.objects.visible_to(request.actor).filter(pk__in=row.content.get("sent", []))
        return render(request, "jrcc/trip_sent.html", {"rows": sent.order_by("pk"), "marking": OFFICIAL})
    if request.method == "POST":
        return _step(request, row)
    return _shown(request, row, row.content)


@require_POST
def show_trip(request: Any) -> HttpResponse:
    """What the reader says of one row (`row`, from 0) of the form as it stands, while it is filled in."""
    number = request.POST.get("row", "")
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    typed = trips_queries.posted({**request.POST.dict(), **_only(request.POST, place)})
    said = trips_queries.check_trip_lists(typed).said.get(("person", 0), [])
    return render(request, "jrcc/_said.html", {"said": said, "n": place})


def _only(data: Any, place: int) -> dict[str, str]:
    """The form's people without all but the one at a place, who comes first."""
    others = {name: "" for name in data if name.startswith("person-")}
    mine = {name.replace(f"person-{place}-", "person-0-", 1): data[name] for name in data
            if name.startswith(f"person-{place}-")}  # fmt: skip
    return others | mine


def _step(request: Any, row: Draft | None) -> HttpResponse:
    """Save what was posted, do what the button says, and show the form again or the receipts."""
    actor, step = request.actor, request.POST.get("do", "save")
    typed, said = trips_queries.posted(request.POST), ""
    if step == "paste":
        typed, said = trips_queries.pasted(typed, request.POST.get("rows", ""))
    elif step == "scan":
        typed, said = trips_queries.scanned(typed, request.POST.get("zones", ""), timezone.now().date())
    elif step in {"again", "craft"}:
        typed = _from_former(request, typed, step)
    elif step == "leg":
        last = typed["legs"][-1]
        onward = {"from": last.get("to", ""), "departs": "", "to": "", "arrives": "", "same": True}
        typed["legs"] = [*typed["legs"], onward][: trips_queries.MOST_LEGS]
    row = _saved(actor, row, typed)
    found = trips_queries.check_trip_lists(typed)
    if step in {"send", "send_anyway"}:
        if not found.lists:
            return _shown(
                request, row, typed, found, said=_("No one is on board yet. Add at least one person."), status=422
            )
        if found.has_errors and step == "send":
            said = _("Correct what is marked below first.")
            return _shown(request, row, typed, found, said=said, status=422, anyway=True)
        return _sent(request, row, found)
    if step in STAYS:
        return _shown(request, row, typed, found, said=said, spare=10 if step == "rows" else trips_queries.SPARE_ROWS)
    return redirect("jrcc:trip", row.pk)


def _from_former(request: Any, typed: trips_queries.Trip, step: str) -> trips_queries.Trip:
    people, craft = trips_queries.former(request.actor, timezone.now().date())
    if step == "again":
        return trips_queries.again(typed, people, request.POST.getlist("again"))
    chosen = request.POST.get("former_craft", "")
    return {
        **typed,
        "craft": next((one for one in craft if chosen in {one["name"], one["number"]} - {""}), typed["craft"]),
    }


def _saved(actor: Any, row: Draft | None, typed: trips_queries.Trip) -> Draft:
    title = trips_queries.name_trip(typed)
    if row is None:
        begun: Draft = drafts.begin_list_draft(actor, None, kind=Draft.Kind.FORM, title=title, content=typed)
        return begun
    saved: Draft = drafts.change_list_draft(actor, row, content=typed, title=title)
    return saved


def _sent(request: Any, row: Draft, found: trips_queries.Checked) -> HttpResponse:
    """Hand in each list; one that was opened from a list already sent is that list's next version."""
    actor, lists, sent = request.actor, list(found.lists), []
    if row.amends_id:
        before = visible_or_404(Submission.objects.visible_to(actor).select_related("journey"), actor, row.amends_id)
        (reading,) = corrections.readings(actor, before)
        if not trips_queries.may_be_amended(before, reading):
            raise Refused("wrong-state", Refusals.JOURNEY_CLOSED, record=before)
        chosen, lists = trips_queries.amended(lists, reading[0])
        if chosen:
            chosen.obj["message"]["corrects"] = before.receipt
            sent.append(intake.correct(actor, before, chosen.data, channel=FORM))
    sent += [intake.receive(actor, one.data, channel=FORM, content_type="application/json") for one in lists]
    drafts.finish_list_draft(actor, row, sent=[str(one.pk) for one in sent])
    return redirect("jrcc:trip", row.pk)


@require_POST
def amend(request: Any, pk: Any) -> HttpResponse:
    """Open a list that was sent in the form again; sending it makes its next version."""
    actor = request.actor
    row = visible_or_404(Submission.objects.visible_to(actor).select_related("journey"), actor, pk)
    (reading,) = corrections.readings(actor, row)
    if row.owner_id != actor.desk_id or not trips_queries.may_be_amended(row, reading):
        raise Refused("wrong-state", Refusals.JOURNEY_CLOSED, record=row)
    content = trips.trip_of(reading[0])
    draft = drafts.begin_list_draft(
        actor, None, kind=Draft.Kind.FORM, title=trips_queries.name_trip(content), content=content, amends=row.pk
    )
    return redirect("jrcc:trip", draft.pk)


@require_POST
def discard(request: Any, pk: Any) -> HttpResponse:
    """Throw a draft of the form away."""
    drafts.drop_list_draft(request.actor, visible_or_404(Draft, request.actor, pk))
    return redirect("jrcc:trip_begin")


def _shown(
    request: Any,
    row: Draft | None,
    typed: trips_queries.Trip,
    found: trips_queries.Checked | None = None,
    *,
    said: str = "",
    status: int = 200,
    spare: int = trips_queries.SPARE_ROWS,
    anyway: bool = False,
) -> HttpResponse:
    actor, today = request.actor, timezone.now()
    checked = found or trips_queries.check_trip_lists(typed)
    people, craft = trips_queries.former(actor, today.date())
    due = trips_queries.list_trip_deadlines(trips_queries.flights_of(typed))
    names = dict(
        Party.objects.visible_to(actor).filter(code__in={one.state for one in due}).values_list("code", "short_name")
    )
    legs = typed["legs"]
    several = len(legs) > 1 and not all(leg.get("same") for leg in legs[1:])
    rows = [*typed["people"], *({} for _n in range(min(spare, trips_queries.MOST_PEOPLE - len(typed["people"]))))]
    context = {
        "row": row,
        "marking": OFFICIAL,
        "trip": typed,
        "legs": [{"n": n, "it": leg, "said": checked.said.get(("leg", n), [])} for n, leg in enumerate(legs)],
        "people": [
            {
                "n": n,
                "it": one,
                "said": checked.said.get(("person", n), []),
                "legs": [(leg, not one.get("legs") or leg in one["legs"]) for leg in range(len(legs))]
                if several
                else [],
            }
            for n, one in enumerate(rows)
        ],
        "former": people,
        "former_craft": craft,
        "due": [(names.get(one.state, one.state), one) for one in due],
        "said": said,
        "anyway": anyway,
        "drafts": Draft.objects.visible_to(actor)
        .filter(kind="form", state="open")
        .order_by("-changed_at")[:DRAFTS_SHOWN]
        if row is None
        else [],
        "more_legs": len(legs) < trips_queries.MOST_LEGS,
    }
    return render(request, "jrcc/trip.html", context, status=status)
