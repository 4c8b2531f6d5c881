"""The demonstration of the register: everything it adds is inferred or fictional, and in no report."""

from demo.region.playing import load
from demo.scenes import Scene

__all__ = ["load"]


SCENES = [Scene("steps in the register", load)]
