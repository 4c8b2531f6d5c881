"""Reading passenger and crew lists (PAXLST, sheets, JSON) and answering them (CUSRES). No Django, no database."""

from apps.manifests.paxlst.progress import Telling

from .annotate import annotate
from .read import PARSER_VERSION, read

__all__ = ["PARSER_VERSION", "Telling", "annotate", "read"]
