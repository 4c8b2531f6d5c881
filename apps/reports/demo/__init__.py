"""Reports of the demonstration, played by the acts of its people. Their facts are real, the people are fictional."""

from apps.reports.demo.plays import load

__all__ = ["load"]
