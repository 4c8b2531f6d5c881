"""The lists of persons and things, as of today."""

from typing import Any

from apps.rifc.queries import vocabulary

NAMES = ("name", "alias", "former_name")


def types() -> list[tuple[str, str]]:
    """(code, label) of the types."""
    return vocabulary.choices("entity_type")


def type_of(code: str) -> dict[str, Any]:
    """Label, icon and letter of a type, also of one that the list no longer has."""
    term = vocabulary.terms("entity_type", vocabulary.today()).get(code)
    plain = {"code": code, "label": code, "icon": "dia", "letter": "?"}
    return plain | {"label": term.label, **term.extra} if term else plain


def fields(of_type: str = "") -> dict[str, dict[str, Any]]:
    """{code: {label, form, …}} of the fields that a type has, or of all."""
    rows = vocabulary.terms("entity_field", vocabulary.today())
    return {
        code: {"label": term.label, **term.extra}
        for code, term in rows.items()
        if not of_type or of_type in term.extra.get("types", [of_type])
    }


def field_label(code: str) -> str:
    """The label of a field."""
    return vocabulary.label_of("entity_field", code)


def identifiers() -> list[str]:
    """Codes of fields that are looked up exactly."""
    return [code for code, one in fields().items() if one.get("identifier")]


def link_types() -> list[tuple[str, str]]:
    """(code, label) of the types of links."""
    return vocabulary.choices("link_type")


def link_label(code: str, *, back: bool = False) -> str:
    """A link in words, seen from its beginning or from its end."""
    term = vocabulary.terms("link_type", vocabulary.today()).get(code)
    if term is None:
        return code
    return str(term.extra["back"]) if back else term.label
