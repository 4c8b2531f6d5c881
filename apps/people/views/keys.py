"""Keys of programs: asked for, approved by a second person of the desk, shown once to one of the two, revoked."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.access import declared_actions
from apps.access.forms import form_for
from apps.access.manifest import registry
from apps.access.marking import OFFICIAL, marked
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.pages.verb_pages import find_verb, refuse_early, try_form
from apps.people import actions, policy
from apps.people.forms import key_form
from apps.people.models import DeskToken
from apps.people.queries import hand_of, keys_made_by, makers_of
from apps.people.queries.seat_additions import key_additions
from apps.people.rules.registers import REGISTERS
from apps.people.views.page_context import one

KEEPS_KEYS = REGISTERS | {"platform"}
ON_A_PAGE = {"approve", "refuse", "withdraw", "show"}
SAID = {
    "approved": gettext_lazy("The key is approved. The requester is notified, and one of you can see it, once."),
    "refused": gettext_lazy("The key is refused. There is none."),
    "withdrawn": gettext_lazy("The request is withdrawn. No key was made."),
    "void": gettext_lazy("It is void: one of the two sits there no longer. There is no key."),
    "lapsed": gettext_lazy("The request expired: no one answered in time. There is no key."),
}


def _keeper(request: Any) -> Any:
    """The actor, if they keep the party's keys or decides on those of their own desk; for others the page is not
    there."""
    actor = request.actor
    if actor is None or not (actor.function in KEEPS_KEYS or policy.decides_on_keys(actor)):
        raise Refused("not-visible")
    return actor


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def tokens(request: Any) -> HttpResponse:
    """The keys that the seat may see, what waits first; and the form to ask for one."""
    actor, status = _keeper(request), 200
    verdict = policy.may_propose_key(actor, None)
    form = key_form(actor, request.POST if request.method == "POST" else None) if verdict else None
    if request.method == "POST":
        if form is None:
            raise Refused("may-not", getattr(verdict, "code", ""))
        made, status = try_form(form, partial(actions.propose_api_key, actor, None))
        if made is not None:
            messages.success(request, _("Asked for. Somebody else who decides at the desk approves it."))
            return redirect("people:tokens")
    rows = DeskToken.objects.visible_to(actor).with_hands()
    keys = [*rows.filter(state__in=DeskToken.WAITING).order_by("lapses_at")[:100]]
    keys += rows.exclude(state__in=DeskToken.WAITING).order_by("state", "-pk")[:200]
    makers = makers_of(actor, keys)
    context = {
        "keys": [_shown(actor, key, makers) for key in keys],
        "form": form,
        "why_not": "" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
    }
    return render(request, "people/tokens.html", context, status=status)


def _shown(actor: Any, key: Any, makers: dict[int, str]) -> dict[str, Any]:
    second = hand_of(actor, key.approver_seat)
    keeps = actor.function == "administration"
    return {"it": key, "maker": makers.get(key.pk, ""), "second": second, "offers": _offers(actor, key), "keeps": keeps}


def made_by(actor: Any, it: Any) -> list[dict[str, Any]]:
    """Live keys that a person made, with the button that ends them: for pages that shut them out."""
    return [{"it": key, "offers": _offers(actor, key)} for key in keys_made_by(actor, it)]


def _offers(actor: Any, key: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {key.pk}",
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": _place(key, offer.verb),
            "asks": offer.verb in ON_A_PAGE,
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, key)
        if offer.allowed or offer.verb == "revoke"
    ]


def _place(key: Any, verb: str) -> str:
    return reverse("people:token_do", args=[key.uid, verb]) if verb in ON_A_PAGE else _revoking(key)


def _revoking(key: Any) -> str:
    return reverse("people:token_revoke", args=[key.uid])


@require_http_methods(["GET", "POST"])
@sensitive_variables("done")
@marked(OFFICIAL)
def token_do(request: Any, uid: Any, verb: str) -> HttpResponse:
    """Approve, refuse or take back a key on a page of its own; or have it shown, there and once."""
    actor = _keeper(request)
    it = one(DeskToken.objects.visible_to(actor).with_hands(), uid)
    if verb not in ON_A_PAGE:
        raise Refused("not-visible")
    spec = find_verb("token", verb)
    refuse_early(actor, it, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=it)
    if verb == "approve":
        levels: Any = form.fields["clearance"]
        levels.choices = Level.choices[: actor.clearance + 1]
        form.initial["clearance"] = min(1, actor.clearance)
    done, status = None, 200
    if request.method == "POST":
        done, status = try_form(form, partial(spec.run, actor, it))
        if done is not None and done.state != DeskToken.State.LIVE:
            messages.success(request, SAID[done.state])
            return redirect("people:tokens")
    context = {
        "it": it,
        "form": form,
        "spec": spec,
        "made": done,
        "limit": limit_of(it),
        "adds": key_additions(it, actor.clearance) if verb == "approve" and done is None else None,
        "hand": hand_of(actor, it.maker_seat),
        "title": pgettext("words, people", "API keys"),
        "back": reverse("people:tokens"),
    }
    return render(request, "people/token_do.html", context, status=200 if done else status)


def limit_of(key: DeskToken) -> Any:
    """From where and for what a key is, as far as the app that keeps it says; None for no limit."""
    found = [
        known.get(key.pk) for known in (limits([key]) for limits in registry.offered("people.key_limits").values())
    ]
    return next((one for one in found if one is not None), None)


@require_POST
def token_revoke(request: Any, uid: Any) -> HttpResponse:
    """Make a key useless."""
    actor = _keeper(request)
    actions.revoke_api_key(actor, one(DeskToken.objects.visible_to(actor), uid))
    messages.success(request, _("The key is revoked. Programs that use it are now refused."))
    return redirect("people:tokens")
