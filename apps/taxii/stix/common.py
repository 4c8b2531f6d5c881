"""Objects that are the same for everybody: markings of TLP, the portal's extensions, who made them."""

import json
from pathlib import Path
from typing import Any

Plain = dict[str, Any]

OWN = json.loads((Path(__file__).parent / "extensions.json").read_text(encoding="utf-8"))
PORTAL: Plain = OWN["identity"]
EXTENSIONS: dict[str, Plain] = OWN["extensions"]
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
"""TLP 2.0 (OASIS cti-stix-common-objects)."""

TLP2 = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
TLP1 = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
}
"""TLP 1 (STIX 2.1, section 7.2.1.4) and what it becomes; for amber FIRST has no rule, so the importing desk is told."""

WORDS = {identifier: label for label, identifier in TLP2.items()}
STRICTNESS = list(TLP2)


def tlp(label: str) -> Plain:
    """The marking definition of a TLP 2.0 label, as OASIS publishes it."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP2[label],
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{label}",
        "extensions": {
            TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label.lower()},
        },
    }


def extension(name: str) -> str:
    """The id of one of the portal's own extensions."""
    return str(EXTENSIONS[name]["id"])


def stricter(labels: list[str]) -> str:
    """The label with the smallest audience."""
    return max(labels, key=STRICTNESS.index)
