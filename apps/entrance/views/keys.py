"""From where and for what a key of a program is used, and asking for its successor."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.entrance import policy
from apps.entrance.models import KeyLimit
from apps.entrance.queries import sign_in
from apps.pages.verb_pages import answer_form
from apps.people.models import DeskToken


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def limit(request: Any, uid: Any) -> HttpResponse:
    """Networks, verbs and collections of one key; who may, changes them here."""
    actor, token = request.actor, _key(request, uid)
    spec, known = REGISTRY["key_limit.set"], sign_in.limit_of(token)

    def onward(_limit: Any) -> str:
        messages.success(request, _("Saved. The key now works only within these limits."))
        return reverse("people:tokens")

    return answer_form(
        request, spec, None, "entrance/key.html", onward,
        run=partial(spec.run, actor, None, token=token),
        initial={name: "\n".join(getattr(known, name)) if known else "" for name in KeyLimit.LIMITS}, token=token,
    )  # fmt: skip


def _key(request: Any, uid: Any) -> Any:
    """A live key of the party, for who may say what it is for."""
    actor = request.actor
    token = DeskToken.objects.visible_to(actor).filter(uid=uid, state="live").select_related("seat__desk").first()
    if token is None:
        raise Refused("not-visible")
    verdict = policy.may_set_rule(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return token


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def successor(request: Any, uid: Any) -> HttpResponse:
    """Ask for a key in place of an old one; as every key it takes a second person of the desk."""
    actor, token = request.actor, _key(request, uid)
    spec = REGISTRY["token.rotate"]

    def onward(_asked: Any) -> str:
        messages.success(request, _("Asked for. Somebody else who decides at the desk approves it."))
        return reverse("people:tokens")

    return answer_form(
        request, spec, None, "entrance/successor.html", onward,
        run=partial(spec.run, actor, None, token=token), initial={"days": 90, "overlap_days": 7}, token=token,
    )  # fmt: skip
