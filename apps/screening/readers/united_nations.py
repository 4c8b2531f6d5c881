"""The Security Council's consolidated list in its published XML form (CONSOLIDATED_LIST).

Source: scsanctions.un.org, "Consolidated United Nations Security Council Sanctions List", XML schema of the site.
"""

from collections.abc import Iterator
from typing import Any

from .words import SEXES, Read, around, countries, country, document_type, without_empty
from .xml_records import Node, records

NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
WEAK = "low"


def un_xml(data: bytes) -> Iterator[Read]:
    """Individuals and entities; the reference is the Committee's number, such as QDi.001."""
    for node in records(data, "INDIVIDUAL", "ENTITY"):
        yield Read(node.line, _person(node) if node.name == "INDIVIDUAL" else _entity(node))


def _common(node: Node, prefix: str) -> dict[str, Any]:
    aliases = [_alias(one) for one in node.all(f"{prefix}_ALIAS") if one.get("ALIAS_NAME")]
    original = node.get("NAME_ORIGINAL_SCRIPT")
    said = [node.get("UN_LIST_TYPE"), f"listed on {node.get('LISTED_ON')}" if node.get("LISTED_ON") else ""]
    return {
        "ref": node.get("REFERENCE_NUMBER") or node.get("DATAID"),
        "full_name": " ".join(filter(None, (node.get(part) for part in NAME_PARTS))),
        "aliases": [*aliases, *([original] if original else [])],
        "reason": ". ".join(filter(None, [", ".join(filter(None, said)), node.get("COMMENTS1")]))[:2000],
    }


def _person(node: Node) -> dict[str, Any]:
    places = [
        ", ".join(filter(None, (one.get(part) for part in ("CITY", "STATE_PROVINCE", "COUNTRY"))))
        for one in node.all("INDIVIDUAL_PLACE_OF_BIRTH")
    ]
    dates = [_date(one) for one in node.all("INDIVIDUAL_DATE_OF_BIRTH")]
    return without_empty(
        {
            **_common(node, "INDIVIDUAL"),
            "kind": "person",
            "sex": SEXES.get(node.get("GENDER").lower()),
            "birth_date": [one for one in dates if one],
            "nationality": countries(node.texts("NATIONALITY/VALUE")),
            "birth_place": "; ".join(filter(None, places)),
            "documents": [one for one in map(_document, node.all("INDIVIDUAL_DOCUMENT")) if one],
        }
    )


def _entity(node: Node) -> dict[str, Any]:
    return without_empty({**_common(node, "ENTITY"), "kind": "organisation"})


def _alias(node: Node) -> dict[str, str]:
    weak = node.get("QUALITY").lower() == WEAK
    return {"full_name": node.get("ALIAS_NAME"), "quality": "weak" if weak else "strong"}


def _date(node: Node) -> Any:
    """EXACT and APPROXIMATELY with DATE or YEAR, BETWEEN with FROM_YEAR and TO_YEAR."""
    kind, year = node.get("TYPE_OF_DATE").upper(), node.get("YEAR")
    if node.get("FROM_YEAR").isdecimal() and node.get("TO_YEAR").isdecimal():
        return {"from": int(node.get("FROM_YEAR")), "to": int(node.get("TO_YEAR"))}
    exact = node.get("DATE")[:10]
    if kind.startswith("APPROX"):
        stated = year or exact[:4]
        return around(int(stated)) if stated.isdecimal() else None
    return exact or year


def _document(node: Node) -> dict[str, Any] | None:
    kind, number = document_type(node.get("TYPE_OF_DOCUMENT")), node.get("NUMBER")
    issuer = country(node.get("ISSUING_COUNTRY")) or country(node.get("COUNTRY_OF_ISSUE"))
    return without_empty({"type": kind, "number": number, "issuer": issuer}) if kind and number else None
