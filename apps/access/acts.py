"""What the pages of verbs share: their buttons, whether a form is worth filling in, and the one try it has."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError

from apps.access.actor import Actor
from apps.access.doors import Spec, offers
from apps.access.forms import put_faults
from apps.access.refused import Refused


def buttons(
    actor: Actor, row: Any, place: Callable[[str], str], dangerous: Collection[str], but: Collection[str] = ()
) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent, and `but`.

    `place` gives a verb's page; `dangerous` verbs are outlined in red and ask before they act.
    """
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "url": place(offer.verb),
            "asks": bool(offer.spec.takes) or offer.verb in dangerous,
            "danger": offer.verb in dangerous,
        }
        for offer in offers(actor, row)
        if offer.allowed and offer.verb not in but
    ]


def ask(actor: Actor, row: Any, spec: Spec) -> None:
    """Refuse a verb of which the page would only be filled in for nothing."""
    if row.state not in spec.starts:
        raise Refused("wrong-state", spec.otherwise, record=row)
    verdict = spec.policy(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


def attempted(form: Any, act: Callable[..., Any]) -> tuple[Any, int]:
    """(what `act` gives for the form's input, 302), or (None, the status of its page) with what is wrong in the form.

    Refused goes on where the record is not visible, or where there is no field beside which it could stand.
    """
    if not form.is_valid():
        return None, 422
    try:
        return act(**form.cleaned_data), 302
    except ValidationError as wrong:
        put_faults(form, wrong)
        return None, 422
    except Refused as refusal:
        if refusal.reason == "not-visible" or not form.fields:
            raise
        form.add_error(None, refusal.message)
        return None, refusal.status
