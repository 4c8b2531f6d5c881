"""What the tests of obligations share with those of the Council: nobody but test_escalation reads a mail."""

from tests.council.conftest import drain as drain
