"""What a person does with what came in: a draft of it, or aside with it. Nothing from a program is shared by itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also
from apps.access.forms import form_for_verb
from apps.rifc.actions.fields import Codes
from apps.taxii import policy
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.stix.imports import Draft

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
    label=_("Create a draft report"),
    done=_("Drafted a report from what came in"),
    policy=policy.may_sort,
    starts={I.OPEN, I.DRAFTED},
    ends=I.DRAFTED,
    takes={
        "source": Drafts(label=pgettext_lazy("field, taxii", "Report"), widget=forms.RadioSelect),
        "named_persons": Codes(
            label=pgettext_lazy("field, taxii", "Named persons"),
            required=False,
            help_text=_("user names; only for TLP:RED"),
        ),
    },
)
def draft_taxii_object(actor: Actor, row: Intake, *, source: str, named_persons: Any = ()) -> Intake:
    """Begin a report of your desk with the words and markings that came in; look through it before it goes on."""
    found: Draft | None = next((one for one in queries.preview(row).drafts if one.source == source), None)
    if found is None:
        raise ValidationError({"source": _now("Choose one of the reports received.")})
    if found.quarantined:
        raise ValidationError(
            {
                "source": _now(
                    "The portal does not recognise one of its markings. Ask the sender, or write the report yourself."
                )
            }
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
    label=pgettext_lazy("button, taxii", "Put aside"),
    done=_("Put aside what came in"),
    policy=policy.may_sort,
    starts={I.OPEN, I.DRAFTED},
    ends=I.DISCARDED,
    danger=True,
)
def discard_taxii_object(actor: Actor, row: Intake) -> Intake:
    """Say that nothing is to be made of it. What was sent stays in the desk's own collection."""
    return row
