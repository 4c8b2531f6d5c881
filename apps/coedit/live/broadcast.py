"""What one process tells all others about a text: through one group of the channel layer, after the commit.

A message may be lost: the log is the truth, and its numbers show what is missing (apps.coedit.live.hub).
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from redis.exceptions import RedisError

from apps.access.breaker import breaker_of

GROUP = "coedit"
ANSWERS_IN_S = 2
log = logging.getLogger("portal.coedit")
_under_way: set[asyncio.Task[Any]] = set()


def after_commit(message: dict[str, Any]) -> None:
    """Tell everybody once the present transaction is committed; at once outside of one."""
    transaction.on_commit(lambda: async_to_sync(broadcast_change)(message))


async def broadcast_change(message: dict[str, Any]) -> None:
    """Tell everybody."""
    breaker = breaker_of(settings.REDIS_URL)
    if not breaker.may_try():
        return
    try:
        async with asyncio.timeout(ANSWERS_IN_S):  # TimeoutError is an OSError
            await get_channel_layer().group_send(GROUP, message)
        breaker.worked()
    except (RedisError, OSError) as away:
        breaker.failed()
        log.warning("not told", extra={"error": type(away).__name__})


def soon(message: dict[str, Any]) -> None:
    """Tell everybody, without waiting for it; from the event loop."""
    in_background(broadcast_change(message))


def in_background(work: Coroutine[Any, Any, Any]) -> None:
    """Let a coroutine run to its end by itself; the loop alone would forget it."""
    task = asyncio.get_running_loop().create_task(work)
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
