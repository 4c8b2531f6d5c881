"""Codes and figures as the record says them."""

import pytest

from apps.council.rules.documents import words

NAMES = {"BRB": "Barbados", "SUR": "Suriname", "IMPACS": "CARICOM IMPACS"}


@pytest.mark.parametrize(
    ("financial", "said"),
    [
        (None, "No statement of financial implications was attached."),
        ({"nil": True, "prepared_by": "IMPACS.secretariat"}, "None (nil statement)."),
        (
            {"amount_minor": 18000005, "currency": "USD", "years": "2027", "recurring": True, "source": "grant"},
            "180,000.05 USD, 2027, every year, source: grant of a partner.",
        ),
        ({"amount_minor": 100, "currency": "XCD", "source": "tbd", "line": "7"}, None),
    ],
)
def test_what_a_decision_costs_is_said_in_a_sentence(financial, said):
    assert words.money(financial) == (said or "1.00 XCD, source: still to be found, budget line 7.")


@pytest.mark.parametrize(
    ("rule", "codes", "said"),
    [
        ("ALL_MEMBER_STATES", ["BRB", "SUR"], "every Member State (Barbados, Suriname)"),
        ("ALL_MEMBER_STATES", [], "every Member State"),
        ("STATES:BRB,SUR", [], "Barbados, Suriname"),
        ("ORGAN:IMPACS", ["IMPACS"], "CARICOM IMPACS"),
        ("SECRETARIAT", ["CCS"], "the CARICOM Secretariat"),
        ("SIGNATORIES:TSA-2006", [], "SIGNATORIES:TSA-2006"),
    ],
)
def test_whom_a_clause_binds_is_said_in_words(rule, codes, said):
    assert words.addressees(rule, codes, NAMES) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("quorum", "not_met"), ("The quorum is", "not met")),
        (("gate", "NO_QUORUM"), ("Not put to the majority", "no quorum")),
        (("rule", "3/4 of 15 = 11.25, rounded up 12"), ("Votes needed", "3/4 of 15 = 11.25, rounded up 12")),
    ],
)
def test_a_line_of_the_arithmetic_has_a_label(line, said):
    assert words.arithmetic([line], NAMES) == (said,)


def test_a_state_without_a_vote_is_named_with_the_article():
    ((label, why),) = words.arithmetic([("without_vote", "BRB ARREARS")], NAMES)
    assert label == "Without a vote"
    assert why.startswith("Barbados: ")
    assert "27(2)" in why
