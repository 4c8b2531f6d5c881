"""The cache: Django's for Redis, but its client is kept instead of made for each question.

A client sets up a table of two hundred kinds of answers; that was two thirds of what a question cost, and a page puts
some five (Django 6.1, redis-py 8). Clients are safe to share between threads (redis-py, "Advanced features").
"""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _Client(RedisCacheClient):
    def __init__(self, servers: Any, **options: Any) -> None:
        super().__init__(servers, **options)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class Cache(RedisCache):
    """Used as Django's own; see the module."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
