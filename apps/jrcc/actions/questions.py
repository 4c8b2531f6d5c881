"""Asking and answering in the case of a hit, between the owner of the entry and a State that acts on it."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import groups_that_see, share
from apps.jrcc import policy
from apps.jrcc.models import Hit, HitQuestion
from apps.people.queries import desk_ids

Q = HitQuestion.State
DESKS = ("border", "intelligence", "analysis")


class AskedParty(forms.ChoiceField):
    """The party that is asked; the page offers those who may be asked, the action says who is possible."""

    def valid_value(self, value: Any) -> bool:
        """Any code is taken here."""
        return True


def _words(label: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


@action(
    "hit_question.ask",
    model=HitQuestion,
    label=_("Ask about this hit"),
    done=_("Asked a question about a hit"),
    policy=policy.may_ask,
    ends=Q.ASKED,
    takes={
        "hit": forms.UUIDField(widget=forms.HiddenInput),
        "of": AskedParty(
            label=pgettext_lazy("field, jrcc", "Who to ask"), error_messages={"required": _("Choose who to ask.")}
        ),
        "text": _words(pgettext_lazy("field, jrcc", "Question"), _("Enter your question.")),
    },
)
def ask_hit_question(actor: Actor, _row: None, *, hit: uuid.UUID, of: str, text: str) -> HitQuestion:
    """Ask the State that acts, or the owner of the entry; both sides and the JRCC's watch read question and answer."""
    row = Hit.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=hit).first()
    if row is None:
        raise ValidationError({"hit": _now("This hit was not found.")})
    if of not in policy.may_be_asked(actor, row):
        raise ValidationError(
            {"of": _now("The owner can ask States that have the hit; those States can ask the owner.")}
        )
    asked, watch = side(row, of), desk_ids("JRCC.watch", "JRCC.automation")
    if not asked:
        raise ValidationError({"of": _now("This party has no desk that can see this hit. Ask the JRCC watch.")})
    made: HitQuestion = HitQuestion.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=row.level,
        hit=row,
        of_id=of,
        text=text,
        asked_by=actor.person,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, made, sorted({actor.desk_id, *watch, *asked, *side(row, actor.party_code)}))
    emit("hit_question.asked", made)
    return made


def side(row: Hit | HitQuestion, party: str) -> set[int]:
    """Desks of a party that see the hit, or the question: nobody learns by a question that there is a hit."""
    return set(groups_that_see(row)).intersection(desk_ids(*(f"{party}.{function}" for function in DESKS)))


@action(
    "hit_question.answer",
    model=HitQuestion,
    label=pgettext_lazy("button, jrcc", "Answer"),
    done=_("Answered a question about a hit"),
    policy=policy.may_answer_question,
    starts={Q.ASKED},
    ends=Q.ANSWERED,
    takes={"answer": _words(pgettext_lazy("field, jrcc", "Answer"), _("Enter an answer."))},
)
def answer_hit_question(actor: Actor, row: HitQuestion, *, answer: str) -> HitQuestion:
    """Answer a question; who asked is told."""
    row.answer, row.answered_by, row.answered_at = answer, actor.person, timezone.now()
    emit("hit_question.answered", row)
    return row


@action(
    "hit_question.withdraw",
    model=HitQuestion,
    label=_("Withdraw the question"),
    done=_("Withdrew a question about a hit"),
    policy=policy.may_withdraw_question,
    starts={Q.ASKED},
    ends=Q.WITHDRAWN,
    danger=True,
)
def withdraw_hit_question(actor: Actor, row: HitQuestion) -> HitQuestion:
    """Take a question back that needs no answer any more; both sides still read it."""
    return row
