"""Tables of how a party's people sign in, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.refusals import refusal_words
from apps.entrance.models import DirectoryLink, SignInRule
from apps.pages.cells import Cell, Press, stack
from apps.pages.columns import RIGHT, Act, Col, Count, Moment, Status, Title
from apps.pages.table_columns import At
from apps.pages.tables import Table

CHIPS = {
    "proposed": ("warn", "half"),
    "in_force": ("ok", "circle-check"),
    "ended": ("mute", "history"),
    "withdrawn": ("mute", "undo"),
}
FACTORS = {
    "totp": pgettext_lazy("words, entrance", "One-time code"),
    "webauthn": pgettext_lazy("words, entrance", "Passkey"),
}
NEVER = pgettext_lazy("words, entrance", "Never")
TO, WHY = pgettext_lazy("column, entrance", "To"), pgettext_lazy("column, entrance", "Reason")
LAST_USED = pgettext_lazy("column, entrance", "Last used")

Table(
    "entrance.directories",
    pgettext_lazy("words, entrance", "Directories"),
    [
        Title("issuer", pgettext_lazy("column, entrance", "Issuer")),
        Col("party_id", pgettext_lazy("column, entrance", "Party")),
        Status("state", pgettext_lazy("column, entrance", "Status"), chips=CHIPS, phone=RIGHT),
        Moment("valid_from", pgettext_lazy("column, entrance", "From")),
        Moment("valid_to", TO),
        Col("proposed_by.username", pgettext_lazy("column, entrance", "Proposed by")),
        Col("why", WHY),
    ],
    page=lambda row: reverse("entrance:directory", args=[row.pk]),
)


def _removal(link: DirectoryLink) -> Press:
    place = reverse("usersessions_directory_remove", args=[link.pk])
    label = pgettext("button, entrance", "Remove")
    return Press(label, place, link.user.username, posts=True, danger=True)


Table(
    "entrance.links",
    _("People linked to the directory"),
    [
        Title("user.full_name", pgettext_lazy("column, entrance", "Person"), small="user.username"),
        Moment("linked_at", pgettext_lazy("column, entrance", "Since")),
        Moment("used_at", LAST_USED, empty=NEVER),
        Act(
            "pk",
            pgettext_lazy("words, entrance", "Action"),
            value=_removal,
            may=lambda actor: bool(actor.function == "administration"),
        ),
    ],
)


def _factors(rule: SignInRule) -> str:
    return ", ".join(str(FACTORS[kind]) for kind in rule.factors)


def _directory_only(rule: SignInRule) -> str:
    return pgettext("words, entrance", "Yes") if rule.directory_only else pgettext("words, entrance", "No")


def _until(rule: SignInRule) -> Any:
    """Until when it held; of the one in force that it is."""
    return rule.valid_to or Cell(pgettext("words, entrance", "In force"), chip=("ok", "check"))


Table(
    "entrance.rules",
    pgettext_lazy("words, entrance", "Rules"),
    [
        At("valid_from", pgettext_lazy("column, entrance", "From")),
        Moment("valid_to", TO, value=_until),
        Col("party_id", pgettext_lazy("column, entrance", "Party")),
        Col("factors", pgettext_lazy("column, entrance", "Second factor"), value=_factors),
        Count("session_minutes", pgettext_lazy("column, entrance", "Session, minutes")),
        Count("idle_minutes", pgettext_lazy("column, entrance", "Idle, minutes")),
        Col("networks", pgettext_lazy("column, entrance", "Networks"), value=lambda rule: ", ".join(rule.networks)),
        Col("directory_only", pgettext_lazy("column, entrance", "Directory only"), value=_directory_only),
        Col("why", WHY),
    ],
)


def _refused(line: Any) -> str:
    return refusal_words(line.row.reason) if line.row.outcome == "refused" else ""


Table(
    "entrance.events",
    _("Sign-ins, refusals and changes"),
    [
        At("row.at", pgettext_lazy("column, entrance", "Time")),
        Col("verb", pgettext_lazy("column, entrance", "What")),
        Status(
            "chip",
            pgettext_lazy("column, entrance", "Outcome"),
            value=lambda line: line.chip,
            small=_refused,
        ),
        Col("row.address", pgettext_lazy("column, entrance", "Came from")),
    ],
)


def _passkey_acts(one: Any) -> Cell:
    """Another name, and none."""
    name = one.wrap().name
    rename = Press(pgettext("button, entrance", "Rename"), reverse("mfa_edit_webauthn", args=[one.pk]), name)
    remove = Press(
        pgettext("button, entrance", "Remove"), reverse("mfa_remove_webauthn", args=[one.pk]), name, danger=True
    )
    return stack([Cell(press=rename), Cell(press=remove)])


Table(
    "entrance.passkeys",
    pgettext_lazy("words, entrance", "Passkeys"),
    [
        Title("name", pgettext_lazy("column, entrance", "Name"), value=lambda one: one.wrap().name),
        Moment("created_at", pgettext_lazy("column, entrance", "Added")),
        Moment("last_used_at", LAST_USED, empty=NEVER),
        Act("pk", pgettext_lazy("column, entrance", "Change"), value=_passkey_acts),
    ],
)
