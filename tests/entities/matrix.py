"""Persons and things, for tests/matrix.py."""

from typing import Any

from tests.entities.world import some_things

RECORDS = {
    "api:rifc-entities": "entity", "api:rifc-entity-facts": "entity_fact", "api:rifc-entity-links": "entity_link",
    "api:rifc-entity-sightings": "entity_sighting", "api:rifc-silent-hits": "silent_hit", "api:rifc-twins": "twin",
    "entities:": "entity", "entities:from_text": "shared_report", "entities:in_report": "shared_report",
    "entities:silent": "silent_hit", "entities:twin": "twin", "entities:withdraw_fact": "entity_fact",
    "entities:withdraw_link": "entity_link", "entities:withdraw_sighting": "entity_sighting",
}  # fmt: skip
VERBS = {"entities:do": "record", "entities:twin_do": "agree"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """One person with what is said of them, and perhaps the same person again."""
    return some_things(cast)
