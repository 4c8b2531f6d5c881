"""Names, sex, nationality, documents and status of a traveller."""

import pytest

from .messages import changed, person, reading, serious

NAME = "PERSAUD-BAPTISTE:ANIL KUMAR"


@pytest.mark.parametrize(
    ("sent", "surname", "given", "codes"),
    [
        ("D?'AGUIAR:JEAN  MARC ", "D'AGUIAR", "JEAN MARC", set()),
        ("O'BRIEN:MARY ANN", "O'BRIEN", "MARY ANN", {"DELIMITER_NOT_ESCAPED"}),
        ("Núñez:José", "NÚÑEZ", "JOSÉ", set()),
        ("SMITH:JOHN:PAUL", "SMITH", "JOHN PAUL", set()),
        ("SMITH<<JOHN<PAUL<<<<<<", "SMITH", "JOHN PAUL", {"NAME_MRZ"}),
        ("P<GUYPERSAUD<<ANIL<KUMAR<<<<<<<<<<<<<<<<<<<<", "PERSAUD", "ANIL KUMAR", {"NAME_MRZ"}),
        ("SMITH<<JOHN<PAUL<<KKKKK", "SMITH", "JOHN PAUL", {"NAME_MRZ"}),
        ("SMITH/JOHN MR", "SMITH", "JOHN", set()),
        ("SMITH:JOHN MSTR", "SMITH", "JOHN", set()),
        ("SMITH:DR", "SMITH", "DR", set()),
        ("R0BERTS:J1M", "ROBERTS", "JIM", {"NAME_DIGIT_REPAIRED"}),
        ("SMITH3:JOHN5", "SMITH3", "JOHN5", set()),
        ("SMITH, JOHN PAUL", "SMITH", "JOHN PAUL", set()),
        ("SMITH, JR", "SMITH, JR", "", {"NAME_ONE_PART"}),
        ("SUPARDI", "SUPARDI", "", {"NAME_ONE_PART"}),
        ("SUPARDI:FNU", "SUPARDI", "", {"NAME_ONE_PART"}),
        ("", None, "", {"NAME_MISSING"}),
        ("VAN DER BERG:JOOST", "VAN DER BERG", "JOOST", set()),
        ("SHAUNAE ROLLE:UNA", "SHAUNAE ROLLE", "UNA", set()),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_damage(sent, surname, given, codes):
    obj = reading((NAME, sent), ("UNT+21+PAX1'", "UNT+21+PAX1'"))
    (found,) = obj["travellers"]
    assert (found["surname"], found["given_names"]) == (surname, given)
    assert serious(obj) - {"UNT_COUNT_WRONG"} == codes


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [("+M", "M", set()), ("M", "M", set()), ("+X", "X", set()), ("+FEMALE", "F", {"SEX_INVALID"}),
     ("+1", "M", {"SEX_INVALID"}), ("+Q", "U", {"SEX_INVALID"}), ("+", "U", {"SEX_MISSING"})],
)  # fmt: skip
def test_sex_is_read_from_either_element(sent, read_as, codes):
    obj = reading(("ATT+2++M", f"ATT+2+{sent}"))
    assert obj["travellers"][0]["sex"] == read_as
    assert serious(obj) == codes


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [
        ("GUY", "GUY", set()),
        ("D", "DEU", set()),
        ("D<<", "DEU", set()),
        ("ROM", "ROU", set()),
        ("SCG", "SCG", set()),
        ("GBD", "GBD", set()),
        ("XXA", "XXA", set()),
        ("GY", "GUY", {"NATIONALITY_TWO_LETTER"}),
        ("JAMAICA", "JAM", {"NATIONALITY_NAME"}),
        ("VINCENTIAN", "VCT", {"NATIONALITY_NAME"}),
        ("St. Vincent and the Grenadines", "VCT", {"NATIONALITY_NAME"}),
        ("QQQ", "QQQ", {"NATIONALITY_UNKNOWN"}),
        ("UTO", "UTO", {"NATIONALITY_UNKNOWN"}),
        ("", None, {"NATIONALITY_MISSING"}),
    ],
)
def test_a_nationality_becomes_the_three_letter_code(sent, read_as, codes):
    obj = reading(("NAT+2+GUY", f"NAT+2+{sent}"))
    assert obj["travellers"][0]["nationality"] == read_as
    assert serious(obj) == codes


@pytest.mark.parametrize(
    ("sent", "read_as", "codes"),
    [("GY", "GUY", {"DOC_ISSUER_TWO_LETTER"}), ("D", "DEU", set()), ("LIM", "LIM", {"DOC_ISSUER_UNKNOWN"}),
     ("", None, {"DOC_ISSUER_MISSING"})],
)  # fmt: skip
def test_the_issuer_is_never_filled_from_the_nationality(sent, read_as, codes):
    obj = reading(("LOC+91+GUY", f"LOC+91+{sent}"))
    assert obj["travellers"][0]["documents"][0]["issuer"] == read_as
    assert serious(obj) == codes


@pytest.mark.parametrize(
    ("sent", "kind", "number", "codes"),
    [
        ("P:110:111+R 07-12.345<", "P", "R0712345", set()),
        ("p:110:111+r0712345", "P", "R0712345", set()),
        ("ZZ:110:111+R0712345", "ZZ", "R0712345", {"DOC_TYPE_UNKNOWN"}),
        ("PASSPORT+R0712345", "P", "R0712345", {"DOC_TYPE_UNKNOWN"}),
        ("+R0712345", "P", "R0712345", {"DOC_TYPE_MISSING"}),
        ("P:110:111+", "P", None, {"DOC_NUMBER_MISSING"}),
        ("V:110:111+R0712345", "V", "R0712345", {"VISA_WITHOUT_PASSPORT"}),
    ],
)
def test_a_document_keeps_its_type_and_loses_the_decoration_of_its_number(sent, kind, number, codes):
    obj = reading(("DOC+P:110:111+R0712345", f"DOC+{sent}"))
    document = obj["travellers"][0]["documents"][0]
    assert (document["type"], document["number"]) == (kind, number)
    assert serious(obj) == codes


def test_no_document_is_an_error_of_the_traveller():
    obj = reading(("DOC+P:110:111+R0712345'DTM+36:310514'LOC+91+GUY'\n", ""))
    assert serious(obj) == {"DOC_MISSING"}
    (finding,) = [each for each in obj["findings"] if each["code"] == "DOC_MISSING"]
    assert finding["traveller"] == 1
    assert "PERSAUD-BAPTISTE/ANIL KUMAR" in finding["text"]


@pytest.mark.parametrize(
    ("code", "status"),
    [("FL", "passenger"), ("FM", "crew"), ("DDU", "transit_passenger"), ("DDT", "transit_crew")],
)
def test_the_nad_code_gives_the_status(code, status):
    assert person(("NAD+FL", f"NAD+{code}"))["status"] == status


def test_a_passenger_code_in_a_crew_list_is_crew():
    obj = reading(("BGM+745", "BGM+250"), ("CNT+42", "CNT+41"))
    assert obj["message"]["type"] == "crew"
    assert obj["travellers"][0]["status"] == "crew"
    assert serious(obj) == {"STATUS_FROM_LIST"}


def test_a_person_who_is_no_traveller_lends_nothing_to_the_one_before():
    obj = reading(("CNT+42:1'", "NAD+ZZZ+++OTHER:ONE'ATT+2++F'DTM+329:700101'DOC+P:110:111+X1'CNT+42:1'"))
    (found,) = obj["travellers"]
    assert (found["sex"], found["birth_date"], len(found["documents"])) == ("M", "1984-03-07", 1)


def _twice(second):
    first = changed()
    group = first[first.index("NAD+FL") : first.index("CNT+42")]
    return ("CNT+42:1'", group.replace(*second) + "CNT+42:2'")


def test_the_same_traveller_twice_is_taken_once_and_either_total_is_right():
    obj = reading(_twice(("\n", "\n")))
    assert len(obj["travellers"]) == 1
    assert serious(obj) == {"DUPLICATE_TRAVELLER"}


def test_two_travellers_with_one_document_are_told():
    obj = reading(_twice(("ANIL KUMAR", "SUNIL")))
    assert len(obj["travellers"]) == 2
    assert serious(obj) == {"SAME_DOCUMENT_TWICE"}


def test_a_group_passport_is_meant_for_several():
    obj = reading(_twice(("ANIL KUMAR", "SUNIL")), ("DOC+P:", "DOC+GP:"))
    assert serious(obj) == set()


@pytest.mark.parametrize("place", ["NAD+FL+SMITH:JOHN PAUL", "NAD+FL++SMITH:JOHN PAUL"])
def test_a_name_in_another_element_is_taken_and_its_place_told(place):
    obj = reading((f"NAD+FL+++{NAME}", place))
    (found,) = obj["travellers"]
    assert (found["surname"], found["given_names"]) == ("SMITH", "JOHN PAUL")
    (told,) = [one for one in obj["findings"] if one["code"] == "NAME_ELSEWHERE"]
    assert (told["severity"], told["original"], told["segment"]) == ("warning", "SMITH:JOHN PAUL", "NAD")


def test_an_identifier_is_no_name():
    assert "NAME_MISSING" in serious(reading((f"NAD+FL+++{NAME}", "NAD+FL+ABC9876")))
