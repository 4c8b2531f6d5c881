"""A form in steps: declared once, shown one step at a time, always sent as a whole.

    STEPS = FormSteps(Step("text", _("Text"), ("title", "summary")), Step("check", _("Check")))
    answer_form(…, beside=partial(STEPS.beside, request), …)          # `steps` in the template

Each step is a state of the same page. What the other steps ask goes along in hidden inputs, so that every press sends
the whole form to the one declared action: nothing is lost where a step is refused, and no step knows another's rules. A
press says where it leads (`_to`): "next", "back", "close", or a step's code. Without `_step` the form is sent whole, as
by a page without steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.access.forms import posted_version

STEP, TO = "_step", "_to"
NEXT, BACK, CLOSE = "next", "back", "close"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in the address, its title, the fields that it asks."""

    code: str
    title: Any
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A step as the list of steps shows it: done, current, or ahead; `opens`: it can be gone to."""

    step: Step
    note: Any
    done: bool
    current: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What needs attention: its sentence, and its field on this step (`at`) or the step to go to."""

    words: Any
    at: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """A form at one of its steps, for the template."""

    now: Step
    lines: list[Line]
    faults: list[Fault]
    carried: list[SafeString]

    @property
    def number(self) -> int:
        """Which of them this is, from 1."""
        return next(number for number, line in enumerate(self.lines, start=1) if line.current)

    @property
    def last(self) -> bool:
        """Whether there is none after it."""
        return self.number == len(self.lines)


class FormSteps:
    """The steps of a form, in their order."""

    def __init__(self, *steps: Step, plain: tuple[str, ...] = ()) -> None:
        self.steps = steps
        self.plain = frozenset(plain)
        """Fields that the page carries itself: rows of inputs, and files, which no page can give back."""

    def find(self, code: str) -> Step:
        """The step of a code; the first for none."""
        return next((step for step in self.steps if step.code == code), self.steps[0])

    def asked(self, request: Any) -> Step:
        """The step that a request is at."""
        return self.find(request.POST.get(STEP) or request.GET.get("step", ""))

    def way(self, request: Any) -> Step | None:
        """The step that a press leads to; None where it closes the form, or the form is not sent by steps."""
        to = request.POST.get(TO, NEXT)
        if STEP not in request.POST or to == CLOSE:
            return None
        if to in {NEXT, BACK}:
            at = self.steps.index(self.asked(request)) + (1 if to == NEXT else -1)
            return self.steps[at] if 0 <= at < len(self.steps) else None
        return self.find(to)

    def is_stale(self, request: Any, row: Any) -> bool:
        """Whether a step was sent for a record that was changed since its page was shown."""
        return STEP in request.POST and posted_version(request) not in {None, row.version}

    def shown(
        self,
        request: Any,
        form: Any,
        *,
        notes: Mapping[str, Any] | None = None,
        saved: bool = False,
        at: str = "",
        kept: Any = None,
    ) -> Stepped:
        """The form at the step that is asked for, or of a refused one at the first step with something wrong in it.

        `saved`: there is a record, so that every step can be gone to; `notes`: a second line by step; `at`: its code,
        where the page knows better; `kept`: the form as the record is now, from which the other steps are taken where
        somebody changed it meanwhile.
        """
        now = self.find(at) if at else self._at(request, form)
        place = self.steps.index(now)
        lines = [
            Line(step, (notes or {}).get(step.code, ""), number < place, step is now, step is not now and saved)
            for number, step in enumerate(self.steps)
        ]
        rest = [name for step in self.steps if step is not now for name in step.fields if name not in now.fields]
        source = kept if kept is not None else form
        carried = [_hidden(source[name]) for name in rest if name in form.fields and name not in self.plain]
        return Stepped(now, lines, self._faults(form, now), carried)

    def _at(self, request: Any, form: Any) -> Step:
        asked = self.asked(request)
        if request.method != "POST" or not form.errors:
            return asked
        if request.POST.get(TO) == BACK:
            return self.steps[max(0, self.steps.index(asked) - 1)]
        wrong = [step for step in self.steps if set(step.fields) & set(form.errors)]
        return asked if asked in wrong or not wrong else wrong[0]

    def _faults(self, form: Any, now: Step) -> list[Fault]:
        found = [Fault(words) for words in form.non_field_errors()]
        for field in form:
            elsewhere = next((step for step in self.steps if field.name in step.fields), None)
            for words in field.errors:
                here = field.name in now.fields or elsewhere is None
                found.append(Fault(words, field.auto_id) if here else Fault(words, step=elsewhere))
        return found


def _hidden(field: Any) -> SafeString:
    """The value of a field in hidden inputs, without an id: nothing on the page refers to it."""
    found: SafeString = field.field.hidden_widget().render(field.html_name, field.value())
    return found
