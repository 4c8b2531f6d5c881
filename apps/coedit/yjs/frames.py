"""The binary frames of a socket: y-protocols' sync and awareness messages."""

import json
from typing import Any

from apps.coedit.yjs.wire import Malformed, Reader, block, number

SYNC, AWARENESS = 0, 1
STEP_1, STEP_2, UPDATE = 0, 1, 2
STATE_LIMIT = 8192  # bytes of one awareness state
CLIENTS = 16  # states in one frame


def sync(kind: int, data: bytes) -> bytes:
    """A sync message."""
    return bytes([SYNC, kind]) + block(data)


def read_sync(reader: Reader) -> tuple[int, bytes]:
    """(kind, state vector or update) of a sync message whose first byte was read."""
    kind, data = reader.number(), reader.block()
    if kind not in (STEP_1, STEP_2, UPDATE) or reader.left:
        raise Malformed("no sync message")
    return kind, data


def awareness(states: dict[int, tuple[int, Any]]) -> bytes:
    """An awareness message of {client: (clock, state)}; None for one who has gone."""
    parts = [number(len(states))]
    for client, (clock, state) in states.items():
        text = json.dumps(state, separators=(",", ":"), ensure_ascii=False)
        parts += [number(client), number(clock), block(text.encode())]
    return bytes([AWARENESS]) + block(b"".join(parts))


def read_awareness(reader: Reader) -> dict[int, tuple[int, Any]]:
    """{client: (clock, state)} of an awareness message whose first byte was read; without states that are too long."""
    inner = Reader(reader.block())
    if reader.left:
        raise Malformed("trailing bytes")
    found: dict[int, tuple[int, Any]] = {}
    count = inner.count()
    if count > CLIENTS:
        raise Malformed("too many states")
    for _ in range(count):
        client, clock, text = inner.number(), inner.number(), inner.text()
        if len(text) > STATE_LIMIT:
            continue
        try:
            found[client] = (clock, json.loads(text))
        except (ValueError, RecursionError) as error:
            raise Malformed("not JSON") from error
    return found


def caret(value: Any) -> dict[str, Any] | None:
    """A cursor as y-tiptap writes it, two relative positions; None for anything else."""
    if not isinstance(value, dict) or set(value) != {"anchor", "head"}:
        return None
    return value if all(_is_position(one) for one in value.values()) else None


def _is_position(value: Any) -> bool:
    if not isinstance(value, dict) or not set(value) <= {"type", "tname", "item", "assoc"}:
        return False
    ids = all(value.get(name) is None or _is_id(value[name]) for name in ("type", "item"))
    name, side = value.get("tname"), value.get("assoc")
    return ids and name in (None, "body") and (side is None or isinstance(side, int))


def _is_id(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"client", "clock"} and all(type(n) is int for n in value.values())
