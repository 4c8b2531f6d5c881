"""Where the witness sends the key of the desk."""

import pytest

from tests.audit.witnessing import program

witness = program()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://portal.example", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000/", True),
        ("http://portal.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://127.0.0.1@evil.example", False),
        ("http://127.0.0.1:80@evil.example", False),
        ("https://", False),
        ("", False),
    ],
)
def test_the_key_of_the_desk_is_sent_over_tls_or_to_this_machine_alone(tmp_path, address, safe):
    (tmp_path / "api-key").write_text("ccp_of_the_desk\n")
    if safe:
        assert witness.Portal(address, str(tmp_path / "api-key")).key == "ccp_of_the_desk"
        return
    with pytest.raises(witness.Unchecked):
        witness.Portal(address, str(tmp_path / "api-key"))
