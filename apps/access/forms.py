"""Input of actions: the same form for the page and the API, scoped to the asker."""

import copy
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec


class ActorForm(forms.Form):
    """A form that knows who fills it in. Fields with a method `scope(actor, row)` are narrowed to their choices."""

    def __init__(self, data: Any = None, *, actor: Actor | None = None, row: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.actor, self.row = actor, row
        for name, field in self.fields.items():
            if hasattr(field, "scope"):
                field.scope(actor, row)
                if not self.is_bound and name not in self.initial:
                    self.initial[name] = field.initial


@lru_cache
def form_for_verb(verb: str) -> type[ActorForm]:
    """The form class of a declared action's input."""
    spec = REGISTRY[verb]
    fields = {name: copy.deepcopy(field) for name, field in spec.takes.items()}
    name = spec.verb.title().replace(".", "").replace("_", "") + "Form"
    return type(name, (ActorForm,), fields)


def form_for(spec: Spec) -> type[ActorForm]:
    """The form class of a declared action's input."""
    return form_for_verb(spec.verb)


def posted_version(request: Any, name: str = "version") -> int | None:
    """The version of the record that the posted form was shown for; None where it names none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def put_faults(form: Any, wrong: ValidationError) -> None:
    """Show what an action refused at the field that it named, or at `form.shown_at` in its place; else above all."""
    faults = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    for name, sentences in faults.items():
        at = getattr(form, "shown_at", {}).get(name, name)
        for sentence in sentences:
            form.add_error(at if at in form.fields else None, sentence)


def carried_out(form: Any, act: Callable[[], Any]) -> Any:
    """What the action gives, or None with the faults in the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as wrong:
        put_faults(form, wrong)
        return None
