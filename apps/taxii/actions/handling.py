"""What a person does with what came in: a draft of it, or aside with it. Nothing from a program is shared by itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, do_also
from apps.access.forms import form_for_verb
from apps.rifc.actions.fields import Codes
from apps.taxii import policy
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.stix.importing import Draft

I = Intake.State  # noqa: E741


class Drafts(forms.ChoiceField):
    """One of the reports that could be written from what came in."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those of this one."""
        found = queries.preview(row).drafts if isinstance(row, Intake) else []
        self.choices = [(one.source, one.given["title"]) for one in found]


@action(
    "intake.draft",
    model=Intake,
    label=_("Write a draft of it"),
    policy=policy.may_sort,
    starts={I.OPEN, I.DRAFTED},
    ends=I.DRAFTED,
    takes={
        "source": Drafts(label=_("Report"), widget=forms.RadioSelect),
        "named_persons": Codes(
            label=_("Named persons"), required=False, help_text=_("user names; only for what is TLP:RED")
        ),
    },
)
def draft(actor: Actor, row: Intake, *, source: str, named_persons: Any = ()) -> Intake:
    """Begin a report of your desk with the words and markings that came in; look through it before it goes on."""
    found: Draft | None = next((one for one in queries.preview(row).drafts if one.source == source), None)
    if found is None:
        raise ValidationError({"source": _now("Choose one of the reports that came in.")})
    if found.quarantined:
        raise ValidationError(
            {"source": _now("A marking of it is not understood here. Ask the sender, or write the report yourself.")}
        )
    form = form_for_verb("rifc_report.draft")({**found.given, "named_persons": list(named_persons)}, actor=actor)
    if not form.is_valid():
        said = [f"{name}: {sentence}" for name, faults in form.errors.items() for sentence in faults]
        raise ValidationError({"source": said})
    try:
        made: Any = row
        made.made = do_also("rifc_report.draft", None, **form.cleaned_data)
    except ValidationError as wrong:
        raise ValidationError({"source": wrong.messages}) from wrong
    row.drafts = {**row.drafts, source: str(made.made.thread)}
    # what was recorded by an earlier draft of it is no longer what is proposed with this one
    row.taken = {key: held for key, held in row.taken.items() if key not in found.takes}
    return row


@action(
    "intake.discard",
    model=Intake,
    label=_("Put aside"),
    policy=policy.may_sort,
    starts={I.OPEN, I.DRAFTED},
    ends=I.DISCARDED,
)
def discard(actor: Actor, row: Intake) -> Intake:
    """Say that nothing is to be made of it. What was sent stays in the desk's own collection."""
    return row
