"""What the database keeps under FIELD_KEY: never twice the same, and nothing that was changed is opened."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from apps.access.encryption import mark_of, opened, sealed

TEXT = "a seed of a second factor, é"


def test_the_same_text_is_kept_differently_each_time_and_opens_alike():
    seals = {sealed(TEXT) for _ in range(50)}
    assert len(seals) == 50
    assert len({seal[:33] for seal in seals}) == 50, "version, moment and IV stand at the beginning"
    assert {opened(seal) for seal in seals} == {TEXT}


def test_a_text_that_was_changed_anywhere_or_cut_or_is_of_another_key_is_not_opened(settings):
    seal = sealed(TEXT)
    changed = [f"{seal[:at]}{'A' if seal[at] != 'A' else 'B'}{seal[at + 1 :]}" for at in range(len(seal) - 4)]
    settings.FIELD_KEY, key = Fernet.generate_key(), settings.FIELD_KEY
    foreign = sealed(TEXT)
    settings.FIELD_KEY = key
    for wrong in [*changed, seal[:-8], "", "no seal", foreign]:
        with pytest.raises(InvalidToken):
            opened(wrong)


def test_a_mark_tells_equal_texts_and_nothing_without_the_key(settings):
    assert mark_of(TEXT) == mark_of(TEXT)
    assert mark_of(TEXT) != mark_of(TEXT + " ")
    before, settings.FIELD_KEY = mark_of(TEXT), Fernet.generate_key()
    assert mark_of(TEXT) != before
