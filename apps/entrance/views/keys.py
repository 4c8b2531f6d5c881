"""From where and for what a key of a program is used, and its successor."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from apps.access.acts import attempted, carry_out
from apps.access.doors import REGISTRY
from apps.access.forms import form_for
from apps.access.refused import Refused
from apps.entrance import policy, queries
from apps.entrance.models import KeyLimit
from apps.people.models import DeskToken


@require_http_methods(["GET", "POST"])
def limit(request: Any, uid: Any) -> HttpResponse:
    """Networks, verbs and collections of one key; who may, changes them here."""
    actor, token = request.actor, _key(request, uid)
    spec, known = REGISTRY["key_limit.set"], queries.limit_of(token)

    def onward(_limit: Any) -> str:
        messages.success(request, _("From now on the key is taken like this only."))
        return reverse("people:tokens")

    return carry_out(
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
@sensitive_variables("made")
def successor(request: Any, uid: Any) -> HttpResponse:
    """Make a key in place of an old one; the new one is shown here, once."""
    actor, token = request.actor, _key(request, uid)
    spec, made, status = REGISTRY["token.rotate"], None, 200
    data = request.POST if request.method == "POST" else None
    form = form_for(spec)(data, actor=actor, initial={"days": 90, "overlap_days": 7})
    if data is not None:
        made, status = attempted(form, partial(spec.run, actor, None, token=token))
    context = {"form": form, "spec": spec, "token": token, "made": made}
    return render(request, "entrance/successor.html", context, status=200 if made else status)
