"""Notices of ships' systems in XML: both lists of one notice, and what is refused."""

import datetime

import pytest

from apps.manifests.paxlst import read

AS_OF = datetime.datetime(2026, 11, 26)
NOTICE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<n:NOAD xmlns:n="urn:notice"><VESSEL><VESSEL_NAME>MV Saltwind</VESSEL_NAME><IMO_NUMBER>9863637</IMO_NUMBER>
<CALL_SIGN>J8XY</CALL_SIGN><FLAG>VCT</FLAG></VESSEL><VOYAGE_NUMBER>118</VOYAGE_NUMBER>
<ARRIVE><PORT_CODE>VCKTN</PORT_CODE><DATE>2026-11-28</DATE><TIME>07:30:00</TIME><LAST_PORT>LCCAS</LAST_PORT></ARRIVE>
<CONTACT><NAME>Harbour Agents</NAME></CONTACT>
<CREW_LIST><CREW><LAST_NAME>LNU</LAST_NAME><FIRST_NAME>Osric</FIRST_NAME><GENDER>M</GENDER><DOB>1979-06-23</DOB>
<NATIONALITY>VCT</NATIONALITY><POSITION>Bosun</POSITION><ID><ID_TYPE>MMD</ID_TYPE><ID_VALUE>SB44120</ID_VALUE>
<ID_COUNTRY>VCT</ID_COUNTRY><ID_EXPIRATION>2031-05-14</ID_EXPIRATION></ID></CREW></CREW_LIST>
<PAX_LIST><PAX><LAST_NAME>Abelline</LAST_NAME><FIRST_NAME>Costanze</FIRST_NAME><MIDDLE_NAME>Rose</MIDDLE_NAME>
<GENDER>F</GENDER><DOB>1980-04-13</DOB><NATIONALITY>TTO</NATIONALITY><ID_TYPE>Passport</ID_TYPE>
<ID_VALUE>T1000001</ID_VALUE><ID_COUNTRY>TTO</ID_COUNTRY><ID_EXPIRATION>2031-05-14</ID_EXPIRATION>
<TRANSIT>yes</TRANSIT></PAX></PAX_LIST></n:NOAD>
"""


def codes(text: str) -> list[str]:
    return [one["code"] for obj in read(text.encode(), as_of=AS_OF) for one in obj["findings"]]


def test_a_notice_holds_a_passenger_list_and_a_crew_list():
    passengers, crew = read(NOTICE.encode(), as_of=AS_OF)
    assert [obj["message"]["type"] for obj in (passengers, crew)] == ["passenger", "crew"]
    vessel = {"name": "MV SALTWIND", "imo": "9863637", "call_sign": "J8XY", "flag": "VCT"}
    assert (crew["flight"]["vessel"], crew["flight"]["number"]) == (vessel, "118")
    leg = {"from": "LCCAS", "to": "VCKTN", "departs": None, "arrives": "2026-11-28T07:30"}
    assert crew["flight"]["legs"] == [leg]
    guest, sailor = passengers["travellers"][0], crew["travellers"][0]
    assert (guest["given_names"], guest["status"]) == ("COSTANZE ROSE", "transit_passenger")
    assert guest["documents"] == [{"type": "P", "number": "T1000001", "issuer": "TTO", "expires": "2031-05-14"}]
    assert (sailor["surname"], sailor["rank"], sailor["documents"][0]["type"]) == ("OSRIC", "BOSUN", "MMD")
    assert passengers["grade"] == "accepted"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NOTICE.replace("<n:NOAD", '<!DOCTYPE NOAD [<!ENTITY a "aaaaaaaa">]><n:NOAD', 1), "XML_WITH_DTD"),
        (NOTICE.replace("<n:NOAD", '<!DOCTYPE NOAD SYSTEM "file:///etc/passwd"><n:NOAD', 1), "XML_WITH_DTD"),
        (NOTICE[:600], "XML_BROKEN"),
        ("<NOAD>" * 20_000, "XML_BROKEN"),
        ("<NOAD>&nbsp;</NOAD>", "XML_BROKEN"),
        ("<NOAD/>", "NO_TRAVELLERS"),
        ("<!DOCTYPE html><html><body>Welcome</body></html>", "NOT_PAXLST"),
    ],
)
def test_what_is_no_plain_notice_is_refused_with_a_reason(text, code):
    assert code in codes(text)


def test_a_wrong_imo_number_is_said():
    assert "IMO_CHECK_FAILED" in codes(NOTICE.replace("9863637", "9863636"))
