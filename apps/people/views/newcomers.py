"""Whether who has opened an account is the person who was invited: said by who decides at the desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.access.actor import DECIDES
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import answer_form, find_verb, refuse_early
from apps.people.models import Invitation
from apps.people.views.page_context import one

SAID = {
    "confirm": gettext_lazy("Confirmed. From now on this person acts at your desk."),
    "reject": gettext_lazy("The account is closed for good. Oversight is notified."),
}


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def newcomer(request: Any, uid: Any, verb: str) -> HttpResponse:
    """Say that it is they, or that it is not; nobody who invited them is asked."""
    actor = request.actor
    if actor is None or actor.rank < DECIDES or verb not in SAID:
        raise Refused("not-visible")
    rows = Invitation.objects.visible_to(actor).select_related("user", "desk", "inviter")
    it, spec = one(rows, uid), find_verb("invitation", verb)
    refuse_early(actor, it, spec)

    def onward(_done: Any) -> str:
        messages.success(request, SAID[verb])
        return reverse("people:desk")

    about = {"it": it, "title": it.user.get_full_name(), "back": reverse("people:desk")}
    return answer_form(request, spec, it, "people/newcomer.html", onward, **about)
