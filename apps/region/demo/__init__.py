"""The demonstration of the register: everything it adds is inferred or fictional, and in no report."""

from apps.region.demo.playing import load

__all__ = ["load"]
