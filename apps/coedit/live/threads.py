"""Questions to the database from coroutines, in threads of their own: a slow one must not hold every socket."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from apps.access.database_context import portal_context

THREADS = 4
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="coedit")


async def ask[T](question: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """The answer of a synchronous function; its connection goes back at once."""

    def run() -> T:
        try:
            with portal_context("live channels"):
                return question(*arguments, **named)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(_pool, run)
