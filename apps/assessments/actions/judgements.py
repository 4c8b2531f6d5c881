"""Judgements as records: added, changed and dropped while the text is open."""

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.models import Assessment, Citation, Judgement
from apps.assessments.queries import released_judgements, sources
from apps.assessments.refusals import Refusals
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
        "text": fields.words(
            pgettext_lazy("field, assessments", "Judgement"),
            2000,
            help_text=_("one or two sentences; include the likelihood, leave out the confidence"),
        ),
        "likelihood": fields.Likelihood(label=pgettext_lazy("field, assessments", "Likelihood")),
        "confidence": forms.ChoiceField(
            label=pgettext_lazy("field, assessments", "Confidence"),
            choices=[(one, one) for one in yardsticks.CONFIDENCE],
            widget=forms.RadioSelect,
        ),
        "confidence_basis": fields.words(
            _("Basis of the confidence"),
            1000,
            help_text=_("quality of sources, corroboration, assumptions, gaps; “no reporting:” if nothing is cited"),
        ),
        "citations": fields.Citations(
            label=pgettext_lazy("field, assessments", "Based on"),
            required=False,
            help_text=_("one report per line: report id, then paragraph number"),
        ),
        "timeframe_from": fields.day(pgettext_lazy("field, assessments", "From")),
        "timeframe_to": fields.day(
            pgettext_lazy("words, assessments", "Until"),
            help_text=_("date by which the outcome will be known"),
        ),
        "threat_category": fields.threat(),
        "area": fields.Codes(
            label=pgettext_lazy("field, assessments", "Area"),
            required=False,
            help_text=pgettext_lazy("words, assessments", "State codes"),
        ),
        "alternatives": fields.words(
            pgettext_lazy("words, assessments", "Alternatives considered"), 2000, required=False
        ),
        "assumptions": fields.Texts(
            label=pgettext_lazy("field, assessments", "Assumptions"), required=False, help_text=_("one per line")
        ),
        "indicators": fields.Texts(
            label=_("What would change the judgement"), required=False, help_text=_("indicators, one per line")
        ),
        "classification": fields.Classification(label=pgettext_lazy("field, assessments", "Marking"), required=False),
        "predecessor": fields.Predecessor(
            label=_("Goes on from"),
            required=False,
            help_text=_("a judgement of an earlier assessment; only what is named here is compared with it"),
        ),
    }


@action(
    "jta_judgement.add",
    model=Assessment,
    label=_("Add a judgement"),
    done=_("Added a judgement"),
    policy=policy.may_write,
    starts=WRITING,
    ends=WRITING,
    otherwise=Refusals.JTA_FROZEN,
    takes=content(),
)
def add_judgement(actor: Actor, row: Assessment, **given: Any) -> Assessment:
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
    done=_("Changed a judgement"),
    policy=policy.may_write,
    starts=WRITING,
    ends=WRITING,
    otherwise=Refusals.JTA_FROZEN,
    takes={"judgement": fields.key_field(pgettext_lazy("field, assessments", "Judgement")), **content()},
)
def change_judgement(actor: Actor, row: Assessment, *, judgement: uuid.UUID, **given: Any) -> Assessment:
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
        raise ValidationError({"classification": _now("This is marked higher than the assessment allows.")})
    if "predecessor" in given:
        made.predecessor = _earlier(actor, row, given["predecessor"], made.predecessor_id)
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


def _earlier(actor: Actor, row: Assessment, key: uuid.UUID | None, kept: uuid.UUID | None) -> Judgement | None:
    """The judgement that is named, which the writer has; one that they do not have stays as it is."""
    mine = released_judgements.to_go_on_from(actor, row)
    if kept is not None and key in (None, kept) and not mine.filter(pk=kept).exists():
        return Judgement.objects.get(pk=kept)
    if key is None:
        return None
    found: Judgement | None = mine.filter(pk=key).first()
    if found is None:
        sentence = _now("Name a released judgement of another assessment that you take part in, or leave it empty.")
        raise ValidationError({"predecessor": sentence})
    return found


def _order(first: datetime.date | None, last: datetime.date | None) -> None:
    if first and last and last < first:
        raise ValidationError({"timeframe_to": _now("The end is before the start. Correct one of the two.")})


def _cited(actor: Actor, row: Assessment, made: Judgement, given: Any) -> list[Citation]:
    """The citations: those of reports that the writer sees, and those kept that they do not, but of recalled ones."""
    have = (
        {} if made._state.adding else {(one.report, one.para): one for one in Citation.objects.filter(judgement=made)}
    )
    threads: dict[str, uuid.UUID] = {}
    for report, _para in given:
        threads[report] = threads.get(report) or _thread(actor, report)
    wanted = {(threads[report], para) for report, para in given}
    gone = sources.recalled({thread for thread, _para in [*wanted, *have]})
    if any(thread in gone for thread, _para in wanted):
        raise ValidationError({"citations": _now("A recalled report cannot be cited. Remove it.")})
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
            {"citations": _now("No report %(id)s that you can cite. Check the id.") % {"id": key}}
        ) from None
    return found


@action(
    "jta_judgement.drop",
    model=Assessment,
    label=_("Remove a judgement"),
    done=_("Dropped a judgement"),
    policy=policy.may_lead,
    starts=WRITING,
    ends=WRITING,
    otherwise=Refusals.JTA_FROZEN,
    takes={"judgement": fields.key_field(pgettext_lazy("field, assessments", "Judgement"))},
)
def drop_judgement(actor: Actor, row: Assessment, *, judgement: uuid.UUID) -> Assessment:
    """Take a judgement out; comments on it are kept."""
    found = fields.judgement_of(row, judgement)
    found.dropped_at = timezone.now()
    found.save(update_fields=["dropped_at"])
    return row
