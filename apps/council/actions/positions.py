"""What a State means to say on an item: written in its ministry, approved there, seen by nobody else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.models import Level
from apps.access.queries import visible_or_404
from apps.access.sharing import share
from apps.council.choices import ItemChoice
from apps.council.models import AgendaItem, Position
from apps.council.policy import meetings as rules

P = Position.State
LONGEST = 8000
CONTENT: dict[str, forms.Field] = {
    "stance": forms.ChoiceField(
        label=_("Position"), choices=Position.Stance.choices, widget=forms.RadioSelect, initial=Position.Stance.OPEN
    ),
    "note": forms.CharField(
        label=_("Note for ourselves"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    ),
    "speaking_note": forms.CharField(
        label=_("Speaking note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("to be read out; only your ministry sees it"),
    ),
}


@action(
    "position.write",
    model=Position,
    label=_("Write a position"),
    policy=rules.may_write_position,
    ends=P.DRAFT,
    takes={"item": ItemChoice(label=_("Agenda item")), **CONTENT},
)
def write(actor: Actor, _row: None, *, item: str, stance: str, note: str = "", speaking_note: str = "") -> Position:
    """Begin the own State's position on an item; no other party ever sees it, the Secretariat neither."""
    row = visible_or_404(AgendaItem, actor, item)
    if Position.objects.filter(item=row, owner_id=actor.desk_id).exists():
        raise ValidationError({"item": _now("Your ministry has a position on this item. Change that one.")})
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
    label=_("Change"),
    policy=rules.may_write_position,
    starts={P.DRAFT, P.APPROVED},
    ends=P.DRAFT,
    takes=CONTENT,
)
def change(
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
    label=_("Approve"),
    policy=rules.may_approve_position,
    starts={P.DRAFT},
    ends=P.APPROVED,
)
def approve(actor: Actor, position: Position) -> Position:
    """Let the delegation speak by it; one that is still open cannot be approved."""
    if position.stance == Position.Stance.OPEN:
        raise ValidationError(_now("The position is not yet decided. Choose what the State says, then approve it."))
    return position
