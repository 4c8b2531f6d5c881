"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.acts import spec_of
from apps.access.doors import Spec, offers
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.models import AgendaItem, Decision, Meeting, Paper, Position, WrittenProcedure

# collection in the address: (model, noun of its verbs, url name of the record's page)
RECORDS: dict[str, tuple[Any, str, str]] = {
    "meetings": (Meeting, "meeting", "council:meeting"),
    "items": (AgendaItem, "item", "council:item"),
    "papers": (Paper, "paper", "council:paper"),
    "decisions": (Decision, "decision", "council:decision"),
    "procedures": (WrittenProcedure, "procedure", "council:procedure"),
    "positions": (Position, "position", "council:position"),
}
DANGEROUS = frozenset({"withdraw", "cancel", "void_vote", "reject", "annul", "object"})
"""Verbs whose button is outlined in red and never the default."""
PARALLEL = frozenset({"answer_invitation", "name_delegation", "present_credentials", "settle_credentials"})
"""Verbs on a State's own part of a record: fifteen States answer at once, and none of them is out of date for it."""
INITIAL: dict[str, Callable[[Any, Any], dict[str, Any]]] = {}
"""What a verb's form holds to begin with, by verb: a function of the actor and the record."""

IN_THE_ROOM = frozenset(
    {
        *("meeting.call_roll", "meeting.note_presence", "meeting.join", "meeting.leave", "meeting.note_no_quorum"),
        *("meeting.start_session", "meeting.suspend", "meeting.resume", "meeting.adjourn", "meeting.close"),
        *("item.open", "item.ask_for_floor", "item.give_floor", "item.yield_floor", "item.leave_list"),
    }
)
"""Verbs whose buttons stand in the live room alone, beside who is there and what is on the floor."""


@require_http_methods(["GET", "POST"])
def act(request: Any, collection: str, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST; a refused verb says why before anything is typed."""
    model, noun, page = RECORDS.get(collection, (None, "", ""))
    spec = spec_of(noun, verb)
    row = visible_or_404(model, request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    begin = INITIAL.get(spec.verb)
    context: dict[str, Any] = {"initial": begin(request.actor, row) if begin else None}
    room = room_of(request, row)
    if room:
        context["back"] = room
    # what others do meanwhile in a room, a presence or a vote, must not make a form stale
    if room or verb in PARALLEL:
        context["version"] = None
    return carry_out(request, spec, row, lambda done: room or reverse(page, args=[row.pk]), **context)


def room_of(request: Any, row: Any) -> str:
    """The live room that the button stood in (`?from=room`), at the seat that was dealt with; "" for other places."""
    meeting = row.pk if isinstance(row, Meeting) else getattr(row, "meeting_id", None)
    if meeting is None or request.GET.get("from") != "room":
        return ""
    party = request.POST.get("party", "")
    place = reverse("council:room", args=[meeting])
    return f"{place}?seat={party}" if party.isalpha() and len(party) <= 8 else place


def carry_out(request: Any, spec: Spec, row: Any, onward: Callable[[Any], str], **context: Any) -> HttpResponse:
    """The form of an action and, on POST, the action: then on to the address that `onward` gives for what it made.

    What was typed stays in the form when it is refused, also when the record has moved on meanwhile.
    """
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec)(data, files=files, actor=request.actor, row=row, initial=context.pop("initial", None))
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            done = spec.run(request.actor, row, version=posted_version(request), **form.cleaned_data)
        except ValidationError as wrong:
            put_faults(form, wrong)
        except Refused as refusal:
            if refusal.reason == "not-visible" or not form.fields:
                raise
            shut = _shut(refusal, spec)
            form.add_error(None, shut.message)
            status = shut.status
        else:
            return redirect(onward(done))
    version = posted_version(request) or getattr(row, "version", None)
    shown = {"form": form, "spec": spec, "row": row, "version": version, "whence": "", **context}
    if "back" not in shown:
        shown["back"] = _back(row)
    shown.setdefault("marking", {"level": getattr(row, "level", 1)})
    return render(request, "council/act.html", shown, status=status if form.errors else 200)


def _shut(refusal: Refused, spec: Spec) -> Refused:
    """A page that is out of date because its record takes the verb no more says that, not that something changed."""
    if refusal.reason == "stale" and getattr(refusal.record, "state", "") not in spec.starts:
        return Refused("wrong-state", spec.otherwise, record=refusal.record)
    return refusal


def buttons(actor: Any, row: Any, collection: str, *, in_room: bool = False) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent."""
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse("council:act", args=[collection, row.pk, offer.verb]),
            "asks": bool(offer.spec.takes) or offer.verb in DANGEROUS,
            "danger": offer.verb in DANGEROUS,
        }
        for offer in offers(actor, row)
        if offer.allowed and (in_room or offer.spec.verb not in IN_THE_ROOM)
    ]


def _back(row: Any) -> str:
    for model, _, page in RECORDS.values():
        if isinstance(row, model):
            return reverse(page, args=[row.pk])
    return reverse("people:desk")


def ask(actor: Any, row: Any, spec: Spec) -> None:
    """Refuse a verb of which the page would only be filled in for nothing."""
    if spec.name not in {offer.verb for offer in offers(actor, row)}:
        raise Refused("wrong-state", record=row)
    verdict = spec.policy(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
