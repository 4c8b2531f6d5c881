"""What follows by itself. Importing declares it."""

from apps.assessments.listeners import notifications, recalls, replacements, secondments

__all__ = ["notifications", "recalls", "replacements", "secondments"]
