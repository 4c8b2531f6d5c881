"""Opening sealed texts: asking, the holder's page, carrying shares over, and giving a State shares."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.pages.verb_pages import VerbPages, answer_form
from apps.rifc.actions import openings as actions
from apps.rifc.lists import OPENING_STATES, OPENINGS, Openings
from apps.rifc.models import Opening, SealedShare
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.queries import sealed_texts
from apps.sealing.models import HolderKey

AT_ONCE = 100


verbs = VerbPages(
    noun="opening",
    address="rifc:opening_do",
    rows=sealed_texts.opening_rows,
    page=lambda row: reverse("rifc:opening", args=[row.pk]),
    title=lambda row: row.report.number or pgettext("heading, rifc", "a draft"),
    whence=(gettext_lazy("Openings of sealed texts"), "rifc:openings"),
    elsewhere={"release"},
    prepare=lambda _request, _row, _spec: {"marking": OPENINGS},
)


@require_http_methods(["GET", "POST"])
def ask(request: Any, pk: Any) -> HttpResponse:
    """Ask two holders to open the text of a report; the browser makes a key for the answer."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["opening.ask"]
    back = reverse("rifc:report", args=[row.thread])

    def onward(_made: Any) -> str:
        messages.success(request, _("The key holders of your State are asked. Leave this browser as it is until then."))
        return back

    run = lambda **fields: actions.ask_sealed_opening(request.actor, None, of=row, **fields)  # noqa: E731
    return answer_form(
        request, spec, row, "rifc/opening_ask.html", onward, run=run, back=back, title=row, marking=shown.marking(row)
    )


@require_GET
def openings(request: Any) -> HttpResponse:
    """Openings that the seat sees: its own, those it is asked for, and for the originator all of its reports."""
    return Openings(request).answer(to_carry_over=sealed_texts.to_carry_over(request.actor).count())


@require_GET
def opening(request: Any, pk: Any) -> HttpResponse:
    """One opening; for a holder with their share, which the browser opens with the key file and encrypts anew."""
    actor, row = request.actor, verbs.find(request.actor, pk)
    row.chip = OPENING_STATES[row.state]
    asked = actor.party_code == row.party_id and row.state == Opening.State.ASKED
    held = sealed_texts.own_share(actor, row.text_id) if asked else None
    released = sealed_texts.released(row)
    context = {
        "row": row,
        "held": held,
        "share": share_for_script(held) if held else None,
        "released": len(released),
        "done": any(one.holder_id == actor.user_id for one in released),
        "person": row.user.full_name if actor.party_code == row.party_id else "",
        "offers": [one for one in verbs.buttons(actor, row) if one["verb"] != "refuse" or held],
        "marking": OPENINGS,
    }
    return render(request, "rifc/opening.html", context)


def share_for_script(held: SealedShare) -> dict[str, Any]:
    """A holder's own share as the page's script takes it."""
    return {
        "id": str(held.pk),
        "text": str(held.text.text_id),
        "party": held.party_id,
        "public": held.key.public,
        "fingerprint": held.key.fingerprint,
        "x": held.x,
        "check": held.check_hash,
        "enc": held.enc,
        "share": held.share,
    }


@require_GET
def carry_over(request: Any) -> HttpResponse:
    """Carry one's shares over from a replaced key to the one in force: the page's script does it, share by share."""
    actor = request.actor
    rows = list(sealed_texts.to_carry_over(actor)[:AT_ONCE])
    newer = HolderKey.objects.visible_to(actor).filter(user_id=actor.user_id, state="in_force").first()
    context = {"shares": [share_for_script(row) for row in rows], "newer": newer, "marking": OPENINGS}
    return render(request, "rifc/carry_over.html", context)


def for_script(rows: list[Opening]) -> list[dict[str, str]]:
    """Openings that two holders answered, as the scripts of pages take them."""
    return [
        {"id": str(row.pk), "public": row.public, "address": reverse("api:rifc-openings-detail", args=[row.pk])}
        for row in rows
        if row.state == Opening.State.OPEN
    ]
