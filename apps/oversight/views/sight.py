"""Who could have seen a record at a moment, and why."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.oversight.queries.sight import asked_about, kinds, named, who_could_see


class SightForm(forms.Form):
    """Which record, and at which moment."""

    type = forms.ChoiceField(label=pgettext_lazy("field, oversight", "Kind of record"))
    id = forms.UUIDField(
        label=pgettext_lazy("field, oversight", "Its id"),
        help_text=_("The last part of the record's address, also in the audit trail."),
        error_messages={"invalid": _("Copy the id from the record's address.")},
    )
    at = forms.DateTimeField(
        label=pgettext_lazy("field, oversight", "Moment"),
        help_text=_("By your own clock. None: now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the moment as 2026-02-12 14:03.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named_kinds = sorted((str(model._meta.verbose_name), label) for label, model in kinds().items())
        kind: Any = self.fields["type"]
        kind.choices = [("", _("Choose a kind")), *((label, name) for name, label in named_kinds)]


@require_GET
@marked(OFFICIAL)
def sight(request: Any) -> HttpResponse:
    """Ask for a record and a moment; then who could have seen it from which seat, and on which ground."""
    actor = request.actor
    if actor is None:
        raise Refused("not-visible")
    form = SightForm(request.GET if "id" in request.GET else None)
    context: dict[str, Any] = {"form": form, "asked": False}
    with timezone.override(ZoneInfo(actor.time_zone)):
        right = form.is_bound and form.is_valid()
    if right:
        at = form.cleaned_data["at"] or timezone.now()
        record = asked_about(actor, form.cleaned_data["type"], form.cleaned_data["id"])
        note_read(request, "record.sight", record)
        found = [{"it": one, "name": named(actor, one)} for one in who_could_see(record, at)]
        context |= {"asked": True, "at": at, "found": found, "record": record, "kind": record._meta.verbose_name}
    return render(request, "oversight/sight.html", context, status=422 if form.is_bound and not right else 200)
