"""Lists of the watch and the border desks, as they are declared."""

from apps.jrcc.lists.at_work import STEPS_BY, columns_of_steps
from apps.jrcc.lists.hits import Hits, Owned
from apps.jrcc.lists.journeys import Journeys, columns_of_stands

__all__ = ["STEPS_BY", "Hits", "Journeys", "Owned", "columns_of_stands", "columns_of_steps"]
