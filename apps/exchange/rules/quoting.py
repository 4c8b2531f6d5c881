"""Whether a text holds the words of another one: by runs of words, whatever stands between the signs (portal rule)."""

import re

RUN, SHORTEST = 8, 4
"""So many words in a row are a quotation; a text of fewer is quoted as a whole, one of less than four never."""

WORD = re.compile(r"\w+")


def quotes(text: str, source: str) -> bool:
    """Whether RUN words of the source, or all of a shorter one, stand in the text one after the other."""
    theirs, ours = _words(source), _words(text)
    size = min(RUN, len(theirs))
    if size < SHORTEST:
        return False
    return bool(_runs(theirs, size) & _runs(ours, size))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + size]) for place in range(len(words) - size + 1)}
