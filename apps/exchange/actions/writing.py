"""Writing a request: begun by an officer, changed until it is sent."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.access.sharing import share as grant
from apps.exchange import policy
from apps.exchange.actions import checking, fields
from apps.exchange.actions.fields import CISNET, Plain
from apps.exchange.lines import line_of
from apps.exchange.models import Request, Subject, Variant

R = Request.State
RESTRICTED, AMBER, ROUTINE = 1, "AMBER", "routine"


def content() -> dict[str, forms.Field]:
    """The input of a request."""
    return {
        "subject": forms.CharField(label=_("Subject"), max_length=200, help_text=_("everybody asked reads it")),
        "questions": fields.Texts(label=_("Questions"), help_text=_("one a line; each is answered by itself")),
        "purpose": fields.words_field(
            _("Purpose"), 1000, required=False, help_text=_("what the answers are for; needed before it is sent")
        ),
        "legal_basis": forms.CharField(
            label=_("Legal basis"), required=False, max_length=500, help_text=_("needed before it is sent")
        ),
        "priority": fields.Terms("priority", label=_("Priority"), required=False, initial=ROUTINE),
        "due": fields.moment_field(_("Due (UTC)"), help_text=_("by the priority when left out")),
        "classification": fields.Classification(label=_("Classification"), required=False),
        "tlp": fields.Label(label="TLP", required=False),
        "variants": fields.Rows(
            ("to", "text", "subject", "questions", "classification", "tlp"),
            bare=("classification", "tlp"),
            label=_("Who is asked"),
            required=False,
        ),
        "subjects": fields.Rows(("kind", "value"), bare=("kind",), label=_("About"), required=False),
        "open_addressees": forms.BooleanField(label=_("Everybody asked reads who else is asked"), required=False),
        "negative_wanted": forms.BooleanField(
            label=_("An answer is wanted also from who holds nothing"), required=False, initial=True
        ),
    }


@action("rfi.draft", model=Request, label=_("Begin a request"), policy=policy.may_ask, ends=R.DRAFT, takes=content())
def draft(
    actor: Actor,
    _row: None,
    *,
    line: str = CISNET,
    subject: str,
    questions: Sequence[str],
    classification: int | None = None,
    tlp: str = "",
    priority: str = "",
    due: datetime.datetime | None = None,
    variants: Sequence[Plain] = (),
    subjects: Sequence[Plain] = (),
    **more: Any,
) -> Request:
    """Begin a request for information; nobody but your desk sees it until it is sent."""
    over = line_of(line)
    verdict = over.may_ask(actor)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    row = Request(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        line=line,
        level=RESTRICTED if classification is None else classification,
        tlp=tlp or AMBER,
        subject=subject,
        questions=list(questions),
        priority=priority or ROUTINE,
        due_at=due,
        asked_by_id=actor.user_id,
        **more,
    )
    _look(actor, row)
    parts = checking.variants_of(actor, over, row, variants)
    about = checking.subjects_of(row, subjects)
    row.save(force_insert=True)
    Variant.objects.bulk_create(parts)
    Subject.objects.bulk_create(about)
    grant(actor, row, [actor.desk_id], basis="asking desk")
    return row


@action(
    "rfi.change",
    model=Request,
    label=_("Change"),
    policy=policy.may_work,
    starts={R.DRAFT},
    ends=R.DRAFT,
    takes=content(),
)
def change(
    actor: Actor,
    row: Request,
    *,
    subject: str,
    questions: Sequence[str],
    classification: int | None = None,
    tlp: str = "",
    priority: str = "",
    due: datetime.datetime | None = None,
    variants: Sequence[Plain] | None = None,
    subjects: Sequence[Plain] | None = None,
    **more: Any,
) -> Request:
    """Change a request that is not sent."""
    row.subject, row.questions, row.due_at = subject, list(questions), due
    row.level = row.level if classification is None else classification
    row.tlp, row.priority = tlp or row.tlp, priority or row.priority
    for name, value in more.items():
        setattr(row, name, value)
    _look(actor, row)
    over = line_of(row.line)
    if variants is None:
        _still_fits(row)
    else:
        made = checking.variants_of(actor, over, row, variants)
        Variant.objects.filter(request=row).delete()
        Variant.objects.bulk_create(made)
    if subjects is not None:
        about = checking.subjects_of(row, subjects)
        Subject.objects.filter(request=row).delete()
        Subject.objects.bulk_create(about)
    return row


def _look(actor: Actor, row: Request) -> None:
    checking.marked(actor, line_of(row.line), row.level, row.tlp, False, "classification")
    checking.soon_enough(row.due_at)


def _still_fits(row: Request) -> None:
    """The variants that stay have as many questions as the request, and are not marked above it."""
    for variant in Variant.objects.filter(request=row):
        if variant.level > row.level or (variant.questions and len(variant.questions) != len(row.questions)):
            raise ValidationError({"variants": _now("The texts no longer fit the request. Send them with the change.")})
