"""The layers of the project, as pyproject.toml states them for import-linter: what is installed, and in which order."""

import tomllib
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
CONTRACT = "layers of the apps"
NOT_INSTALLED = frozenset({"demo"})
"""Lies beside the product, and `load_demo` finds it: it has no models, commands or templates, and may be left out."""


def layers(stated: dict[str, Any] | None = None) -> list[list[str]]:
    """Packages by layer, the lowest first; those of one layer do not know each other."""
    stated = stated or tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    contracts = stated["tool"]["importlinter"]["contracts"]
    listed = next(one["layers"] for one in contracts if one["name"] == CONTRACT)
    return [[name.strip() for name in layer.split("|")] for layer in reversed(listed)]


def packages() -> list[str]:
    """What is installed: the apps, those that others stand on first, and what stands above all of them last."""
    return [name for layer in layers() for name in layer if name not in NOT_INSTALLED]
