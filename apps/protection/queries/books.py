"""The register of purposes as a book of dated rules, with the pages that all such books have."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.carriers.queries import rulebooks
from apps.protection import policy
from apps.protection.models import Purpose, PurposeChange


def _says(row: Any) -> rulebooks.Facts:
    return [
        (pgettext("words, protection", "Purpose"), row.name or row.code),
        (pgettext("words, protection", "Legal basis"), row.legal_basis or "–"),
        (_now("People and data"), row.categories or "–"),
        (pgettext("words, protection", "Recipients"), row.recipients or "–"),
        (pgettext("words, protection", "Kept"), row.retention or "–"),
    ]


PURPOSES = rulebooks.Book(
    "purpose_change",
    Purpose,
    PurposeChange,
    policy.may_propose_purpose,
    _("Purposes of processing"),
    _says,
    "purpose",
    namespace="protection",
    about=_("Why each party processes personal data, on which legal basis, and who receives it."),
)
