"""The cache keeps its client."""

import threading

from django.core.cache import cache


def test_every_question_of_a_thread_goes_through_one_client():
    client = cache._cache.get_client("a")
    assert cache._cache.get_client("b") is client


def test_threads_that_ask_at_once_each_get_their_own_answers():
    found: dict[int, set[int]] = {number: set() for number in range(8)}

    def ask(number: int, shared=cache._cache) -> None:
        for turn in range(50):
            shared.set(f"caching-{number}", number * 100 + turn, 60)
            found[number].add(shared.get(f"caching-{number}", None) - turn)

    threads = [threading.Thread(target=ask, args=(number,)) for number in found]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {number: {number * 100} for number in range(8)}
