"""What search finds of persons and things: names, other names and identifiers, of facts that the seat sees."""

from django.utils.translation import gettext_lazy as _

from apps.entities.models import Entity
from apps.entities.policy import CISNET
from apps.entities.queries import finding, words
from apps.search.kinds import Kind, register, register_labels


def offer() -> None:
    """Register them. An entity has no title, time, owner or marking of its own: its heading fact gives them."""
    register(
        Kind(
            *("entity", _("Persons and things"), "user", "entities:thing"),
            rows=Entity.objects.visible_to,
            match=finding.match,
            kept=True,
            narrows=finding.NARROWS,
            heads=finding.heads,
            at=None,
            level="",
            party="",
            works=CISNET,
        )
    )
    register_labels("thing", lambda: dict(words.types()))
