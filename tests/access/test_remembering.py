"""What a command that is alone with its data asks once."""

from apps.access.short_cache import keeping, kept


def test_an_answer_is_kept_within_the_command_and_asked_anew_after_it_and_outside_of_one():
    answers = iter([1, None, 3, 4, 5])
    ask = lambda: next(answers)  # noqa: E731
    assert kept("a", ask) == 1
    with keeping():
        assert [kept("a", ask), kept("a", ask)] == [None, None], "that there is none is an answer, too"
        assert [kept("b", ask), kept("a", ask), kept("b", ask)] == [3, None, 3]
    assert kept("a", ask) == 4
    with keeping():
        assert kept("b", ask) == 5
