"""The worked cases of the rules, in the portal's own codes."""

import json
from pathlib import Path
from typing import Any

from apps.rifc.rules.facts import Facts, Target, Viewer

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "rifc"
RELEASE = json.loads((VECTORS / "release_vectors.json").read_text())["vectors"]
GRADINGS = json.loads((VECTORS / "gradings.json").read_text())
PARTIES = {
    "BB": "BRB", "JM": "JAM", "TT": "TTO", "GY": "GUY", "SR": "SUR", "GD": "GRD", "MS": "MSR", "KY": "CYM", "BM": "BMU",
    "VG": "VGB",
}  # fmt: skip
DESKS = {"npc": "contact", "police-intel": "intelligence", "customs-intel": "customs"}
ASSOCIATES = {"AIA", "BMU", "CYM", "TCA", "VGB"}
LEVELS = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET"]


def party(code: str) -> str:
    return PARTIES.get(code, code)


def desk(code: str) -> str:
    state, _, name = code.partition("/")
    return f"{party(state)}.{DESKS.get(name, name)}" if name else party(state)


def facts(report: dict[str, Any]) -> Facts:
    return Facts(
        state=report["state"],
        originator=party(report["originator"]),
        desk=desk(report["originator_desk"]),
        classification=LEVELS.index(report["classification"]),
        tlp=report["tlp"],
        orcon=report["orcon"],
        handling=frozenset(report["handling"]),
        eyes=frozenset(map(party, report["eyes"])),
        recipients=frozenset(map(desk, report["recipients"])),
        persons=frozenset(report["named_persons"]),
        forwards=frozenset(map(desk, report["internal_forwards"])),
        third_parties=frozenset(map(party, report["third_party_originators"])),
    )


def viewer(one: dict[str, Any]) -> Viewer:
    code = party(one["party"])
    return Viewer(
        party=code,
        desk=desk(one["desk"]),
        clearance=LEVELS.index(one["clearance"]),
        person=one["person"],
        roles=frozenset({one["role"]} - {"reader"}),
        mou=one["mou_in_force"],
        associate=code in ASSOCIATES,
    )


def target(code: str) -> Target:
    state = party(code.partition("/")[0])
    return Target(party=state, desk=desk(code), associate=state in ASSOCIATES)
