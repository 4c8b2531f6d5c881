"""The carrier closes the flight: who did not board is taken off, with their hits."""

from apps.journeys.models import Traveller
from apps.jrcc.models import Hit
from tests import world


def closing(code: str, who: str) -> str:
    """A flight close (BGM 266) for the flight of world.a_message that names one person."""
    text = world.a_message(2)
    head = text[: text.index("NAD+FL")].replace("BGM+745'", f"BGM+266+{code}'").replace("UNH+P2", "UNH+C2")
    return f"{head}NAD+ZZZ+++{who}'CNT+42:1'UNT+10+C2'UNZ+1+R2'"


def on_board() -> set[str]:
    return set(Traveller.objects.filter(withdrawn_at=None).values_list("surname", flat=True))


def test_a_wanted_man_who_did_not_board_takes_his_hit_with_him(cast):
    world.an_entry(cast, world.a_watchlist(cast))
    world.a_submission(cast, world.a_message())
    world.a_submission(cast, closing("CLNB", "VANTONGEREN:CASIMIR AUREL").replace("1002", "1001"))
    assert "VANTONGEREN" not in on_board()
    assert len(on_board()) == 3
    hit = Hit.objects.visible_to(cast["jrcc.watch.officer"]).get()
    assert (hit.state, hit.reason) == ("withdrawn", "did_not_board")


def test_a_list_of_those_on_board_takes_off_everybody_else(cast):
    world.a_submission(cast, world.a_message())
    world.a_submission(cast, closing("CLOB", "VANTONGEREN:CASIMIR AUREL").replace("1002", "1001"))
    assert on_board() == {"VANTONGEREN"}
