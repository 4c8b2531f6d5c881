"""The cache: Django's for Redis, with a client that is kept, that waits for a moment only, and counts in any case.

A client sets up a table of two hundred kinds of answers; that was two thirds of what a question cost, and a page puts
some five (Django 6.1, redis-py 8). Clients are safe to share between threads (redis-py, "Advanced features").

A Valkey that hangs is asked once in some seconds (apps.access.breaker); all other questions fail at once. What stands
nowhere else (tries and requests counted, one-time codes taken, forms kept) is then kept in this process: a limit that
ended with the cache would be ended by whoever can stop it. What was counted before is not known there, so that
somebody gets a limit twice, and no more often. What is only remembered is asked of the database instead.
"""

from functools import partial
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import ConnectionError as Gone
from redis.exceptions import TimeoutError as Silent

from apps.access.breaker import breaker_of
from apps.access.short_cache import MARK

ANSWERS_IN_S = 2
"""Seconds until a connection, and until an answer; Valkey needs less than a millisecond."""
KEPT = 100_000
"""Entries that a process keeps at most while Valkey is away: nobody shall push their own count out with others."""


class _Client(RedisCacheClient):
    def __init__(self, servers: Any, **options: Any) -> None:
        super().__init__(servers, **options)
        self._kept: dict[bool, Any] = {}
        self._client = partial(_Bounded, breaker=breaker_of(servers[0]))

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class _Bounded(Redis):
    """Asks while there is somebody who answers."""

    def __init__(self, *, breaker: Any, **options: Any) -> None:
        super().__init__(**options)
        self._breaker = breaker

    def execute_command(self, *command: Any, **options: Any) -> Any:
        if not self._breaker.may_try():
            raise Gone("The server did not answer a moment ago.")
        try:
            answer = super().execute_command(*command, **options)
        except (Gone, Silent):
            self._breaker.failed()
            raise
        self._breaker.worked()
        return answer


class Cache(RedisCache):
    """Used as Django's own; see the module."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        limits = {"socket_connect_timeout": ANSWERS_IN_S, "socket_timeout": ANSWERS_IN_S}
        super().__init__(server, {**params, "OPTIONS": {**limits, **params.get("OPTIONS", {})}})
        self._class = _Client
        self._beside = LocMemCache("beside", {"OPTIONS": {"MAX_ENTRIES": KEPT}})

    def get(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("get", key, *given, **named)

    def set(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("set", key, *given, **named)

    def add(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("add", key, *given, **named)

    def incr(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("incr", key, *given, **named)

    def touch(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("touch", key, *given, **named)

    def delete(self, key: str, *given: Any, **named: Any) -> Any:
        return self._or_beside("delete", key, *given, **named)

    def clear(self) -> Any:
        self._beside.clear()
        return super().clear()

    def _or_beside(self, what: str, key: str, *given: Any, **named: Any) -> Any:
        try:
            return getattr(super(), what)(key, *given, **named)
        except (Gone, Silent):
            if key.startswith(MARK):
                raise
            return getattr(self._beside, what)(key, *given, **named)
