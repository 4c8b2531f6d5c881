"""Passenger lists for the tests of a running portal: fictional people, today's date."""

import datetime

SURNAMES = ["ALDERWICK", "BREAKSPEAR", "CINNABAR", "DOVEDALE", "ELDERFLOWER", "FENNIMORE", "GOLDENEYE", "HAWKSBILL"]


def a_list(number: int, *, carrier: str = "7T", origin: str = "KIN", destination: str = "BGI", people: int = 3) -> str:
    """One clean PAXLST for flight `number + 1000` tomorrow."""
    day = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    flight, stamp = f"{carrier}{1000 + number}", f"{day:%y%m%d}"
    travellers = "".join(person(number, index, origin, destination) for index in range(people))
    body = (
        f"UNH+P{number}+PAXLST:D:12B:UN:IATA+{flight}/{stamp}/1400+01:F'BGM+745'TDT+20+{flight}'"
        f"LOC+125+{origin}'DTM+189:{stamp}1400:201'LOC+87+{destination}'DTM+232:{stamp}1730:201'"
        f"{travellers}CNT+42:{people}'"
    )
    segments = body.count("'") + 1
    return (
        f"UNA:+.? 'UNB+UNOA:4+{carrier}APIS:ZZ+JRCC:ZZ+{stamp}:0900+R{number}++APIS'"
        f"{body}UNT+{segments}+P{number}'UNZ+1+R{number}'"
    )


def person(number: int, index: int, origin: str, destination: str) -> str:
    """The segments of one passenger."""
    surname = SURNAMES[(number + index) % len(SURNAMES)]
    return (
        f"NAD+FL+++{surname}:{chr(65 + number % 26)}NSEL {chr(65 + index)}RIEL'ATT+2++F'DTM+329:{60 + index}0{1 + index}1{index}'"
        f"LOC+178+{origin}'LOC+179+{destination}'NAT+2+JAM'RFF+AVF:K{number:03d}{index}'"
        f"DOC+P:110:111+J{number:05d}{index}'DTM+36:310514'LOC+91+JAM'"
    )
