"""Lists of what the States have to do and of IMPACS' plan, as they are declared."""

from apps.impacs.lists import changes, matrix, money, offices, plan, states
from apps.impacs.lists.obligations import Obligations

__all__ = ["Obligations", "changes", "matrix", "money", "offices", "plan", "states"]
