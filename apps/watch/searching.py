"""What search finds of the watch: bulletins, for the desks that have them."""

from django.contrib.postgres.search import SearchVector
from django.utils.translation import gettext_lazy as _

from apps.search.kinds import Kind, register
from apps.watch.models import Bulletin
from apps.watch.policy import CISNET


def offer() -> None:
    """Register them."""
    register(
        Kind(
            *("bulletin", _("Bulletins"), "flag", "watch:bulletin"),
            rows=Bulletin.objects.visible_to,
            text=SearchVector("title", "short_text", "text", "area", config="english"),
            numbers=("number",),
            detail="area",
            at="valid_from",
            party="owner__party",
            works=CISNET,
            facets={"tlp": "tlp"},
        )
    )
