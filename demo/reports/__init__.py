"""Reports of the demonstration, played by the acts of its people. Their facts are real, the people are fictional."""

from demo.reports.plays import load
from demo.scenes import Scene

__all__ = ["load"]


SCENES = [Scene("reports out", load)]
