"""Forms of accounts, seats and keys: the actions' own inputs, with choices in place of codes to type."""

import copy
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.forms import ActorForm, form_for_verb
from apps.people.models import User
from apps.people.queries import conflicts_today, desks_with_keys, own_desks

LARGEST_SHEET = 60_000  # bytes: 200 people
DAYS = ("first_day", "last_day")


class AppointForm(forms.Form):
    """A desk and a role there, in one choice, and perhaps the first and the last day."""

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        self.fields["place"] = place_field(actor)
        takes = form_for_verb("seat.appoint").base_fields
        self.fields["first_day"], self.fields["last_day"] = (copy.copy(takes[name]) for name in DAYS)
        self.fields["last_day"].help_text = _(
            "The appointment ends automatically after this day. Leave empty for no end date."
        )

    shown_at: ClassVar[dict[str, str]] = {"desk": "place", "role": "place", "user": "place"}

    def clean_place(self) -> tuple[str, str]:
        """(desk code, role)."""
        desk, _colon, role = self.cleaned_data["place"].partition(":")
        return desk, role


def place_field(actor: Actor, *, alone: str = "") -> forms.ChoiceField:
    """One choice of a desk of the actor's own party and a role there, as `DESK:role`; `alone`: of one desk only."""
    choices = [("", _("Choose a desk and a role")), *_places(actor, alone)]
    return forms.ChoiceField(label=_("Desk and role"), choices=choices)


def _places(actor: Actor, alone: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            f"{desk.function.name} ({desk.code})",
            [(f"{desk.code}:{role}", role.capitalize()) for role in desk.function.roles],
        )
        for desk in own_desks(actor)
        if desk.party_id == actor.party_code and alone in {"", desk.code}
    ]


def key_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of token.propose, with the desks that the actor may ask for keys of."""
    form = form_for_verb("token.propose")(data, actor=actor, initial={"days": 90, "scope": "read"})
    desks = [(desk.code, desk.code) for desk in desks_with_keys(actor)]
    form.fields["desk"] = forms.ChoiceField(
        label=pgettext_lazy("field, people", "Desk"), choices=[("", _("Choose a desk")), *desks]
    )
    form.fields["days"].help_text = _(
        "90 at most, or 366 if it is bound to the program's own key. Then it ends by itself."
    )
    form.fields["label"].help_text = _("What the key is for, for example “APIS gateway, Piarco”.")
    form.order_fields(["desk", "scope", "days", "label", "networks", "verbs", "collections", "proof_key"])
    return form


def account_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of account.open, with the beginning that user names of the actor's party have."""
    begins = f"{actor.party_code.lower()}."
    form = form_for_verb("account.open")(data, actor=actor, initial={"username": begins, "clearance": 1})
    form.fields["username"].help_text = _("Starts with %(begins)s, for example %(begins)sborder.brown.") % {
        "begins": begins
    }
    form.fields["name"].help_text = _("As the person writes it.")
    form.fields["clearance"].help_text = _("A desk may set a lower limit.")
    form.fields["email"].help_text = _("The person can change it. E-mails contain a number and a date, never a title.")
    form.order_fields(["name", "username", "clearance", "email"])
    return form


def invitation_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of invitation.send, with desk and role in one choice and the beginning of user names."""
    begins = f"{actor.party_code.lower()}."
    form = form_for_verb("invitation.send")(data, actor=actor, initial={"username": begins, "clearance": 1})
    del form.fields["desk"], form.fields["role"]
    form.fields["place"] = place_field(actor)
    form.fields["username"].help_text = _("Starts with %(begins)s, for example %(begins)sborder.brown.") % {
        "begins": begins
    }
    form.fields["name"].help_text = _("As the person writes it.")
    form.fields["email"].help_text = _(
        "The link is sent here. Use the person's own official address, not a shared one."
    )
    form.fields["clearance"].help_text = _("Confidential needs second approval; until then the clearance is Official.")
    form.order_fields(["name", "username", "email", "place", "clearance"])
    form.shown_at = {"desk": "place", "role": "place"}  # type: ignore[attr-defined]
    return form


def transfer_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of seat.transfer, with desk and role in one choice."""
    form = form_for_verb("seat.transfer")(data, actor=actor)
    del form.fields["desk"], form.fields["role"]
    form.fields["place"] = place_field(actor)
    form.order_fields(["place", "reason"])
    form.shown_at = {"desk": "place", "role": "place", "user": "place"}  # type: ignore[attr-defined]
    return form


def waiver_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of waiver.record for a person who is known, with the conflicts of today."""
    form = form_for_verb("waiver.record")(data, actor=actor)
    del form.fields["user"]
    pairs = [(f"{one}+{other}", f"{one.capitalize()}, {other}") for one, other in conflicts_today()]
    form.fields["conflict"] = forms.ChoiceField(
        label=pgettext_lazy("field, people", "Functions"), choices=[("", _("Choose two functions")), *pairs]
    )
    form.fields["last_day"].help_text = _("At most one year.")
    return form


def stand_in_form(actor: Actor, data: Any, people: list[tuple[str, str]]) -> ActorForm:
    """Input of seat.delegate, with the people and the places that the actor may choose from."""
    form = form_for_verb("seat.delegate")(data, actor=actor)
    del form.fields["desk"], form.fields["role"]
    named = [(username, f"{name} ({username})") for username, name in people]
    form.fields["user"] = forms.ChoiceField(
        label=pgettext_lazy("field, people", "Acting officer"), choices=[("", _("Choose a person")), *named]
    )
    form.fields["place"] = place_field(actor, alone="" if actor.function == "administration" else actor.desk_code)
    form.fields["last_day"].help_text = _("The appointment ends automatically after this day.")
    form.order_fields(["user", "place", "first_day", "last_day", "reason"])
    form.shown_at = {"desk": "place", "role": "place"}  # type: ignore[attr-defined]
    return form


def secondment_form(actor: Actor, data: Any = None) -> ActorForm:
    """Input of proposal.second, with desk and role in one choice."""
    form = form_for_verb("proposal.second")(data, actor=actor)
    del form.fields["desk"], form.fields["role"]
    form.fields["place"] = place_field(actor)
    form.fields["user"].help_text = _("Exactly as the person's own party writes it, for example brb.border.brown.")
    form.fields["last_day"].help_text = _("At most one year. A longer secondment needs a new agreement.")
    form.fields["reason"].help_text = _("The person's own administrators see it. Both registers keep it.")
    form.order_fields(["user", "place", "first_day", "last_day", "reason"])
    form.shown_at = {"desk": "place", "role": "place"}  # type: ignore[attr-defined]
    return form


def emergency_form(actor: Actor, desks: list[Any], data: Any) -> ActorForm:
    """Input of emergency.take, with the desks of the actor's party that have emergency seats."""
    form = form_for_verb("emergency.take")(data, actor=actor)
    choices = [(desk.code, f"{desk.function.name} ({desk.code})") for desk in desks]
    form.fields["desk"] = forms.ChoiceField(
        label=pgettext_lazy("field, people", "Desk"), choices=[("", _("Choose a desk")), *choices]
    )
    form.order_fields(["desk", "cause", "why", "case"])
    return form


class SheetForm(forms.Form):
    """Many invitations at once: a CSV file, or its text."""

    file = forms.FileField(label=pgettext_lazy("field, people", "CSV file"), required=False)
    text = forms.CharField(
        label=pgettext_lazy("field, people", "Lines"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono"}),
    )

    def clean(self) -> dict[str, Any]:
        """With `lines`, what was sent as text; a file goes before the text."""
        sent = self.cleaned_data.get("file")
        if sent is not None and sent.size > LARGEST_SHEET:
            raise forms.ValidationError(_("The file is too large. Send at most 200 people at a time."))
        try:
            text = sent.read().decode("utf-8-sig") if sent is not None else self.cleaned_data.get("text", "")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not UTF-8. Save it as “CSV UTF-8”.")) from None
        if not text.strip() or "\x00" in text:
            raise forms.ValidationError(_("Choose a file, or enter lines."))
        return {**self.cleaned_data, "lines": text}


class JoinForm(forms.Form):
    """What an invited person gives: the code, and a password of their own."""

    code = forms.CharField(
        label=pgettext_lazy("field, people", "Code"),
        max_length=40,
        help_text=_("Somebody of your party gives it to you in person."),
    )
    password1 = forms.CharField(
        label=pgettext_lazy("field, people", "New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least 12 characters. Four unrelated words are easy to remember."),
    )
    password2 = forms.CharField(
        label=_("Repeat the new password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The rules of the portal's passwords; both times the same."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Enter the same password twice."))
        elif first:
            try:
                validate_password(first, self.user)
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return self.cleaned_data


class PreferencesForm(forms.Form):
    """How the pages look. Everything is optional: one button sends one wish."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    density = forms.ChoiceField(
        choices=[
            ("normal", pgettext_lazy("choice, people", "Spacious lists")),
            ("compact", pgettext_lazy("choice, people", "Compact lists")),
        ],
        required=False,
    )

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
