"""Nobody waits again for a server that has just let somebody wait: it is left alone for a moment, then one tries it."""

import threading
import time
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

REST_S = 3


class Breaker:
    """Whether a server is worth a question. Threads may share one."""

    def __init__(self, rest_s: float = REST_S, now: Callable[[], float] = time.monotonic) -> None:
        self._rest_s, self._now = rest_s, now
        self._away, self._rests_until = False, 0.0
        self._lock = threading.Lock()

    def may_try(self) -> bool:
        """Whether to ask. Of those that come after a rest the first asks; the others go on without until it knows."""
        if not self._away:
            return True
        with self._lock:
            if self._now() < self._rests_until:
                return False
            self._rests_until = self._now() + self._rest_s
            return True

    def failed(self) -> None:
        """It did not answer."""
        with self._lock:
            self._away, self._rests_until = True, self._now() + self._rest_s

    def worked(self) -> None:
        """It answered."""
        self._away = False


def breaker_of(url: str) -> Breaker:
    """The one breaker of this process for the server of an address, whatever the database number behind it."""
    return _of_server(urlsplit(url).netloc)


@lru_cache(maxsize=50)
def _of_server(_netloc: str) -> Breaker:
    return Breaker()
