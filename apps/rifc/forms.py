"""The choice of desks on a page: a form's field, drawn as a picker of States and desks."""

from typing import Any

from apps.pages.pickers import desk_picker
from apps.rifc.actions.fields import Desks

TO_DESKS = "rifc/verb.html"
"""The page of a verb that chooses desks; it needs `beside_desks`."""


def beside_desks(form: Any) -> dict[str, Any]:
    """What a page shows of a form that chooses desks: their picker."""
    if not isinstance(form.fields.get("to"), Desks):
        return {}
    own = form.actor.party_code if form.actor else ""
    return {"desks": desk_picker("to", form.fields["to"].choices, form["to"].value() or (), own=own)}
