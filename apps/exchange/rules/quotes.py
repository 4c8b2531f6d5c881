"""Whether a text holds the words of another one: by runs of words, whatever stands between the signs (portal rule)."""

import re
from collections.abc import Iterable

RUN, SHORTEST = 8, 4
"""So many words in a row are a quotation; a text of fewer is quoted as a whole, one of less than four never."""

WORD = re.compile(r"\w+")


class Written:
    """Texts whose words are read once, however many sources they are compared with."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [_words(text) for text in texts]
        self._runs: dict[int, set[tuple[str, ...]]] = {}

    def quotes(self, source: str) -> bool:
        """Whether RUN words of the source, or all of a shorter one, stand in one of the texts one after the other."""
        theirs = _words(source)
        size = min(RUN, len(theirs))
        if size < SHORTEST:
            return False
        if size not in self._runs:
            self._runs[size] = set().union(*(_runs(words, size) for words in self._texts))
        return not self._runs[size].isdisjoint(_runs(theirs, size))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + size]) for place in range(len(words) - size + 1)}
