"""What a hand may change of a sentence: the words between the computed phrases, never the phrases.

Portal rule: a person who disagrees with a figure corrects the fact, not the figure.
"""

from collections.abc import Sequence

Stretches = Sequence[tuple[str, bool]]
"""(text, computed) in order."""


def phrases(stretches: Stretches) -> list[str]:
    """The computed phrases in order."""
    return [text for text, computed in stretches if computed]


def lost(hand: str, stretches: Stretches) -> str:
    """The first computed phrase that the hand's text has no more in its order; "" when all stand."""
    at = 0
    for phrase in phrases(stretches):
        found = hand.find(phrase, at)
        if found < 0:
            return phrase
        at = found + len(phrase)
    return ""


def carried(hand: str, before: Stretches, now: Stretches) -> str:
    """The hand's text with the phrases of before replaced by those of now; "" where it cannot be carried over."""
    old, new = phrases(before), phrases(now)
    if len(old) != len(new) or lost(hand, before):
        return ""
    parts, at = [], 0
    for was, becomes in zip(old, new, strict=True):
        found = hand.find(was, at)
        parts += [hand[at:found], becomes]
        at = found + len(was)
    return "".join([*parts, hand[at:]])


def tinted(hand: str, stretches: Stretches) -> list[tuple[str, bool]]:
    """The hand's text as stretches, its computed phrases marked as such."""
    found, at = [], 0
    for phrase in phrases(stretches):
        begin = hand.find(phrase, at)
        if begin < 0:
            continue
        found += [(hand[at:begin], False), (phrase, True)]
        at = begin + len(phrase)
    return [(text, computed) for text, computed in [*found, (hand[at:], False)] if text]
