"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_ADDRESSED = "not-addressed", "Only the ministry of the State that this clause addresses can do this."
    NOT_VERIFIER = "not-verifier", "Only IMPACS can verify and decide this."
    NEEDS_DIRECTOR = "needs-director", "Only an approver at IMPACS can do this. Ask the director."
    SECONDED_BY_STATE = "seconded-by-state", "This State seconded you to the agency. Another person must verify it."
    FOUR_EYES = "four-eyes", "You wrote this evidence. Another approver in your ministry must submit it."
    NOT_SUBMITTED = (
        "not-submitted",
        "The State has not submitted this evidence, or it is already decided. Reload the page.",
    )
    ACTION_NOT_WORKED = (
        "action-not-worked",
        "Evidence can be changed only while the State works on the action. Withdraw the submission first.",
    )
    ACTION_FINISHED = "action-finished", "The action is finished: no extension is needed."
    NOT_YOUR_ABSENCE = (
        "not-your-absence",
        "The person who is leaving, or who decides at their desk, takes leave back.",
    )
    NOT_IMPACS_WORK = "not-impacs-work", "Only IMPACS and its centres, the JRCC and the RIFC, keep a work plan."
    NOT_TASK_DESK = (
        "not-task-desk",
        "Only the desk responsible for this task, and the desks of those assigned, can do this.",
    )
    NOT_TASK_HEAD = (
        "not-task-head",
        "Only an approver at the desk responsible for this task, or at IMPACS, can do this.",
    )
    NOT_REVIEWER = "not-reviewer", "Only the reviewer of this task can do this."
    OWN_WORK = "own-work", "You cannot review your own work. Ask another person to review it."
    NOT_DIRECTOR = "not-director", "Only an approver at the IMPACS Secretariat can do this."
    NOT_LEAD = "not-lead", "Only the officer in charge of this mandate, or an approver at IMPACS, can do this."
    MANDATE_OVER = (
        "mandate-over",
        "This task's mandate was reported or has ended: nothing new can start under it.",
    )
    REOPEN_TOO_LATE = (
        "reopen-too-late",
        "This task ended too long ago to be reopened. Create a new one that refers to it.",
    )
    NOT_WAITED_FOR = "not-waited-for", "This task is not waiting for your party. Its desk names who it waits for."
    NOT_ASKED = "not-asked", "Another office was asked. Only its holders, or an approver at their desk, can answer."
    NOT_FOR_THE_MINISTER = (
        "not-for-the-minister",
        "This is not for the minister's office, or the office already has it.",
    )
    NOT_FOR_THE_COUNCIL = "not-for-the-council", "This has not been escalated to the Council."
    NOT_YOUR_OFFICE = "not-your-office", "Only the party itself names the holders of its offices."
