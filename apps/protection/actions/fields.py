"""Input that is chosen from what a seat sees on a person."""

from typing import Any

from django import forms

from apps.access.actor import Actor
from apps.protection.queries import held_data


class PlacesField(forms.MultipleChoiceField):
    """Texts and files that name the person of a request and that they may be told of."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those that the seat sees, none ticked: a name may be another person's."""
        found = held_data.places_of(actor, row) if actor is not None and row is not None else None
        told = [one for one in (*found.texts, *found.files) if one.told] if found else []
        self.choices = [(one.key, f"{one.text} ({one.how_in_words})") for one in told]
