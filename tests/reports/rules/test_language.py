"""The language of sentences: places, phrases, formatters, and faults that say where they are."""

import datetime

import pytest

from apps.reports.rules.language import Missing, Stretch, TemplateError, names, plain, render
from apps.reports.rules.words import Month, Parties

FOUR = Parties(("BRB", "JAM", "LCA", "TTO"), ("Barbados", "Jamaica", "Saint Lucia", "Trinidad and Tobago"))


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("{n:Word} of the {N:word} Member States", {"n": 10, "N": 15}, "Ten of the fifteen Member States"),
        ("The {n:ordinal}: {who:list} stay.", {"n": 18, "who": ("JRCC", "RIFC")}, "The 18th: JRCC and RIFC stay."),
        ("{states:list} can.", {"states": FOUR}, "Barbados, Jamaica, Saint Lucia and Trinidad and Tobago can."),
        ("{d:D}, {m:M_Y}.", {"d": datetime.date(2007, 12, 6), "m": Month(2006, 7)}, "6 December 2007, July 2006."),
        ("In {d:M Y}.", {"d": datetime.date(2006, 7, 6)}, "In July 2006."),
        ("{who:List} ask.", {"who": ("other States", "Associates")}, "Other States and Associates ask."),
        ("{{literal}} [[x]]", {}, "{literal} [x]"),
        ("{system.name} runs.", {"system.name": "APIS"}, "APIS runs."),
    ],
)  # fmt: skip
def test_values_are_written_as_the_template_says(text, values, said):
    assert plain(render(text, values)) == said


def test_brackets_make_one_computed_phrase_and_a_place_alone_is_one():
    found = render("[{n:Word} of the {N:word}] Member States use {what}.", {"n": 10, "N": 15, "what": "it"})
    assert found == [
        Stretch("Ten of the fifteen", True), Stretch(" Member States use ", False), Stretch("it", True),
        Stretch(".", False),
    ]  # fmt: skip


def test_a_sentence_begins_with_a_capital_letter_whatever_comes_first():
    assert plain(render("{what} ends.", {"what": "it"})) == "It ends."


@pytest.mark.parametrize("values", [{}, {"states": ()}, {"states": Parties((), ())}])
def test_a_value_that_is_not_known_is_missing_and_never_a_blank(values):
    with pytest.raises(Missing) as missing:
        render("{states:list} can.", values)
    assert missing.value.name == "states"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("Ten {n", 4, "never closed"),
        ("Ten n}", 5, "nothing to open or close"),
        ("[Ten {n}", 0, "bracket is never closed"),
        ("[a [b] c]", 3, "nothing to open or close"),
        ("Ten ]", 4, "nothing to open or close"),
        ("{n:roman}", 0, "no formatter “roman”"),
        ("{n:}", 0, "no formatter"),
        ("{1x}", 1, "not the name of a value"),
        ("{}", 1, "not the name of a value"),
        ("{a {b}}", 0, "never closed"),
    ],
)
def test_a_wrong_template_says_what_is_wrong_and_where(text, place, said):
    with pytest.raises(TemplateError, match=said) as wrong:
        render(text, {"n": 1})
    assert wrong.value.place == place
    assert f"character {place + 1}" in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("{n:word}", "ten", "a whole number"),
        ("{n:word}", True, "a whole number"),
        ("{n:list}", 3, "a list"),
        ("{n:D}", 2008, "a day"),
        ("{n:M_Y}", "July", "a day or month"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_its_place(text, value, said):
    with pytest.raises(TemplateError, match=said):
        render(text, {"n": value})


def test_the_names_of_a_template_are_known_before_it_is_used():
    assert names("[{n:Word} of {N:word}] in {system.name}") == {"n", "N", "system.name"}
