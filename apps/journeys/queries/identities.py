"""A traveller as the matcher sees them."""

from collections.abc import Mapping
from typing import Any

from apps.journeys.models import Traveller
from apps.screening.matching import BadIdentity, Identity, prepare

OPTIONAL = ("nationality", "birth_date", "sex", "documents")


def record_of(traveller: Traveller) -> dict[str, Any]:
    """A stored traveller in the form of the matching contract."""
    return as_record(
        {
            "surname": traveller.surname,
            "given_names": traveller.given_names,
            "sex": traveller.sex,
            "birth_date": traveller.birth_date,
            "birth_date_other": traveller.birth_date_other,
            "nationality": traveller.nationality,
            "documents": [
                {"type": document.type, "number": document.number, "issuer": document.issuer}
                for document in traveller.documents.all()
            ],
        }
    )


def as_record(person: Mapping[str, Any]) -> dict[str, Any]:
    """A traveller of a reading in the form of the matching contract; both centuries of an unclear birth year."""
    dates = [person.get("birth_date"), person.get("birth_date_other")]
    return {
        "surname": person.get("surname") or None,
        "given_names": person.get("given_names") or None,
        "sex": person.get("sex"),
        "birth_date": [date for date in dates if date],
        "nationality": [person["nationality"]] if person.get("nationality") else [],
        "documents": [
            {key: document.get(key) or None for key in ("type", "number", "issuer")}
            for document in person.get("documents") or []
        ],
    }


def identity_of(record: dict[str, Any]) -> Identity | None:
    """The record prepared for comparing; a field that no matcher could read is left out rather than the person.

    None for somebody without any name or document: they cannot be compared, and must never be shown as clear.
    """
    for unread in ((), *((name,) for name in OPTIONAL), OPTIONAL):
        try:
            identity = prepare({**record, **dict.fromkeys(unread)}, strict=False)
        except BadIdentity:
            continue
        return identity if identity.names or identity.documents else None
    return None
