"""Who is in a text and where: awareness states, with the server's word on who somebody is."""

import time
from typing import Any

from apps.coedit.yjs import frames

SILENT_S = 30
IDS = 4  # clients of one connection

Changes = dict[int, tuple[int, Any]]


class Presence:
    """The states of one text in this process: of its own connections and of those that other processes tell of."""

    def __init__(self) -> None:
        self._states: dict[int, tuple[int, Any]] = {}
        self._owners: dict[int, Any] = {}
        self._heard: dict[int, float] = {}

    def take(self, connection: Any, states: Changes, user: dict[str, Any]) -> Changes:
        """What of a connection's message others may see: of its own clients only, with the session's user."""
        changes: Changes = {}
        for client, (clock, state) in states.items():
            if not self._belongs(client, connection):
                continue
            known = self._states.get(client, (-1, None))[0]
            if clock < known or (clock == known and state is not None):
                if clock == known:
                    self._heard[client] = time.monotonic()
                continue
            changes[client] = (clock, self._clean(state, user))
        self._set(changes, connection)
        return changes

    def heard(self, process: str, states: Changes) -> Changes:
        """What another process tells of its connections."""
        fresh = {client: one for client, one in states.items() if one[0] > self._states.get(client, (-1, None))[0]}
        self._set(fresh, process)
        return fresh

    def left(self, connection: Any) -> Changes:
        """A connection has closed: its clients have gone."""
        gone = [client for client, owner in self._owners.items() if owner is connection]
        return self._gone(gone)

    def silent(self) -> Changes:
        """Clients that nobody heard of for half a minute."""
        limit = time.monotonic() - SILENT_S
        return self._gone([client for client, at in self._heard.items() if at < limit])

    def present(self) -> Changes:
        """Everybody, for somebody who comes."""
        return {client: one for client, one in self._states.items() if one[1] is not None}

    def _belongs(self, client: int, connection: Any) -> bool:
        owner = self._owners.get(client)
        if owner is None:
            return sum(one is connection for one in self._owners.values()) < IDS
        # somebody who comes back before their old connection was seen to be dead
        return owner is connection or getattr(owner, "user_id", None) == connection.user_id

    def _clean(self, state: Any, user: dict[str, Any]) -> Any:
        if not isinstance(state, dict):
            return None
        place = frames.caret(state.get("cursor"))
        return {"user": user, "cursor": place}

    def _set(self, changes: Changes, owner: Any) -> None:
        for client, one in changes.items():
            self._states[client] = one
            self._owners[client] = owner
            self._heard[client] = time.monotonic()

    def _gone(self, clients: list[int]) -> Changes:
        changes: Changes = {}
        for client in clients:
            clock, state = self._states.pop(client)
            del self._owners[client], self._heard[client]
            if state is not None:
                changes[client] = (clock + 1, None)
        return changes
