"""What people call obligations and escalations."""

import datetime

from django.utils.translation import override

from apps.impacs import titles

DUE = datetime.date(2008, 3, 1)
LATE = datetime.date(2008, 5, 15)


def test_an_escalation_says_who_is_how_late_with_what() -> None:
    said = titles.escalation("Belize", DUE, "Regional list of contacts for cyber incidents", LATE)
    assert said == "Belize is 75 days late: Regional list of contacts for cyber incidents"
    with override("nl"):
        assert titles.escalation("Belize", DUE, "Meldpunt", LATE) == "Belize is 75 dagen te laat: Meldpunt"


def test_an_escalation_before_its_day_says_by_when() -> None:
    assert titles.escalation("Haiti", LATE, "Ports", DUE) == "Haiti must act by 15 May 2008: Ports"


def test_what_the_reader_may_not_see_is_not_said() -> None:
    assert titles.escalation("Belize", DUE, "", LATE) == "Belize is 75 days late"


def test_an_obligation_names_its_state_to_those_who_read_several() -> None:
    assert titles.state_action("Each Member State names the ports.") == "Each Member State names the ports."
    assert titles.state_action("Each names the ports.", "Belize") == "Belize: Each names the ports."
    assert len(titles.state_action("word " * 60)) <= titles.LONGEST
