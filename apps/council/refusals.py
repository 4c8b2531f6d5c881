"""What this app refuses: the code, and the sentence for who is refused."""

from apps.access.verdict import Refusal


class Refusals(Refusal):
    """Codes are a contract: outside programs read them."""

    NOT_SECRETARIAT = "not-secretariat", "Only the Council's Secretariat at IMPACS can do this."
    NOT_CHAIR = "not-chair", "Only the State in the chair, or the Secretariat on its behalf, can rule on this."
    NOT_MINISTRY = "not-ministry", "Only a State's ministry can do this."
    MEETS_IN_PERSON = (
        "meets-in-person",
        "This meeting is held in person: the Secretariat records arrivals and departures.",
    )
    NO_DELEGATION = (
        "no-delegation",
        "Your State has no delegation at this meeting. Ask the Secretariat to register one.",
    )
    HERE_ALREADY = "here-already", "Your delegation is already here."
    NOT_CONNECTED = (
        "not-connected",
        "Your delegation is not connected online. The Secretariat records departures from the room.",
    )
    NO_QUORUM = "no-quorum", "There is no quorum: a majority of the Member States must be present (Article 27(1))."
    QUORUM_MET = "quorum-met", "There is a quorum (Article 27(1)). Open the session."
    NOT_ITS_DAY = (
        "not-its-day",
        "A sitting opens only on the days of the meeting. Move the meeting first, and give a reason.",
    )
    ORGAN_SITS = "organ-sits", "Another meeting of this organ is in session. Suspend or close that one first."
    VOTE_OPEN = "vote-open", "A vote is open. Close it or declare it void first."
    NOT_IN_SESSION = "not-in-session", "The meeting is not in session. Open or resume the session first."
    ON_THE_FLOOR = "on-the-floor", "This item is already open."
    NOT_ON_THE_FLOOR = "not-on-the-floor", "This item is not open. The chair opens it."
    NOT_PRESENT = (
        "not-present",
        "Your delegation is not in the room. Join, or ask the Secretariat to record your arrival.",
    )
    ON_THE_LIST = "on-the-list", "Your delegation is already on the speakers' list."
    NOT_ON_THE_LIST = "not-on-the-list", "Your delegation is not on the speakers' list."
    NOBODY_SPEAKS = "nobody-speaks", "No one is speaking."
    LATE_ITEM = (
        "late-item",
        "The agenda is closed: only the State in the chair, or the Secretariat for it, can add an item.",
    )
    ASSOCIATE_PROPOSES = (
        "associate-proposes",
        "Associate Members speak on items; only Member States and the Secretariat propose them.",
    )
    NOT_INVITED = "not-invited", "Your party has no delegation at this meeting. Ask the Secretariat to admit it."
    CORRECTIONS_OVER = "corrections-over", "The correction period is over. Raise it when the minutes are agreed."
    CORRECTIONS_RUNNING = (
        "corrections-running",
        "States can still correct the minutes. Agree them when the correction period is over.",
    )
    CORRECTIONS_OPEN = (
        "corrections-open",
        "A correction of the minutes is still open. Accept or annex it first.",
    )
    NOT_CLEARER = "not-clearer", "Your desk is not asked to clear this paper, or has already answered."
    NOT_TRANSLATOR = "not-translator", "Only the Secretariat and the desk that wrote the paper can add translations."
    NOT_PROPOSER = "not-proposer", "Only the party that proposed this can do it."
    TEXT_NOT_A_DRAFT = "text-not-a-draft", "The text is no longer a draft. Propose an amendment instead."
    TEXT_NO_LONGER_OPEN = (
        "text-no-longer-open",
        "The text is no longer open: it has been voted on, withdrawn or sealed.",
    )
    AMENDMENT_TOO_LATE = (
        "amendment-too-late",
        "No more amendments are possible: the vote is open or over. Your text is kept below.",
    )
    NO_OPEN_AMENDMENT = "no-open-amendment", "There is no open amendment here."
    ONLY_REJECTED = "only-rejected", "Only a rejected decision can be drafted again."
    VOTE_NEEDS_TEXT = (
        "vote-needs-text",
        "A vote needs a proposed text. Settle the amendments first, or propose the draft.",
    )
    NO_WRITTEN_VOTE = (
        "no-written-vote",
        "This organ has no rules for votes outside a meeting. Put the matter on the agenda of a meeting.",
    )
    VOTE_PERIOD_RUNS = (
        "vote-period-runs",
        "The period of this written vote is not over, and some States have not voted. It closes by itself then.",
    )
    VOTE_PERIOD_OVER = (
        "vote-period-over",
        "The period of this written vote is over; a ballot that comes now does not count.",
    )
    NO_RULE_FOR_QUESTION = (
        "no-rule-for-question",
        "The organ's rules give no single answer to this question on this date. Ask the Secretariat.",
    )
    NO_FINANCIAL_STATEMENT = (
        "no-financial-statement",
        "A decision needs its financial implications first (Article 27(5)): attach the statement.",
    )
    VOTE_CLOSED = "vote-closed", "A closed vote is final. To correct a mistake, hold a new vote."
    VOTED_ALREADY = (
        "voted-already",
        "Your State has voted. Until the vote closes, you can use “Change our vote”.",
    )
    NOT_VOTED_YET = "not-voted-yet", "Your State has not voted yet. Cast its vote first."
    VOTE_ASSOCIATE = (
        "vote-associate",
        "Associate Members attend and speak; only Member States vote (Revised Treaty, Article 27(1)).",
    )
    VOTE_NOT_MEMBER = (
        "vote-not-member",
        "Your State was not a Member State on the day of this vote (Revised Treaty, Article 27(1)).",
    )
    VOTE_ARREARS = (
        "vote-arrears",
        "Your State's contributions are over two years in arrears, so it takes part but has "
        "no vote. The Conference may permit it to vote (Revised Treaty, Article 27(2)).",
    )
    VOTE_DISPUTE = (
        "vote-dispute",
        "Your State is a party to this dispute and does not vote on it (Revised Treaty, Article 28(4)).",
    )
    VOTE_CREDENTIALS = (
        "vote-credentials",
        "Your delegation's credentials are missing or have ended. Present them to the Secretariat while the vote"
        " is open.",
    )
    VOTE_NOT_PRESENT = (
        "vote-not-present",
        "Your State is not recorded as present, and only States represented vote (Article 27(1)). Ask the"
        " Secretariat to record your arrival.",
    )
    NOT_BY_HAND = "not-by-hand", "This vote is electronic: each State casts its own."
    TEXT_CHANGED = (
        "text-changed",
        "The text is not the one voted on. Void the vote and vote on the current text.",
    )
    CONSENSUS_NEEDS_MEETING = (
        "consensus-needs-meeting",
        "Consensus needs a meeting. Without one, use the written procedure.",
    )
    NOTHING_TO_CONFIRM = "nothing-to-confirm", "Your State has nothing to confirm here, or has already answered."
    ONLY_ADOPTED = (
        "only-adopted",
        "The decision is not adopted yet, or is no longer in force.",
    )
    ONLY_SEALED = "only-sealed", "This is possible only for a sealed decision that is still valid."
    SEAL_BROKEN = (
        "seal-broken",
        "The stored text differs from the sealed text, so nothing can be issued. Tell the "
        "operators at once: verify_seals names the decision.",
    )
    MINUTES_NOT_AGREED = (
        "minutes-not-agreed",
        "The report is issued with the agreed minutes. The chair must agree them first; "
        "until then, use a working copy.",
    )
    RESTRICTED_NOT_PUBLIC = (
        "restricted-not-public",
        "A decision on a restricted item is for Member States only and cannot be made public.",
    )
    LEVEL_TOO_HIGH = "level-too-high", "A decision above OFFICIAL cannot be listed in the public register."
    RESERVATION_NOT_ALLOWED = "reservation-not-allowed", "Procedural decisions allow no reservations."
    OPT_OUT_NOT_NEEDED = (
        "opt-out-not-needed",
        "Only a decision binds; a recommendation needs no opt-out (Revised Treaty, Article 27(4)).",
    )
    REASONS_FOR_RECOMMENDATIONS = (
        "reasons-for-recommendations",
        "Written reasons are given for recommendations (Revised Treaty, Article 27(6)).",
    )
    BOUND_ALREADY = (
        "bound-already",
        "This decision binds your State since its adoption, however it voted. There is nothing to join.",
    )
    MEMBERS_ONLY = "members-only", "This is for Member States: an Associate Member is not bound and does not vote."
    LEAVE_ENDED = "leave-ended", "This permission to vote has ended."
    ALREADY_PAID = "already-paid", "This contribution is already paid."
