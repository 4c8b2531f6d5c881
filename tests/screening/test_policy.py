"""Who may keep lists and screen with them: truth tables."""

from types import SimpleNamespace

import pytest

from apps.access.actor import Actor
from apps.screening import policy

OFFICER, READER = 2, 1


def seated(party: str, function: str, rank: int = OFFICER) -> Actor:
    return Actor(
        user_id=1,
        person="x",
        seat_id=1,
        seat_kind="standing",
        desk_id=1,
        desk_code=f"{party}.{function}",
        party_code=party,
        party_name=party,
        time_zone="UTC",
        function=function,
        role="officer",
        rank=rank,
        clearance=2,
        groups=(1,),
    )


def code(verdict: object) -> str:
    return "" if verdict is True else verdict.code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("function", "rank", "refusal"),
    [
        ("intelligence", 2, ""),
        ("border", 2, ""),
        ("border", 3, ""),
        ("analysis", 2, ""),
        ("watch", 2, ""),
        ("intelligence", 1, "needs-officer"),
        ("ministry", 3, "not-list-desk"),
        ("administration", 3, "not-list-desk"),
        ("carrier", 3, "not-list-desk"),
        ("automation", 2, "not-list-desk"),
    ],
)
def test_officers_of_four_kinds_of_desks_keep_lists(function, rank, refusal):
    assert code(policy.may_keep_lists(seated("JAM", function, rank), None)) == refusal


@pytest.mark.parametrize(
    ("party", "function", "rank", "refusal"),
    [
        ("JAM", "intelligence", 2, ""),
        ("JAM", "border", 2, ""),
        ("JAM", "border", 1, "needs-officer"),
        ("JAM", "ministry", 3, "not-list-owner"),
        ("BRB", "intelligence", 3, "not-list-owner"),
        ("JRCC", "watch", 3, "not-list-owner"),
        ("JRCC", "automation", 2, "not-list-owner"),
    ],
)
def test_an_entry_is_changed_by_officers_of_its_own_party_alone(party, function, rank, refusal):
    entry = SimpleNamespace(originator_id="JAM")
    assert code(policy.may_change_entry(seated(party, function, rank), entry)) == refusal


@pytest.mark.parametrize(("function", "refusal"), [("automation", ""), ("watch", "not-screening")])
def test_only_the_portal_itself_expires_entries_and_takes_in_files(function, refusal):
    assert code(policy.may_run_lists(seated("JRCC", function), None)) == refusal


@pytest.mark.parametrize(
    ("party", "function", "states", "refusal"),
    [
        ("JRCC", "automation", [["JAM", "BRB"]], ""),
        ("JRCC", "automation", None, ""),
        ("JRCC", "watch", None, ""),
        ("JAM", "border", [["JAM"], ["JAM"]], ""),
        ("JAM", "border", [["JAM"], ["JAM", "BRB"]], "not-screening"),
        ("JAM", "border", [["JAM"], []], "not-screening"),
        ("JAM", "border", None, "not-screening"),
    ],
)
def test_a_state_screens_as_itself_alone(party, function, states, refusal):
    assert code(policy.may_search(seated(party, function), states)) == refusal


@pytest.mark.parametrize(
    ("party", "told", "may"),
    [
        ("JAM", "owner", True),
        ("JRCC", "owner", False),
        ("JRCC", "owner_and_jrcc", True),
        ("BRB", "owner", False),
        ("BRB", "owner_and_jrcc", False),
        ("BRB", "all", True),
    ],
)
def test_the_reason_is_for_those_whom_the_owner_names(party, told, may):
    entry = SimpleNamespace(originator_id="JAM", reason_visible_to=told)
    assert policy.may_read_reason(seated(party, "border"), entry) is may


@pytest.mark.parametrize(
    ("party", "person", "state", "apply", "confirm"),
    [
        ("JAM", 1, "previewed", "", "second-person"),
        ("JAM", 2, "previewed", "", ""),
        ("JAM", 2, "held", "import-held", ""),
        ("BRB", 2, "previewed", "not-list-owner", "not-list-owner"),
    ],
)
def test_an_import_that_withdraws_much_takes_two_persons_of_the_lists_party(party, person, state, apply, confirm):
    source = SimpleNamespace(originator_id="JAM", proposed_by_user_id=person, state=state)
    actor = seated(party, "intelligence")
    assert (code(policy.may_apply(actor, source)), code(policy.may_confirm(actor, source))) == (apply, confirm)


@pytest.mark.parametrize(
    ("party", "function", "rank", "kind", "refusal"),
    [
        ("JAM", "intelligence", 3, "national", ""),
        ("JAM", "border", 3, "interpol_sltd", ""),
        ("JAM", "intelligence", 2, "national", "list-needs-decider"),
        ("JAM", "ministry", 3, "national", "not-list-owner"),
        ("BRB", "intelligence", 3, "national", "not-list-owner"),
        ("JRCC", "watch", 3, "national", "not-list-owner"),
        ("JAM", "intelligence", 3, "rule", "rules-list"),
    ],
)
def test_a_list_is_closed_by_who_decides_at_its_party(party, function, rank, kind, refusal):
    home = SimpleNamespace(originator_id="JAM", kind=kind)
    assert code(policy.may_close_list(seated(party, function, rank), home)) == refusal


def test_the_regions_lists_of_interpols_answers_are_not_closed():
    home = SimpleNamespace(originator_id="JRCC", kind="interpol_sltd")
    assert code(policy.may_close_list(seated("JRCC", "watch", 3), home)) == "source-list"
