"""Two texts word by word."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from apps.council.rules.text_differences import ADDED, REMOVED, SAME, Piece, changed, compare_texts

texts = st.text("ab ,\n", max_size=60) | st.lists(st.sampled_from(["States ", "shall ", "act,\n", "\n"])).map("".join)


def joined(pieces: list[Piece], *kinds: str) -> str:
    """The text of the pieces of these kinds."""
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(texts, texts)
def test_the_pieces_joined_again_give_both_texts(old: str, new: str):
    pieces = compare_texts(old, new)
    assert joined(pieces, SAME, REMOVED) == old
    assert joined(pieces, SAME, ADDED) == new
    assert changed(pieces) == (old != new)


@given(st.integers(0, 2**32), st.integers(0, 300))
def test_long_texts_joined_again_give_both_texts(seed: int, edits: int):
    chance = random.Random(seed)
    words = [f"w{chance.randrange(2000)} " for _ in range(1500)]
    edited = words[:]
    for _ in range(edits):
        edited[chance.randrange(len(edited))] = chance.choice(["new ", "", "w1 ", "\n"])
    old, new = "".join(words), "".join(edited)
    pieces = compare_texts(old, new)
    assert (joined(pieces, SAME, REMOVED), joined(pieces, SAME, ADDED)) == (old, new)


def test_one_changed_word_is_all_that_is_marked():
    assert compare_texts("Member States report by March.", "Member States report by June.") == [
        Piece("Member States report by ", SAME),
        Piece("March", REMOVED),
        Piece("June", ADDED),
        Piece(".", SAME),
    ]


def test_a_new_paragraph_leaves_its_neighbours_unmarked():
    assert compare_texts("One.\n\nThree.", "One.\n\nTwo.\n\nThree.") == [
        Piece("One.\n\n", SAME),
        Piece("Two.\n\n", ADDED),
        Piece("Three.", SAME),
    ]


def test_the_hyphen_and_the_apostrophe_belong_to_their_word():
    assert [piece.text for piece in compare_texts("the e-manifest", "the e-form") if piece.kind != SAME] == [
        "e-manifest",
        "e-form",
    ]


def test_twenty_thousand_words_in_one_paragraph_are_not_compared_pair_by_pair():
    chance = random.Random(1)
    vocabulary = ["the", "of", "and", "to"] * 150 + [f"word{n}" for n in range(4000)]
    words = [chance.choice(vocabulary) for _ in range(20_000)]
    edited = words[:]
    for _ in range(400):
        edited[chance.randrange(len(edited))] = chance.choice(vocabulary)
    old, new = " ".join(words), " ".join(edited)
    began = time.perf_counter()
    pieces = compare_texts(old, new)
    assert time.perf_counter() - began < 60, "each pair of words was compared"
    assert len(joined(pieces, SAME)) > 0.9 * len(old)


def test_a_long_text_of_few_different_words_still_shows_its_few_changes():
    chance = random.Random(2)
    words = [f"w{chance.randrange(50)} " for _ in range(20_000)]
    edited = words[:]
    for place in (3, 9_000, 19_990):
        edited[place] = "new "
    pieces = compare_texts("".join(words), "".join(edited))
    assert [piece.text for piece in pieces if piece.kind == ADDED] == ["new "] * 3


def test_a_long_text_rewritten_from_end_to_end_is_shown_as_replaced():
    old, new = "same " * 20_000, "other " * 20_000
    assert compare_texts(old, new) == [Piece(old, REMOVED), Piece(new, ADDED)]
