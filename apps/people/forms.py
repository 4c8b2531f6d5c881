"""Forms of accounts, seats and keys: the actions' own inputs, with choices in place of codes to type."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.forms import ActorForm, form_for_verb
from apps.people.models import User
from apps.people.queries import own_desks

STATES = [("", _("Any")), *User.State.choices]
FACTORS = [("", _("Any")), ("yes", _("Set up")), ("no", _("Missing"))]


class RegisterFilter(forms.Form):
    """Filters of the register, all of them in the address."""

    q = forms.CharField(label=_("Name or user name"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("Account"), choices=STATES, required=False)
    factor = forms.ChoiceField(label=_("Second factor"), choices=FACTORS, required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data, auto_id="f-%s")
        desks = [(desk.code, desk.function.name) for desk in own_desks(actor) if desk.party_id == actor.party_code]
        self.fields["desk"] = forms.ChoiceField(label=_("Desk"), required=False, choices=[("", _("Any")), *desks])
        self.order_fields(["q", "desk", "state", "factor"])

    def chosen(self) -> dict[str, str]:
        """The filters that hold something; a value that is none of the choices is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AppointForm(forms.Form):
    """A desk and a role there, in one choice."""

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        choices = [("", _("Choose a desk and a role")), *_places(actor)]
        self.fields["place"] = forms.ChoiceField(label=_("Desk and role"), choices=choices)

    def clean_place(self) -> tuple[str, str]:
        """(desk code, role)."""
        desk, _colon, role = self.cleaned_data["place"].partition(":")
        return desk, role


def _places(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            f"{desk.function.name} ({desk.code})",
            [(f"{desk.code}:{role}", role.capitalize()) for role in desk.function.roles],
        )
        for desk in own_desks(actor)
        if desk.party_id == actor.party_code
    ]


def key_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of token.create, with the desks that the actor may make keys for."""
    form = form_for_verb("token.create")(data, actor=actor, initial={"days": 90, "scope": "read"})
    desks = [(desk.code, desk.code) for desk in own_desks(actor)]
    form.fields["desk"] = forms.ChoiceField(label=_("Desk"), choices=[("", _("Choose a desk")), *desks])
    form.fields["days"].help_text = _("1 to 366. The key ends by itself after that.")
    form.fields["label"].help_text = _("What the key is for, for example “APIS gateway, Piarco”.")
    form.order_fields(["desk", "scope", "days", "label"])
    return form


def account_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of account.open, with the beginning that user names of the actor's party have."""
    begins = f"{actor.party_code.lower()}."
    form = form_for_verb("account.open")(data, actor=actor, initial={"username": begins, "clearance": 1})
    form.fields["username"].help_text = _("Begins with %(begins)s, for example %(begins)sborder.brown.") % {
        "begins": begins
    }
    form.fields["name"].help_text = _("As the person writes it.")
    form.fields["clearance"].help_text = _("A desk may cap it further.")
    form.fields["email"].help_text = _("The person can change it. Mails carry a number and a date, never a title.")
    form.order_fields(["name", "username", "clearance", "email"])
    return form


class PreferencesForm(forms.Form):
    """How the pages look. Everything is optional: one button sends one wish."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    density = forms.ChoiceField(choices=[("normal", _("Roomy lists")), ("compact", _("Compact lists"))], required=False)

    def wishes(self) -> dict[str, Any]:
        """Arguments of actions.prefer; what was not sent, or is none of the choices, stays as it is."""
        self.is_valid()
        density = self.cleaned_data.get("density")
        return {
            "theme": self.cleaned_data.get("theme") or None,
            "compact": density == "compact" if density else None,
        }


def safe_next(request: Any, fallback: str) -> str:
    """Where the form wants to return to, if that is a page of this portal; else the fallback."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else fallback
