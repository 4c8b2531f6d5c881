"""The table of who gets which answer where, as it stands in `tests/access.toml` and `tests/APP/access.toml`.

A profile says what an address answers to each seat of tests/matrix.py, for each of its methods; an address names its
profile. Profiles that several apps need stand in tests/access.toml:

    [profiles.council-page]
    GET = {200 = "ministry secretariat associate reader", 302 = "nobody", others = 404}
    POST = {405 = "ministry secretariat associate reader", 302 = "nobody", others = 404}

    [addresses]
    "council:bodies" = "council-page"
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).resolve().parent
COMMON = TESTS / "access.toml"
Answers = dict[str, dict[str, int]]
"""Status by method and seat."""
SHOWN = frozenset({200, 201, 202, 422})
"""Answers that show what an address is for."""


class WrongTable(ValueError):
    """The table contradicts itself: the message says where."""


@dataclass
class Table:
    """What every address answers, and by which profile: addresses and profiles by name."""

    profiles: dict[str, Answers] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def expected(self, name: str, method: str, seat: str) -> int:
        """The status that this seat gets there."""
        return self.profiles[self.addresses[name]][method][seat]

    def answers_to(self, name: str, seat: str) -> tuple[int, ...]:
        """What this seat gets there, by the methods in their order."""
        return tuple(row[seat] for row in self.profiles[self.addresses[name]].values())

    def alike(self, name: str, seats: Iterable[str]) -> list[tuple[str, ...]]:
        """The seats, together with those that get the same there by every method."""
        found = defaultdict(list)
        for seat in seats:
            found[self.answers_to(name, seat)].append(seat)
        return [tuple(each) for each in found.values()]

    def by_profile(self) -> dict[str, list[str]]:
        """Addresses by the name of their profile."""
        found: dict[str, list[str]] = defaultdict(list)
        for address, profile in self.addresses.items():
            found[profile].append(address)
        return found

    def shows(self, name: str, seat: str) -> bool:
        """Whether the address shows this seat what it is for, by any of its methods."""
        return seat in _shown_to(self.profiles[self.addresses[name]])

    def shown(self) -> set[str]:
        """Addresses that show it to anybody."""
        return {name for name, profile in self.addresses.items() if _shown_to(self.profiles[profile])}

    def rows(self) -> list[tuple[str, str]]:
        """(address, method) of everything in the table."""
        return [(name, method) for name, profile in self.addresses.items() for method in self.profiles[profile]]


def read_table(seats: Iterable[str], common: Path = COMMON, parts: Iterable[Path] | None = None) -> Table:
    """The whole table; WrongTable for a seat without an answer or with two, and for a profile that nobody names."""
    table, seats = Table(), tuple(seats)
    shared = _profiles(common, seats)
    for file in (common, *(sorted(TESTS.glob("*/access.toml")) if parts is None else parts)):
        own = {} if file == common else _profiles(file, seats)
        if twice := own.keys() & shared.keys():
            raise WrongTable(f"{file}: {sorted(twice)} stand in {common.name}, too")
        prefix = "" if file == common else f"{file.parent.name}/"
        table.profiles |= {prefix + name: answers for name, answers in own.items()}
        for address, profile in tomllib.loads(file.read_text()).get("addresses", {}).items():
            if profile not in own and profile not in shared:
                raise WrongTable(f"{file}: {address} names the profile {profile}, which is not there")
            if address in table.addresses:
                raise WrongTable(f"{address} stands in {file} and in {table.files[address]}")
            table.addresses[address] = prefix + profile if profile in own else profile
            table.files[address] = file
    table.profiles |= shared
    if unused := table.profiles.keys() - set(table.addresses.values()):
        raise WrongTable(f"no address has the profiles {sorted(unused)}")
    return table


class Turns:
    """Seats that get the same answers take turns."""

    def __init__(self) -> None:
        self.taken: dict[tuple[str, ...], int] = defaultdict(int)

    def next_of(self, alike: tuple[str, ...]) -> str:
        """Whose turn it is."""
        self.taken[alike] += 1
        return alike[self.taken[alike] % len(alike)]


def choose_in_full(table: Table, seats: Iterable[str]) -> dict[str, set[str]]:
    """Addresses to be asked in full, by seat: of each profile one for each kind of answer that it has, and each address
    that shows anything to anybody for one of those whom it shows it."""
    chosen, turns = _nothing(seats), Turns()
    for addresses in table.by_profile().values():
        for alike in table.alike(addresses[0], seats):
            # those who are shown something go through all addresses of the profile
            for address in addresses if table.shows(addresses[0], alike[0]) else addresses[:1]:
                chosen[turns.next_of(alike)].add(address)
    return chosen


def choose_plainly(table: Table, seats: Iterable[str]) -> dict[str, set[str]]:
    """Addresses to be asked plainly, by seat: each for one seat of every kind of answer that it has, and of each
    profile one for every seat. The others are asked with `--every-cell`."""
    chosen, turns = _nothing(seats), Turns()
    for addresses in table.by_profile().values():
        for address in addresses:
            for alike in table.alike(address, seats):
                chosen[turns.next_of(alike)].add(address)
        for turn, seat in enumerate(seats):
            if not chosen[seat] & set(addresses):
                chosen[seat].add(addresses[turn % len(addresses)])
    return chosen


def _nothing(seats: Iterable[str]) -> dict[str, set[str]]:
    return {seat: set() for seat in seats}


def _shown_to(answers: Answers) -> set[str]:
    return {seat for row in answers.values() for seat, status in row.items() if status in SHOWN}


def _profiles(file: Path, seats: tuple[str, ...]) -> dict[str, Answers]:
    written = tomllib.loads(file.read_text()).get("profiles", {})
    return {
        name: {method: _by_seat(f"{file}: {name} {method}", row, seats) for method, row in methods.items()}
        for name, methods in written.items()
    }


def _by_seat(where: str, row: Mapping[str, str | int], seats: tuple[str, ...]) -> dict[str, int]:
    """Status of every seat; `others` is that of all who are not named."""
    named: dict[str, int] = {}
    for status, names in row.items():
        if status == "others":
            continue
        for seat in str(names).split():
            if seat in named or seat not in seats:
                raise WrongTable(f"{where}: {seat} is named twice or unknown")
            named[seat] = int(status)
    left = [seat for seat in seats if seat not in named]
    if left and "others" not in row:
        raise WrongTable(f"{where}: no answer for {left}")
    return {seat: named.get(seat, int(row.get("others", 0))) for seat in seats}
