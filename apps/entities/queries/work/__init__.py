"""What of persons and things waits for a seat: words on twins, and for RIFC's watch the silent hits."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.entities import policy
from apps.entities.models import SilentHit, Twin
from apps.entities.queries import words
from apps.people.queries.work import Ask, Facts, WorkRow, same_for_a_seat

ROOM = "entities:things"


@same_for_a_seat
def twins(actor: Actor) -> Iterator[Ask]:
    """Proposals that two are one, of which the party keeps one and has not spoken."""
    if not policy.may_see_any(actor) or actor.rank < WORKS:
        return
    rows = Twin.objects.visible_to(actor).filter(state=Twin.State.PROPOSED, waiting__contains=[actor.party_code])
    columns = {"pk": F("pk"), "type": F("one__type")}
    yield Ask(rows, ["pk"], columns, lambda facts: [_twin(facts)])


def _twin(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Are these two duplicates?"),
        url=reverse("entities:twin", args=[facts["pk"]]),
        due=None,
        detail=str(words.type_of(facts["type"])["label"]),
        kind="users",
        act=pgettext("button, entities", "Answer"),
        place=reverse(ROOM),
    )


@same_for_a_seat
def silent(actor: Actor) -> Iterator[Ask]:
    """Silent hits that RIFC's watch has to look after."""
    if not policy.is_watch(actor, None):
        return
    rows = SilentHit.objects.visible_to(actor).filter(state=SilentHit.State.OPEN)
    columns = {name: F(name) for name in ("pk", "field", "parties")}
    yield Ask(rows, ["pk"], columns, lambda facts: [_silent(facts)])


def _silent(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("The same identifier at %(parties)s") % {"parties": ", ".join(facts["parties"])},
        url=reverse("entities:silent"),
        due=None,
        detail=words.field_label(facts["field"]),
        kind="link",
        act=pgettext("button, entities", "Review"),
        place=reverse("entities:silent"),
        step=str(facts["pk"]),
    )
