"""Machine-readable zones: the specimen of ICAO Doc 9303, its check digits, and what may be repaired."""

import pytest

from apps.manifests.paxlst.mrz import check_digit, read_zone, split_names

from .messages import reading, serious

TD3 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD2 = "D231458907UTO7408122F1204159<<<<<<<6"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1)])
def test_check_digits_of_the_specimen(field, digit):
    assert check_digit(field) == digit


@pytest.mark.parametrize(("text", "number"), [(TD3, "L898902C3"), (TD2, "D23145890"), (TD1, "D23145890")])
def test_the_specimens_are_read_without_complaint(text, number):
    zone = read_zone(text)
    assert zone is not None
    assert (zone.number, zone.birth, zone.sex, zone.expiry) == (number, "740812", "F", "120415")
    assert not zone.repaired
    assert not zone.failed


def test_a_letter_in_a_date_is_read_as_a_digit():
    zone = read_zone(TD3.replace("740812", "74O8I2"))
    assert (zone.birth, zone.repaired, zone.failed) == ("740812", True, False)


def test_a_number_is_repaired_only_by_the_one_confusable_pair_that_fits_both_digits():
    zone = read_zone(TD3.replace("L898902C3", "L8989O2C3"))
    assert (zone.number, zone.repaired, zone.failed) == ("L898902C3", True, False)


def test_a_number_that_no_pair_repairs_is_kept_and_marked():
    zone = read_zone(TD3.replace("L898902C3", "L898907C3"))
    assert (zone.number, zone.repaired, zone.failed) == ("L898907C3", False, True)


@pytest.mark.parametrize("text", ["", "X" * 44, "<" * 43, "L898902C36UTO7408122Q1204159ZE184226B<<<<<10"])
def test_other_text_is_no_zone(text):
    assert read_zone(text) is None


def test_names_lose_their_filler():
    assert split_names("ERIKSSON<<ANNA<MARIA<<<<<<<") == ("ERIKSSON", "ANNA MARIA")
    assert split_names("VAN<DER<BERG<<JOOST") == ("VAN DER BERG", "JOOST")


def test_a_zone_as_document_number_fills_only_what_is_missing():
    zone = "TB712345<2TTO8403076M3105146<<<<<<<<<<<<<<<0"
    obj = reading(
        ("R0712345'DTM+36:310514'", f"{zone}'"), ("ATT+2++M'", ""), ("DTM+329:840307'", "DTM+329:850101'"),
        ("NAT+2+GUY'", ""),
    )  # fmt: skip
    (person,) = obj["travellers"]
    assert (person["sex"], person["nationality"], person["birth_date"]) == ("M", "TTO", "1985-01-01")
    assert person["documents"] == [{"type": "P", "number": "TB712345", "issuer": "GUY", "expires": "2031-05-14"}]
    assert serious(obj) == {"DOC_MRZ"}
