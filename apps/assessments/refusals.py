"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_RIFC_ANALYST = "not-rifc-analyst", "Only Fusion Centre analysts propose and lead joint assessments."
    NOT_JTA_DIRECTOR = (
        "not-jta-director",
        "Only the director of the Fusion Centre, as an approver at the lead desk, can do this.",
    )
    NOT_JTA_LEAD = "not-jta-lead", "Only the lead of this assessment can do this now."
    NOT_JTA_DRAFTER = (
        "not-jta-drafter",
        "Only the lead and the drafters can edit this assessment. Ask the lead to add you.",
    )
    NOT_JTA_PARTY = "not-jta-party", "Only a party that takes part in this assessment can do this."
    JTA_OWN_TEXT = (
        "jta-own-text",
        "You wrote this text. Another approver of your State must take the position and sign.",
    )
    JTA_NOT_YOUR_COMMENT = "jta-not-your-comment", "Only the party that made this comment can do this."
    JTA_NOT_BLOCKING = "jta-not-blocking", "Only a blocking comment can be escalated to the director."
    JTA_STALE_TEXT = (
        "jta-stale-text",
        "Someone changed this section while you were writing. Read the current text, then send.",
    )
    JTA_FROZEN = "jta-frozen", "The text is frozen. The lead can reopen it, which voids every position."
    JTA_OLDER_TEXT = (
        "jta-older-text",
        "The text or the positions have changed since this page was shown. Read the current ones first.",
    )
    JTA_NO_REMARKS = "jta-no-remarks", "Remarks are possible only while the text is drafted or circulated."
    JTA_NOT_YOUR_REMARK = (
        "jta-not-your-remark",
        "Only the author of this remark, or a drafter of the text, can do this.",
    )
    JTA_OWN_JUDGEMENT = (
        "jta-own-judgement",
        "You wrote this assessment. Another person must record the outcome of its judgements.",
    )
    JTA_OWN_OUTCOME = "jta-own-outcome", "You recorded this outcome. A second person must confirm or reject it."
    JTA_NOT_DUE = "jta-not-due", "This judgement's date has not come yet. Record the outcome after it."
    JTA_OUTCOME_KNOWN = "jta-outcome-known", "The outcome of this judgement is already recorded."
    NOT_JTA_OUTCOME = (
        "not-jta-outcome",
        "Only Fusion Centre analysts, and those who sign for a participating State, can do this.",
    )
    JTA_SIGNED_ALREADY = "jta-signed-already", "Your State has already answered on this version of the text."
    JTA_WRONG_PASSWORD = "jta-wrong-password", "This is not your password. Nothing was signed."
    JTA_TOO_MANY_TRIES = "jta-too-many-tries", "Too many wrong passwords. Wait 15 minutes, then sign."
