"""The fingerprint of a report's content: what is approved is what is shared."""

import hashlib
import json
import unicodedata
from typing import Any


def digest(content: dict[str, Any]) -> str:
    """SHA-256 in hexadecimal over canonical JSON: UTF-8, NFC, line feeds, sorted keys, no blanks."""
    text = json.dumps(_plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
