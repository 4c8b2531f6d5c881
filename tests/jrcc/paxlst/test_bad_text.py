"""What hosts and gateways do to a message, and how the text is recovered."""

import pytest

from apps.manifests.paxlst import read

from .messages import GOOD, changed, reading, serious


def _surname(data: bytes) -> str | None:
    return read(data)[0]["travellers"][0]["surname"]


def test_the_worked_example_of_the_contract():
    obj = reading(
        ("PERSAUD-BAPTISTE:ANIL KUMAR", "O'BRIEN:MARY ANN"), ("UNT+21", "UNT+25"), ("NAD+MS+++OPS CONTROL'", "")
    )
    assert obj["grade"] == "accepted_with_warnings"
    assert serious(obj) == {"DELIMITER_NOT_ESCAPED", "UNT_COUNT_WRONG"}
    wrong = next(each for each in obj["findings"] if each["code"] == "UNT_COUNT_WRONG")
    assert (wrong["segment"], wrong["position"], wrong["original"], wrong["recovered"]) == ("UNT", 20, "25", "20")


def test_a_missing_terminator_before_a_tag_is_put_in():
    obj = reading(("LOC+178+POS'LOC", "LOC+178+POSLOC"))
    assert (obj["travellers"][0]["from"], obj["travellers"][0]["to"]) == ("POS", "BGI")
    assert "TERMINATOR_MISSING" in serious(obj)


def test_an_unknown_segment_and_rubbish_count_as_segments_and_cost_only_themselves():
    obj = reading(("ATT+2++M'", "ATT+2++M'XYZ+1'%% rubbish %%'"), ("UNT+21", "UNT+23"))
    assert serious(obj) == {"UNKNOWN_SEGMENT", "SEGMENT_UNREADABLE"}
    assert obj["travellers"][0]["birth_date"] == "1984-03-07"


def test_an_unescaped_element_separator_in_a_name_is_joined_only_if_the_address_would_be_impossible():
    text = changed().replace("+", "-").replace("UNA:-.? '", "UNA:-.? '").replace("PERSAUD-BAPTISTE", "{}")
    joined = read(text.format("DE-LA-ROSA").replace("ANIL KUMAR", "ANIL").encode())[0]
    assert joined["travellers"][0]["surname"] == "DE-LA-ROSA"
    assert "DELIMITER_NOT_ESCAPED" in serious(joined)
    left = read(text.format("PERSAUD-BAPTISTE").encode())[0]
    assert left["travellers"][0]["surname"] == "PERSAUD"


def test_released_characters_are_resolved():
    assert _surname(changed(("PERSAUD-BAPTISTE", "A??B?+C?:D?'E?F")).encode()) == "A?B+C:D'EF"


@pytest.mark.parametrize("noise", ["\r\n", "\n\n", "\r\n\t", " \r\n"])
def test_line_breaks_between_segments_are_nothing(noise):
    (obj,) = read(GOOD.replace("\n", "").replace("'", "'" + noise).replace("? '" + noise, "? '").encode())
    assert (obj["grade"], len(obj["travellers"])) == ("accepted", 1)


@pytest.mark.parametrize("width", [7, 19, 63, 69])
def test_a_telegram_broken_anywhere_reads_the_same(width):
    text = GOOD.replace("\n", "")
    wrapped = "\r\n".join(text[i : i + width] for i in range(0, len(text), width))
    telegram = f"QU BGIJRXH\r\n.POSAPBW 251012\r\n{wrapped}\r\n\r\nNNNN\r\n"
    (obj,) = read(telegram.encode())
    assert obj["travellers"] == read(GOOD.encode())[0]["travellers"]
    assert obj["grade"] == "accepted"
    assert obj["message"]["origin"] == "POSAPBW"


def test_line_ends_named_as_terminators_are_accepted():
    text = "UNA:+.? \n" + GOOD.partition("\n")[2].replace("\n", "").replace("'", "\n")
    (obj,) = read(text.encode())
    assert (obj["grade"], len(obj["travellers"])) == ("accepted", 1)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_line_ends_serve_when_there_is_no_terminator(break_):
    text = GOOD.partition("\n")[2].replace("\n", "").replace("'", break_)
    (obj,) = read(text.encode())
    assert serious(obj) == {"NEWLINE_TERMINATOR"}
    assert obj["travellers"] == read(GOOD.encode())[0]["travellers"]


@pytest.mark.parametrize(
    ("component", "element", "terminator"),
    [(":", "*", "#"), (":", "-", "'"), (":", "+", '"'), (":", "*", "$"), ("\x1f", "\x1d", "\x1c"), ("/", "|", "~")],
)
def test_other_delimiters_are_read_with_and_without_advice(component, element, terminator):
    body = GOOD.partition("\n")[2].replace("\n", "").replace("PERSAUD-BAPTISTE", "PERSAUD").replace("/", ".")
    body = body.translate(str.maketrans({":": component, "+": element, "'": terminator}))
    advice = f"UNA{component}{element}.? {terminator}"
    with_advice, without = read((advice + body).encode())[0], read(body.encode())[0]
    assert (with_advice["grade"], without["grade"]) == ("accepted", "accepted_with_warnings")
    assert serious(without) == {"UNA_DEDUCED"}
    assert with_advice["travellers"] == without["travellers"]


def test_advice_that_contradicts_the_text_is_not_followed():
    (obj,) = read(GOOD.replace("UNA:+.? '", "UNA:*.? #").encode())
    assert serious(obj) == {"UNA_DEDUCED"}
    assert obj["travellers"] == read(GOOD.encode())[0]["travellers"]


def test_bytes_that_are_no_utf_8_are_code_page_1252():
    text = changed(("ANIL KUMAR", "RENÉE"))
    assert read(text.encode("cp1252"))[0]["travellers"] == read(text.encode())[0]["travellers"]
    assert _surname(changed(("PERSAUD-BAPTISTE", "D’AGUIAR")).encode("cp1252")) == "D’AGUIAR"
    assert read(b"\xef\xbb\xbf" + GOOD.encode())[0]["grade"] == "accepted"


def test_mail_text_around_the_message_is_set_aside():
    mail = (
        "From: ops@carrier.example\nSubject: manifest\n\n" + GOOD + "\n--\nThis mail is the carrier's; don't forward.\n"
    )
    (obj,) = read(mail.encode())
    assert obj["grade"] == "accepted"
    assert {"LEADING_TEXT", "TRAILING_TEXT"} <= {each["code"] for each in obj["findings"]}


def test_a_last_segment_without_terminator_is_set_aside_unless_it_closes_something():
    cut = GOOD[: GOOD.index("'LOC+91")]
    (obj,) = read(cut.encode())
    assert serious(obj) == {"TRUNCATED", "DOC_EXPIRY_MISSING", "DOC_ISSUER_MISSING"}
    whole = GOOD.rstrip()
    assert read(whole.removesuffix("'").encode())[0]["grade"] == "accepted"


def test_a_small_letter_message_is_the_same_message():
    (obj,) = read(GOOD.lower().encode())
    assert obj["grade"] == "accepted"
    assert obj["travellers"] == read(GOOD.encode())[0]["travellers"]
