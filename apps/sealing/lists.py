"""Lists of the keys of States, as they are declared."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.marking import OFFICIAL
from apps.pages.columns import HIDE, Col, Moment, Party, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.sealing import queries
from apps.sealing.models import HolderKey
from apps.sealing.rules.envelopes import LEAST_HOLDERS, NEEDED

KEY_STATES = {
    "proposed": ("warn", "half"),
    "in_force": ("ok", "circle-check"),
    "replaced": ("mute", "history"),
    "ended": ("mute", "history"),
    "withdrawn": ("mute", "undo"),
}
MOST = 1000
"""Keys of all States together, many times over."""


def holder_of(actor: Actor, row: HolderKey) -> str:
    """Who holds a key: people are named in their own party, others learn the desk."""
    return str(row.user.full_name if row.party_id == actor.party_code else row.desk.code)


class Keys(List):
    """Keys that the seat sees, by State, the newest of each first."""

    of, address, opens = "sealing.holderkey", "sealing:keys", "sealing:key"
    title = _("Keys of States")
    name = _("Keys of holders")
    noun = ngettext_lazy("%(n)d key", "%(n)d keys", "n")
    columns = (
        Title("fingerprint", pgettext_lazy("column, sealing", "Fingerprint")),
        Party("party", pgettext_lazy("column, sealing", "Party")),
        Col("holder", pgettext_lazy("column, sealing", "Holder"), small="get_kept_display"),
        Status("state", pgettext_lazy("column, sealing", "Status"), chips=KEY_STATES),
        Moment("valid_from", pgettext_lazy("column, sealing", "From"), sort="valid_from", phone=HIDE),
        Moment("valid_to", pgettext_lazy("column, sealing", "To"), sort="valid_to"),
    )
    filters = (Choice("state", pgettext_lazy("field, sealing", "Status"), choices=HolderKey.State.choices),)
    order = ""
    ordered = _("by State, the newest first")
    template = "sealing/keys.html"
    banner = OFFICIAL
    empty = Blank(
        _("No API keys yet"),
        _("A holder makes a key on this page, and an administrator of their party puts it into force."),
        "key",
    )

    @staticmethod
    def read(actor: Actor) -> list[Any]:
        """All of them: a handful for each State."""
        return list(queries.key_rows(actor).order_by("party", "-proposed_at")[:MOST])

    def lines(self, rows: list[Any]) -> list[Any]:
        """The keys, with who holds each."""
        for row in rows:
            row.holder = holder_of(self.actor, row)
        return rows

    def subtitle(self) -> str:
        """How many keys a State needs, and how many open a text."""
        words = _now(
            "A State with %(least)s keys in force has its texts of the highest level sealed: whoever runs the portal "
            "or owns its database cannot read them. Any %(needed)s of its holders open one together."
        )
        return words % {"least": LEAST_HOLDERS, "needed": NEEDED}

    def footnote(self) -> str:
        """Which States seal."""
        sealing = queries.sealing_parties()
        return f"{_now('States that seal:')} {', '.join(sealing)}" if sealing else _now("No State seals its texts yet.")
