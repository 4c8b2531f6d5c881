"""A filled list of reports is taken over as a whole, or not at all."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.council.policy import may_speak_for_state
from apps.impacs import policy
from apps.impacs.models import Report, StateAction
from apps.impacs.obligations.actions.fields import today
from apps.impacs.obligations.actions.state_work import begin
from apps.impacs.obligations.queries import action_parts
from apps.impacs.refusals import Refusals


@action(
    "state_action.import",
    model=StateAction,
    label=_("Import the spreadsheet"),
    done=_("Reported progress by a filled list"),
    policy=may_speak_for_state,
    ends=StateAction.State.values,
)
def import_state_reports(actor: Actor, _row: None, *, lines: Sequence[dict[str, Any]]) -> StateAction:
    """Report on many actions at once; one that has changed since the list was written stops them all."""
    if not lines:
        raise ValidationError({"file": _now("Nothing is filled in. Enter progress and what was done, then upload it.")})
    versions = {line["action"]: line for line in lines}
    rows = StateAction.objects.visible_to(actor).filter(pk__in=versions, party=actor.party_code)
    found = {str(row.pk): row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    for key, line in versions.items():
        row = found.get(key)
        if row is None or row.version != line["version"] or row.state not in StateAction.WORKED:
            sentence = _now(
                "Row %(number)s has changed in the meantime. Nothing was imported. Upload the spreadsheet again."
            )
            raise ValidationError({"file": sentence % {"number": line["number"]}})
        if not policy.may_act_for_state(actor, row):
            raise Refused(Refusals.NOT_ADDRESSED)
    for key, line in versions.items():
        _report(actor, found[key], line)
    return next(iter(found.values()))


def _report(actor: Actor, row: StateAction, line: dict[str, Any]) -> None:
    before, day, steps = row.state, today(actor), action_parts.live_steps(row)
    progress = action_parts.progress_of(steps) if steps else line["progress"]
    Report.objects.create(action=row, text=line["text"], progress=progress, day=day, seat_id=actor.seat_id)
    row.progress, row.reported_on = progress, day
    begin(actor, row)
    change_also("state_action.report", row, "progress", "reported_on", "acknowledged_on", "state", before=before)
    emit("state_action.reported", row)
