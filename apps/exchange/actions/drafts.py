"""Writing a request: begun by an officer, changed until it is sent."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share as grant
from apps.access.refusal import Refused
from apps.exchange import policy
from apps.exchange.actions import fields, request_checks
from apps.exchange.actions.fields import CISNET, Plain
from apps.exchange.models import Request, Subject, Variant
from apps.exchange.rules.lines import line_of

R = Request.State
RESTRICTED, AMBER, ROUTINE = 1, "AMBER", "routine"


def content() -> dict[str, forms.Field]:
    """The input of a request."""
    return {
        "subject": forms.CharField(
            label=pgettext_lazy("field, exchange", "Subject"),
            max_length=200,
            help_text=_("all desks asked can read it"),
        ),
        "questions": fields.Texts(
            label=pgettext_lazy("field, exchange", "Questions"),
            help_text=_("one per line; each is answered separately"),
        ),
        "purpose": fields.words_field(
            pgettext_lazy("words, exchange", "Purpose"),
            1000,
            required=False,
            help_text=_("what the answers are for; needed before it is sent"),
        ),
        "legal_basis": forms.CharField(
            label=pgettext_lazy("field, exchange", "Legal basis"),
            required=False,
            max_length=500,
            help_text=_("needed before it is sent"),
        ),
        "priority": fields.Terms(
            "priority", label=pgettext_lazy("field, exchange", "Priority"), required=False, initial=ROUTINE
        ),
        "due": fields.moment_field(
            pgettext_lazy("words, exchange", "Due (UTC)"), help_text=_("leave empty for the deadline of the priority")
        ),
        "classification": fields.Classification(
            label=pgettext_lazy("field, exchange", "Classification"), required=False
        ),
        "tlp": fields.Label(label="TLP", required=False),
        "variants": fields.Rows(
            ("to", "text", "subject", "questions", "classification", "tlp"),
            bare=("classification", "tlp"),
            label=_("Who is asked"),
            required=False,
        ),
        "subjects": fields.Rows(
            ("kind", "value"), bare=("kind",), label=pgettext_lazy("field, exchange", "About"), required=False
        ),
        "open_addressees": forms.BooleanField(label=_("All desks asked can see who else is asked"), required=False),
        "negative_wanted": forms.BooleanField(
            label=_("Desks that hold nothing must answer too"), required=False, initial=True
        ),
    }


@action(
    "rfi.draft",
    model=Request,
    label=_("Start a request"),
    done=_("Began a request for information"),
    policy=policy.may_ask,
    ends=R.DRAFT,
    takes=content(),
)
def draft_rfi(
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
    parts = request_checks.variants_of(actor, over, row, variants)
    about = request_checks.subjects_of(row, subjects)
    row.save(force_insert=True)
    Variant.objects.bulk_create(parts)
    Subject.objects.bulk_create(about)
    grant(actor, row, [actor.desk_id], basis="asking desk")
    return row


@action(
    "rfi.change",
    model=Request,
    label=pgettext_lazy("button, exchange", "Change"),
    done=_("Changed a request that is not sent"),
    policy=policy.may_work,
    starts={R.DRAFT},
    ends=R.DRAFT,
    takes=content(),
)
def change_rfi(
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
        made = request_checks.variants_of(actor, over, row, variants)
        Variant.objects.filter(request=row).delete()
        Variant.objects.bulk_create(made)
    if subjects is not None:
        about = request_checks.subjects_of(row, subjects)
        Subject.objects.filter(request=row).delete()
        Subject.objects.bulk_create(about)
    return row


def _look(actor: Actor, row: Request) -> None:
    request_checks.marked(actor, line_of(row.line), row.level, row.tlp, False, "classification")
    request_checks.soon_enough(row.due_at)


def _still_fits(row: Request) -> None:
    """The variants that stay have as many questions as the request, and are not marked above it."""
    for variant in Variant.objects.filter(request=row):
        if variant.level > row.level or (variant.questions and len(variant.questions) != len(row.questions)):
            raise ValidationError(
                {"variants": _now("The texts no longer match the request. Send them with the change.")}
            )
