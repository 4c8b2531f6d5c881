"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_SCREENING = "not-screening", "Only the JRCC's automatic screening does this."
    NOT_LIST_DESK = (
        "not-list-desk",
        "Only officers of border, intelligence, analysis and watch desks keep watchlists.",
    )
    NOT_LIST_OWNER = (
        "not-list-owner",
        "Only an intelligence or border officer of the State that owns the watchlist can do this.",
    )
    LIST_NEEDS_DECIDER = (
        "list-needs-decider",
        "Only an approver at the party's border or intelligence desk can close its watchlists.",
    )
    RULES_LIST = "rules-list", "This watchlist holds the entries of your targeting rules. End the rules instead."
    SOURCE_LIST = "source-list", "This watchlist is filled from INTERPOL answers. Switch the source off instead."
    LIST_CLOSED = "list-closed", "This watchlist is closed. Open another one."
    SECOND_PERSON = "second-person", "You proposed this import. Another person in your party must confirm it."
    IMPORT_HELD = "import-held", "This would withdraw too many entries: two people must confirm it first."
    IMPORT_RUNNING = "import-running", "Another import into this watchlist is running. Wait until it ends."
    NOT_CLEARANCE_MAKER = (
        "not-clearance-maker",
        "Only officers of the party that recorded this false match can do this.",
    )
    RULE_LINE = "rule-line", "This entry belongs to a targeting rule. Change or end the rule."
    NOT_RULE_OWNER = "not-rule-owner", "Only officers of the party that wrote this rule can do this."
    RULE_NEEDS_DECIDER = (
        "rule-needs-decider",
        "Only an approver at your party's desks can put a rule into force or return it.",
    )
    OWN_RULE = "own-rule", "You proposed this rule. Another approver must put it into force."
    RULE_IN_FORCE = (
        "rule-in-force",
        "A rule in force cannot be changed. Suspend it, or return it to draft, then rewrite it.",
    )
    RULE_NOT_TRIED = "rule-not-tried", "Try this rule on past travel first: its last trial is missing or too old."
    RULE_TRIED_ON_NOBODY = (
        "rule-tried-on-nobody",
        "The trial found no travellers, so it proves nothing. Try again when manifests have arrived.",
    )
    RULE_OVER_BUDGET = (
        "rule-over-budget",
        "The trial gave more alerts than the budget allows. Narrow the rule and try it again.",
    )
    RULE_OVER = "rule-over", "The rule's last day has passed. Set a later one."
    NOT_THRESHOLD_DESK = (
        "not-threshold-desk",
        "Only an approver at a desk that keeps watchlists can propose thresholds.",
    )
    NOT_THRESHOLD_DECIDER = (
        "not-threshold-decider",
        "Only an approver at the JRCC watch or the RIFC can decide on thresholds.",
    )
    OWN_THRESHOLDS = (
        "own-thresholds",
        "You proposed these thresholds. Another approver must put them into force.",
    )
    NOT_THRESHOLD_PROPOSER = (
        "not-threshold-proposer",
        "Only an approver at the desk that proposed this can withdraw it.",
    )
    THRESHOLDS_MOVED = (
        "thresholds-moved",
        "Other thresholds have come into force since this was proposed. Propose it again.",
    )
    THRESHOLDS_OF_OLDER_MATCHER = (
        "thresholds-of-older-matcher",
        "Screening has changed since this was proposed. Check it again, then propose it again.",
    )
