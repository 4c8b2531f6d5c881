"""Judgements as records: added, changed and dropped while the text is open."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.models import Assessment, Citation, Judgement
from apps.assessments.queries import sources
from apps.assessments.rules import yardsticks
from apps.rifc.queries import reports

S = Assessment.State
WRITING = {S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION}
COLUMNS = (
    *("text", "likelihood", "confidence", "confidence_basis", "timeframe_from", "timeframe_to", "threat_category"),
    *("area", "alternatives", "assumptions", "indicators"),
)


def content() -> dict[str, forms.Field]:
    """The input of a judgement."""
    return {
        "text": fields.words(_("Judgement"), 2000, help_text=_("one or two sentences; likelihood yes, confidence no")),
        "likelihood": fields.Likelihood(label=_("Likelihood")),
        "confidence": forms.ChoiceField(
            label=_("Confidence"), choices=[(one, one) for one in yardsticks.CONFIDENCE], widget=forms.RadioSelect
        ),
        "confidence_basis": fields.words(
            _("Basis of the confidence"),
            1000,
            help_text=_("quality of sources, corroboration, assumptions, gaps; “no reporting:” where nothing is cited"),
        ),
        "citations": fields.Citations(
            label=_("Rests on"), required=False, help_text=_("one report a line: its id, and the number of a paragraph")
        ),
        "timeframe_from": fields.day(_("From")),
        "timeframe_to": fields.day(_("Until"), help_text=_("the day on which it can be said what became of it")),
        "threat_category": fields.threat(),
        "area": fields.Codes(label=_("Area"), required=False, help_text=_("States by code")),
        "alternatives": fields.words(_("Alternatives considered"), 2000, required=False),
        "assumptions": fields.Texts(label=_("Assumptions"), required=False, help_text=_("one a line")),
        "indicators": fields.Texts(
            label=_("What would change it"), required=False, help_text=_("indicators, one a line")
        ),
        "classification": fields.Classification(label=_("Marking"), required=False),
    }


@action(
    "jta_judgement.add",
    model=Assessment,
    label=_("Add a judgement"),
    policy=policy.may_write,
    starts=WRITING,
    ends=WRITING,
    otherwise="jta-frozen",
    takes=content(),
)
def add(actor: Actor, row: Assessment, **given: Any) -> Assessment:
    """Add a judgement with what it rests on."""
    last = Judgement.objects.filter(assessment=row).order_by("-order").first()
    made = Judgement(assessment=row, order=last.order + 1 if last else 1, level=row.level)
    _write(actor, row, made, given)
    row.made = made
    return row


@action(
    "jta_judgement.change",
    model=Assessment,
    label=_("Change a judgement"),
    policy=policy.may_write,
    starts=WRITING,
    ends=WRITING,
    otherwise="jta-frozen",
    takes={"judgement": fields.key_field(_("Judgement")), **content()},
)
def change(actor: Actor, row: Assessment, *, judgement: uuid.UUID, **given: Any) -> Assessment:
    """Change a judgement; positions taken on its older words no longer count."""
    row.made = fields.judgement_of(row, judgement)
    _write(actor, row, row.made, given)
    return row


def _write(actor: Actor, row: Assessment, made: Judgement, given: dict[str, Any]) -> None:
    for name in COLUMNS:
        if name in given:
            value = given[name]
            setattr(made, name, list(value) if isinstance(value, tuple) else value)
    level = given.get("classification")
    made.level = made.level if level in (None, "") else level
    if made.level > row.level:
        raise ValidationError({"classification": _now("This is marked above the assessment's ceiling.")})
    made.writers = sorted({*made.writers, actor.user_id})
    _order(made.timeframe_from, made.timeframe_to)
    known = _cited(actor, row, made, given["citations"]) if "citations" in given else None
    if made._state.adding:
        made.save(force_insert=True)
    else:
        made.save()
    if known is not None:
        Citation.objects.filter(judgement=made).exclude(pk__in=[one.pk for one in known]).delete()
        Citation.objects.bulk_create([one for one in known if one._state.adding])


def _order(first: datetime.date | None, last: datetime.date | None) -> None:
    if first and last and last < first:
        raise ValidationError({"timeframe_to": _now("The end is before the beginning. Correct one of the two.")})


def _cited(actor: Actor, row: Assessment, made: Judgement, given: Any) -> list[Citation]:
    """The citations: those of reports that the writer sees, and those kept that he does not, but of recalled ones."""
    have = (
        {} if made._state.adding else {(one.report, one.para): one for one in Citation.objects.filter(judgement=made)}
    )
    threads: dict[str, uuid.UUID] = {}
    for report, _para in given:
        threads[report] = threads.get(report) or _thread(actor, report)
    wanted = {(threads[report], para) for report, para in given}
    gone = sources.recalled({thread for thread, _para in [*wanted, *have]})
    if any(thread in gone for thread, _para in wanted):
        raise ValidationError({"citations": _now("A report that was recalled cannot be cited. Leave it out.")})
    mine = Citation.objects.visible_to(actor).filter(judgement=made).values_list("pk", flat=True)
    seen = set() if made._state.adding else set(mine)
    kept = [one for key, one in have.items() if key in wanted or (one.pk not in seen and key[0] not in gone)]
    new = [Citation(assessment=row, judgement=made, report=key[0], para=key[1]) for key in wanted if key not in have]
    return kept + new


def _thread(actor: Actor, key: str) -> uuid.UUID:
    try:
        found: uuid.UUID = reports.meant(actor, uuid.UUID(key)).thread
    except (ValueError, Refused):
        raise ValidationError(
            {"citations": _now("There is no report %(id)s that you can cite.") % {"id": key}}
        ) from None
    return found


@action(
    "jta_judgement.drop",
    model=Assessment,
    label=_("Drop a judgement"),
    policy=policy.may_lead,
    starts=WRITING,
    ends=WRITING,
    otherwise="jta-frozen",
    takes={"judgement": fields.key_field(_("Judgement"))},
)
def drop(actor: Actor, row: Assessment, *, judgement: uuid.UUID) -> Assessment:
    """Take a judgement out; comments on it are kept."""
    found = fields.judgement_of(row, judgement)
    found.dropped_at = timezone.now()
    found.save(update_fields=["dropped_at"])
    return row
