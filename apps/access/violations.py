"""Input that can be read but breaks rules of its subject: 422 with the code of each rule."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError


class BrokenRules(ValidationError):
    """Rules that are not kept, each as (code, sentence); pages show the sentences at the field `at`."""

    def __init__(self, at: str, findings: Iterable[tuple[str, str]]) -> None:
        self.findings = [{"rule": rule, "message": str(text)} for rule, text in findings]
        super().__init__({at: [one["message"] for one in self.findings]})
