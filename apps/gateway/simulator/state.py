"""How the simulator is to behave: a file that it reads at each request, so that a restart forgets nothing. Pure."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

MODES = {
    "normal": "Answers as it should",
    "slow": "Answers slowly",
    "down": "Does not answer",
    "error": "Answers with an error (500)",
    "broken": "Answers with broken JSON",
    "other": "Answers another question",
    "half": "Answers half of the questions",
    "cut": "Hangs up in the middle of the answer",
}
SERVICES = {"/sltd/query": "INTERPOL-SLTD", "/nominals/query": "INTERPOL-NOMINALS"}


def read_modes(path: Path) -> dict[str, str]:
    """{code of the source: mode}; what is not said, or not readable, is normal."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = {}
    return {code: said.get(code) if said.get(code) in MODES else "normal" for code in SERVICES.values()}


def write_modes(path: Path, modes: Mapping[str, str]) -> None:
    """Change the modes of these sources; whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(read_modes(path) | dict(modes)), encoding="utf-8")
    draft.replace(path)
