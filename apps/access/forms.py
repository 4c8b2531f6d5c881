"""Input of actions: the same form for the page and the API, scoped to the asker."""

import copy
from functools import lru_cache
from typing import Any

from django import forms

from apps.access.actor import Actor
from apps.access.doors import REGISTRY, Spec


class ActorForm(forms.Form):
    """A form that knows who fills it in. Fields with a method `scope(actor, row)` are narrowed to his choices."""

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
