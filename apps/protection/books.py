"""The register of purposes as a book of dated rules, with the pages that all such books have."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.jrcc import rulebooks
from apps.protection import policy
from apps.protection.models import Purpose, PurposeChange


def _says(row: Any) -> rulebooks.Facts:
    return [
        (_now("Purpose"), row.name or row.code),
        (_now("Legal basis"), row.legal_basis or "–"),
        (_now("Persons and data"), row.categories or "–"),
        (_now("Recipients"), row.recipients or "–"),
        (_now("Kept"), row.retention or "–"),
    ]


def offer() -> None:
    """Register it."""
    rulebooks.BOOKS["purposes"] = rulebooks.Book(
        "purpose_change",
        Purpose,
        PurposeChange,
        policy.may_propose_purpose,
        _("Purposes of processing"),
        _says,
        "purpose",
        namespace="protection",
        about=_("For what each party processes data on persons, on which legal basis, and who receives them."),
    )
