"""By what a hit was raised, as its evidence keeps it: in one line for pages, and to ask the database for."""

from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from apps.screening.matching import ALONE, OTHER_NAME

WORDS = {
    OTHER_NAME: _("The document is listed under another name"),
    ALONE: _("The document itself is listed"),
}
"""Of hits that the names alone would not have raised; of the others the score says how alike the two are."""


def _holds(feature: str) -> Q:
    return Q(evidence__contains=[{"feature": feature}])


BY_DOCUMENT = _holds(OTHER_NAME) | _holds(ALONE)
FINDING = Case(
    *(When(_holds(feature), then=Value(feature)) for feature in WORDS), default=Value(""), output_field=CharField()
)
"""Of hits: a key of WORDS, or ""."""


def words(hit: Any) -> str:
    """Why a hit (with `finding`: FINDING) is one although the names do not say so; "" for any other."""
    return str(WORDS.get(getattr(hit, "finding", ""), ""))
