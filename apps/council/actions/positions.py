"""What a State means to say on an item: written in its ministry, approved there, seen by nobody else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.models import Level
from apps.access.queries import visible_or_404
from apps.council.models import AgendaItem, Position
from apps.council.policy import meetings as rules
from apps.council.queries.choices import ItemChoice

P = Position.State
LONGEST = 8000
CONTENT: dict[str, forms.Field] = {
    "stance": forms.ChoiceField(
        label=pgettext_lazy("field, council", "Position"),
        choices=Position.Stance.choices,
        widget=forms.RadioSelect,
        initial=Position.Stance.OPEN,
    ),
    "note": forms.CharField(
        label=pgettext_lazy("field, council", "Internal note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    ),
    "speaking_note": forms.CharField(
        label=pgettext_lazy("field, council", "Speaking note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("To be read out; only your ministry sees it"),
    ),
}


@action(
    "position.write",
    model=Position,
    label=_("Write a position"),
    done=_("Began a position"),
    policy=rules.may_write_position,
    ends=P.DRAFT,
    takes={"item": ItemChoice(label=pgettext_lazy("field, council", "Agenda item")), **CONTENT},
)
def write_position(
    actor: Actor, _row: None, *, item: str, stance: str, note: str = "", speaking_note: str = ""
) -> Position:
    """Begin the own State's position on an item; no other party ever sees it, the Secretariat neither."""
    row = visible_or_404(AgendaItem, actor, item)
    if Position.objects.filter(item=row, owner_id=actor.desk_id).exists():
        raise ValidationError({"item": _now("Your ministry already has a position on this item. Change that one.")})
    position = Position.objects.create(
        item=row,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        stance=stance,
        note=note,
        speaking_note=speaking_note,
    )
    share(actor, position, [actor.desk_id])
    return position


@action(
    "position.change",
    model=Position,
    label=pgettext_lazy("button, council", "Change"),
    done=_("Changed a position"),
    policy=rules.may_write_position,
    starts={P.DRAFT, P.APPROVED},
    ends=P.DRAFT,
    takes=CONTENT,
)
def change_position(
    actor: Actor, position: Position, *, stance: str, note: str | None = None, speaking_note: str | None = None
) -> Position:
    """Write a position anew; one that was approved has to be approved again."""
    position.stance = stance
    position.note = position.note if note is None else note
    position.speaking_note = position.speaking_note if speaking_note is None else speaking_note
    return position


@action(
    "position.approve",
    model=Position,
    label=pgettext_lazy("button, council", "Approve"),
    done=_("Approved a position"),
    policy=rules.may_approve_position,
    starts={P.DRAFT},
    ends=P.APPROVED,
)
def approve_position(actor: Actor, position: Position) -> Position:
    """Let the delegation speak by it; one that is still open cannot be approved."""
    if position.stance == Position.Stance.OPEN:
        raise ValidationError(_now("The position is not decided yet. Choose the State's position, then approve it."))
    return position
