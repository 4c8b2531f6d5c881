"""Lists of carriers, as they are declared: figures, schedules, deadlines and cases."""

from apps.carriers.lists import carriers
from apps.carriers.lists.cases import Cases
from apps.carriers.lists.deadlines import Deadlines
from apps.carriers.lists.expected import compare_with_list
from apps.carriers.lists.rules import columns_of_rules
from apps.carriers.lists.schedules import Schedules, Services
from apps.carriers.lists.scorecards import Scorecard, ScoredJourneys, lines_by_month, lines_by_state

__all__ = [
    "Cases",
    "Deadlines",
    "Schedules",
    "Scorecard",
    "ScoredJourneys",
    "Services",
    "carriers",
    "columns_of_rules",
    "compare_with_list",
    "lines_by_month",
    "lines_by_state",
]
