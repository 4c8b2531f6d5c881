"""Ids of objects: the same at every export, and telling nothing of the portal's own (portal rule).

The namespace is secret: with a known one anybody could compute the id of a report whose thread they have heard of, and
ask
whether it exists.
"""

import json
import re
import uuid

IDENTIFIER = re.compile(r"([a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,8})--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""STIX 2.1, section 2.9: `type--UUID`; the version of the UUID is the maker's choice."""


def made(kind: str, namespace: uuid.UUID, *parts: object) -> str:
    """The id of a thing of the portal, from what names it there."""
    return f"{kind}--{uuid.uuid5(namespace, canonical([kind, *map(str, parts)]))}"


def type_of(identifier: object) -> str:
    """The type in an identifier; "" for what is none."""
    found = IDENTIFIER.fullmatch(identifier) if isinstance(identifier, str) else None
    return found[1] if found else ""


def canonical(value: object) -> str:
    """One text for one content: keys in order, no blanks (after RFC 8785)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
