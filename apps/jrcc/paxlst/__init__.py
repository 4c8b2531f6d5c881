"""Reading passenger and crew lists (PAXLST, sheets, JSON) and answering them (CUSRES). No Django, no database."""

from .annotate import annotate
from .read import PARSER_VERSION, read
from .telling import Telling

__all__ = ["PARSER_VERSION", "Telling", "annotate", "read"]
