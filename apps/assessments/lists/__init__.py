"""Tables of assessments, as they are declared: judgements, texts side by side, the outlook and the work."""

from apps.assessments.lists import comparisons, judgements, outlook, work

__all__ = ["comparisons", "judgements", "outlook", "work"]
