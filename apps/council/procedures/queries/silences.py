"""A decision adopted by silence, shown as a vote: who supported it, who was silent, how many were needed."""

from typing import Any

from apps.council.models import Vote
from apps.council.queries.vote_boards import Board, Seat
from apps.council.rules import result_words
from apps.people.models import Party

SUPPORT, SILENT = "support", "silent"


def board(vote: Vote) -> Board:
    """The stored result of a silence procedure; a silent State is listed as silent, never as in favour. One query."""
    result, members = vote.result or {}, vote.poll["members"]
    without = vote.poll.get("without_vote", {})
    names = dict(Party.objects.filter(code__in=members).values_list("code", "short_name"))
    said = dict.fromkeys(result.get("support", ()), SUPPORT) | dict.fromkeys(result.get("silent", ()), SILENT)
    counts = {name: len(result.get(name, ())) for name in (SUPPORT, SILENT, "objections")}
    return Board(
        state=vote.state,
        method=vote.method,
        number=vote.number,
        seats=[_seat(party, names.get(party, party), without.get(party, ""), said.get(party, "")) for party in members],
        counts={"for": result.get("counted", 0), "against": counts["objections"], "abstain": 0, "ad_referendum": 0}
        | {"voted": counts[SUPPORT], "not_voted": counts[SILENT], "not_voting": len(without)},
        required=result.get("required", 0),
        members_total=len(members),
        quorum_required=0,
        present=0,
        standing="",
        sentence=result.get("sentence", ""),
        arithmetic=_arithmetic(result, counts, without),
        text_hash8=vote.text_hash[:8],
        rule_set=vote.rule_set_id,
        by_analogy=bool(vote.rule_set.content.get("applied_by_analogy")),
        outcome=str(result.get("outcome", "")).lower(),
    )


def _seat(party: str, name: str, barred: str, said: str) -> Seat:
    return Seat(
        party=party,
        name=name,
        present=True,
        entitled=not barred,
        reason=result_words.REJECTED_BALLOTS.get(barred, ""),
        value=said,
        voted=said == SUPPORT,
        at=None,
    )


def _arithmetic(result: dict[str, Any], counts: dict[str, int], without: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("members", str(result.get("members_total", 0))),
        *(("without_vote", f"{party} {code}") for party, code in without.items()),
        ("entitled", str(result.get("entitled", 0))),
        (SUPPORT, str(counts[SUPPORT])),
        (SILENT, str(counts[SILENT])),
        ("objections", str(counts["objections"])),
        ("comparison", f"{result.get('counted', 0)} ≥ {result.get('required', 0)}"),
    ]
