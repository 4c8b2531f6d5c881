"""What the pages of the Council's verbs have in common: one address by collection, and the way back to the room."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from apps.access.declared_actions import Spec
from apps.council.models import Meeting
from apps.pages.verb_pages import Hook, VerbPages


def council_verbs(model: Any, noun: str, collection: str, *, begin: Hook | None = None, **more: Any) -> VerbPages:
    """The pages of the verbs of a collection, whose records have the page council:NOUN.

    `begin` gives what `VerbPages.prepare` does; the form of a button of the live room leads back to it besides.
    """
    page: Callable[[Any], str] = lambda row: reverse(f"council:{noun}", args=[row.pk])  # noqa: E731

    def prepare(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
        room = room_of(request, row)
        # what others do meanwhile in a room, a presence or a vote, must not make a form stale
        back = {"back": room, "version": None} if room else {}
        return {**(begin(request, row, spec) if begin else {}), **back}

    def onward(request: Any, done: Any, spec: Spec) -> str:
        return room_of(request, done) or page(done)

    ways: dict[str, Any] = {
        "rows": model.objects.visible_to,
        "page": page,
        "prepare": prepare,
        "onward": onward,
        **more,
    }
    return VerbPages(noun=noun, address="council:act", arguments=(collection,), tries_first=True, **ways)


def room_of(request: Any, row: Any) -> str:
    """The live room that the button stood in (`?from=room`), at the seat that was dealt with; "" for other places."""
    meeting = row.pk if isinstance(row, Meeting) else getattr(row, "meeting_id", None)
    if meeting is None or request.GET.get("from") != "room":
        return ""
    party = request.POST.get("party", "")
    place = reverse("council:room", args=[meeting])
    return f"{place}?seat={party}" if party.isalpha() and len(party) <= 8 else place
