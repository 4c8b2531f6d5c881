"""Lines over which requests run, each answered for by an app above: who may ask and be asked, how a text is marked.

    offers={"exchange.lines": ["queries.asking.CisnetLine"]}          # in the app's manifest

The mechanism of requests knows nothing of reports, cases or assessments; what it must know of them, a line tells it.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.access.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of the line that is not kept, with a sentence."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A record of the line's room that an answer names: by its id outside, its number, and its marking."""

    key: uuid.UUID
    number: str
    level: int
    tlp: str
    orcon: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """Desks that words mean (desk codes, party codes, groups), and the words that mean nobody."""

    desks: Sequence[Any]
    unknown: Sequence[str]


class Line(ABC):
    """What an app above answers for. `watch` is the desk that chases what is late, `clock` the portal's own."""

    code: ClassVar[str]
    label: ClassVar[Any]
    number: ClassVar[str]
    watch: ClassVar[str]
    clock: ClassVar[str]
    functions: ClassVar[frozenset[str]]
    officers_send: ClassVar[bool] = False
    """Whether who may ask also sends: where another act has bound the desk already."""

    @abstractmethod
    def may_ask(self, actor: Actor) -> Verdict:
        """Whether a seat may ask over this line."""

    @abstractmethod
    def admits(self, actor: Actor) -> Any:
        """The condition (a Q, or an expression) under which an actor reads what other parties send over the line."""

    @abstractmethod
    def levels(self) -> Sequence[tuple[int, str]]:
        """Classifications by level, the lowest first."""

    @abstractmethod
    def level_of(self, word: str, party: str) -> int | None:
        """The level of a classification, also by the party's own word; None for none."""

    @abstractmethod
    def labels(self) -> Sequence[tuple[str, str]]:
        """Labels of sharing that a request or an answer may carry."""

    @abstractmethod
    def marking_faults(self, level: int, tlp: str, orcon: bool, party: str) -> Sequence[Fault]:
        """What does not go together in a marking."""

    @abstractmethod
    def schemes(self) -> Sequence[tuple[str, str]]:
        """(code, name) of the schemes by which source and information are graded, the usual one first."""

    @abstractmethod
    def grade(self, scheme: str, text: str) -> str | None:
        """A grade as its scheme writes it; None for one that the scheme does not have."""

    @abstractmethod
    def grade_words(self, scheme: str, grade: str) -> str:
        """A grade in words."""

    @abstractmethod
    def meant(self, words: Iterable[str], own: int) -> Meant:
        """Desks (with party and function) that can be addressed, but the asking one."""

    @abstractmethod
    def choices(self, actor: Actor) -> Sequence[tuple[str, str]]:
        """(code, name) of the groups and desks that a page offers, of a desk as “Jamaica: Border”."""

    @abstractmethod
    def unfit(self, desks: Iterable[Any], level: int, party: str) -> Sequence[Fault]:
        """Why desks cannot be sent what a party marks at this level."""

    @abstractmethod
    def named(self, actor: Actor, key: str, reader: int) -> Named | None:
        """A record of the actor's own party that they see and the reader's desk has; None for everything else."""

    @abstractmethod
    def nameable(self, actor: Actor, reader: int) -> Sequence[tuple[str, str]]:
        """(id, number and title) of records that an answer to the reader's desk can name, for the page."""

    @abstractmethod
    def seen(self, actor: Actor, keys: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[str, str]]:
        """{id: (number, address of the page)} of those records that the actor sees now."""


@cache
def _lines() -> Mapping[str, Line]:
    return {line.code: line() for line in registry.offered("exchange.lines").values()}


def line_of(code: str) -> Line:
    """The line of a request; LookupError for one that no room answers for."""
    return _lines()[code]


def every() -> Sequence[Line]:
    """All lines."""
    return list(_lines().values())


def run_by(desk: str) -> list[str]:
    """Codes of the lines whose clock this desk is."""
    return [line.code for line in _lines().values() if line.clock == desk]


def watched_by(desk: str) -> list[str]:
    """Codes of the lines that this desk keeps an eye on."""
    return [line.code for line in _lines().values() if line.watch == desk]
