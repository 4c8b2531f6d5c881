"""What States report in the demonstration."""

import datetime

from apps.council import demo as council
from apps.impacs import demo
from apps.impacs.queries.matrix import Filters, matrix


def test_the_demonstration_shows_states_that_are_ahead_behind_and_silent_and_the_past_binds_nobody(cast):
    council.load()
    assert demo.load() == 80
    rows = matrix(cast["impacs.secretariat.manager"], datetime.date.today(), Filters())
    colours = {cell.colour for line in rows.lines for cell in line.cells}
    assert {"GREEN", "RED"} <= colours
    assert not any("2008" in str(line.number) for line in rows.lines)
    then = matrix(cast["impacs.secretariat.manager"], datetime.date(2008, 6, 30), Filters())
    assert any("CONSLE/2008/5/DEC/06" in str(line.number) for line in then.lines)
