"""The sentence that a user reads for each refusal code. tests/access/test_reasons.py finds codes without one."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not-visible": _("There is nothing here that you can open."),
    "stale": _("Somebody changed this record while you were reading it. Look at the new version, then send again."),
    "may-not": _("Your seat may not do this."),
    "read-only": _("This key may only read."),
    "wrong-state": _("This is no longer possible: the record has moved on."),
    "wrong-seat": _("You act in another seat now. Load the page again."),
    "out-of-scope": _("You would lose sight of this record."),
    "needs-officer": _("A reader cannot do this. Ask an officer of your desk."),
    "not-your-desk": _("This belongs to another desk."),
    "not-carrier": _("Only a carrier's desk or the JRCC can send a passenger or crew list."),
    "not-watch": _("Only the JRCC's watch can do this."),
    "not-screening": _("Only the JRCC's automatic screening does this."),
    "not-acting-state": _("Only the State that this hit was referred to can do this."),
    "not-your-claim": _("Another officer has claimed this hit. Ask him to release it, or ask the supervisor."),
    "owner-only": _("Only the State that owns the list entry may be told of this hit."),
    "not-list-desk": _("Only officers of border, intelligence, analysis and watch desks keep watchlists."),
    "not-list-owner": _("Only an intelligence or border officer of the State that owns the list can do this."),
    "own-seat": _("You cannot change your own seat. Ask another administrator."),
    "not-issuer": _("Only somebody who decides at the desk that issued this document can revoke it."),
    "not-administrator": _("Only an account administrator of this Member State can do this."),
    "own-account": _("You cannot change your own account. Ask another administrator."),
    "not-your-account": _("A mail address is set by the person himself, under his name at the top of the page."),
    "program-account": _("This account belongs to a desk's programs. Revoke their keys instead."),
    "not-platform": _("Only the operators of the portal can do this, on its command line."),
    "has-administrator": _("This party has an account administrator already: he gives accounts and new passwords."),
    "not-file-service": _("Only the portal's own check and clean-up of files does this."),
    "file-refused": _("The malware check has refused this file: nobody can open it. Ask its sender for a clean copy."),
    "file-waiting": _("This file is still being checked for malware. Only its sender can open it yet. Try again soon."),
    "file-withdrawn": _("This file was withdrawn. Look at the record for the file that counts now."),
    "file-damaged": _("The stored file is damaged and was not sent. Tell the portal's operators, who keep copies."),
    "not-secretariat": _("Only the Council's Secretariat at IMPACS can do this."),
    "not-chair": _("Only the State in the chair, or the Secretariat on its behalf, can rule on this."),
    "needs-decider": _("This binds your State: only those who decide in the ministry can do it. Ask one of them."),
    "not-ministry": _("Only a State's ministry can do this."),
    "not-addressed": _("Only the ministry of the State that this clause addresses can do this."),
    "not-verifier": _("Only IMPACS verifies and decides here."),
    "needs-director": _("This is for those who decide at IMPACS. Ask the director."),
    "seconded-by-state": _("This State sent you to the agency. Somebody else has to verify it."),
    "four-eyes": _("You wrote this evidence: somebody else who decides in your ministry has to submit it."),
    "not-submitted": _("The State has not submitted this evidence, or the submission is settled. Load the page again."),
    "action-not-worked": _("Evidence is changed while the State works on the action. Take the submission back first."),
    "action-finished": _("The action is finished: no more time is needed."),
    "not-the-clock": _("Only the portal's own clock does this."),
    "meets-in-person": _("This meeting is held in person: the Secretariat notes who comes and leaves."),
    "no-delegation": _("Your State has no delegation at this meeting. Ask the Secretariat to enter one."),
    "here-already": _("Your delegation is here already."),
    "not-connected": _("Your delegation is not on the link. The Secretariat notes when one leaves the room."),
    "no-quorum": _("There is no quorum: a majority of the Member States has to be present (Article 27(1))."),
    "quorum-met": _("There is a quorum (Article 27(1)). Open the session."),
    "organ-sits": _("Another meeting of this organ is in session. Suspend or close that one first."),
    "vote-open": _("A vote is open. Close it, or declare it void, first."),
    "not-in-session": _("The meeting is not in session. Open or resume the session first."),
    "on-the-floor": _("This item is on the floor already."),
    "not-on-the-floor": _("This item is not on the floor. The chair puts it there."),
    "not-present": _("Your delegation is not in the room. Join, or have the Secretariat note that you came."),
    "on-the-list": _("Your delegation is on the speakers' list already."),
    "not-on-the-list": _("Your delegation is not on the speakers' list."),
    "nobody-speaks": _("Nobody is speaking."),
    "late-item": _("The agenda is closed: only the State in the chair, or the Secretariat for it, adds an item."),
    "associate-proposes": _("Associate Members speak to items; only Member States and the Secretariat propose them."),
    "not-invited": _("Your party has no delegation at this meeting. Ask the Secretariat to admit it."),
    "corrections-over": _("The time for corrections is over. Raise it when the minutes are agreed."),
    "corrections-running": _("States can still correct the minutes. Agree them when that time is over."),
    "corrections-open": _("A correction of the minutes still waits. Settle it first: take it over, or annex it."),
    "not-clearer": _("Your desk is not asked to clear this paper, or has answered already."),
    "not-translator": _("Only the Secretariat and the desk that wrote the paper add translations."),
    "not-the-portal": _("Only the portal does this, by itself."),
    "no-receipt-asked": _("No receipt is asked for this notice. Mark it as read instead."),
    "not-your-calendar": _("Only officers of this State's ministry and contact desks keep its calendar of holidays."),
    "not-proposer": _("Only the party that proposed this can do it."),
    "text-not-a-draft": _("The text is no longer a draft. Propose an amendment instead."),
    "text-no-longer-open": _("The text is no longer open: it has been voted on, withdrawn or sealed."),
    "amendment-too-late": _(
        "The text takes no more amendments: the vote is open or over. What you wrote is kept below."
    ),
    "no-open-amendment": _("There is no open amendment here."),
    "only-rejected": _("Only a rejected decision can be drafted again."),
    "vote-needs-text": _("A vote opens on a proposed text: settle the amendments first, or propose the draft."),
    "no-rule-for-question": _(
        "No single rule set of the organ answers this question on this day. Ask the Secretariat."
    ),
    "no-financial-statement": _(
        "Financial implications come before a decision (Article 27(5)): attach the statement first."
    ),
    "vote-closed": _("The vote is closed, and a closed vote is final. A mistake is mended by a new vote."),
    "voted-already": _("Your State has voted. Until the vote is closed you can change it with “Change our vote”."),
    "not-voted-yet": _("Your State has not voted yet. Cast its vote first."),
    "vote-associate": _("Associate Members attend and speak; only Member States vote (Revised Treaty, Article 27(1))."),
    "vote-not-member": _("Your State was not a Member State on the day of this vote (Revised Treaty, Article 27(1))."),
    "vote-arrears": _(
        "Contributions unpaid for more than two years take your State's vote; it may still take part."
        " The Conference may permit it to vote (Revised Treaty, Article 27(2))."
    ),
    "vote-dispute": _("Your State is a party to this dispute and does not vote on it (Revised Treaty, Article 28(4))."),
    "vote-credentials": _(
        "Your delegation's credentials are missing or have ended. Present them to the Secretariat while the vote is"
        " open."
    ),
    "vote-not-present": _(
        "Your State is not recorded as present, and only States represented vote (Article 27(1)). Ask the Secretariat"
        " to record your arrival."
    ),
    "not-by-hand": _("This vote is electronic: each State casts its own."),
    "text-changed": _("The text is not the one that was voted on. Void the vote and vote on the text as it stands."),
    "consensus-needs-meeting": _("Consensus is found in a meeting. Without one, use the written procedure."),
    "nothing-to-confirm": _("Your State has nothing to confirm here, or has answered already."),
    "only-adopted": _("This follows the adoption of a decision: it is not adopted yet, or no longer in force."),
    "only-sealed": _("This is possible only for a sealed decision that still stands."),
    "seal-broken": _(
        "The stored text is not what was sealed, so nothing is issued from it. Tell the operators at once: manage.py"
        " verify_seals names the decision."
    ),
    "minutes-not-agreed": _(
        "The report goes out with the agreed minutes. Let the chair agree them first; until then take a working copy."
    ),
    "restricted-not-public": _("A decision of a restricted item is for Member States: it cannot be made public."),
    "level-too-high": _("A decision above OFFICIAL cannot stand in the public register."),
    "reservation-not-allowed": _("Procedural decisions take no reservation."),
    "opt-out-not-needed": _(
        "Only a decision binds; a recommendation needs no opt-out (Revised Treaty, Article 27(4))."
    ),
    "reasons-for-recommendations": _(
        "Reasons in writing are given for recommendations (Revised Treaty, Article 27(6))."
    ),
    "members-only": _("This is for Member States: an Associate Member is not bound and takes no vote."),
    "leave-ended": _("This leave to vote has ended."),
    "already-paid": _("This contribution is paid."),
    "not-impacs-work": _("Only IMPACS and its centres, the JRCC and the RIFC, keep a work plan."),
    "not-task-desk": _("Only the desk that does this task, and the desks of those assigned, can do this."),
    "not-task-head": _("Only those who decide at the desk that does this task, or at IMPACS, can do this."),
    "not-reviewer": _("Only the reviewer of this task can do this."),
    "own-work": _("You cannot review what you did yourself. Let somebody else review it."),
    "not-director": _("Only those who decide at the Secretariat of IMPACS can do this."),
    "not-lead": _("Only the officer in charge of this mandate, or who decides at IMPACS, can do this."),
    "mandate-over": _("The mandate of this task was reported or has ended: nothing more can begin under it."),
    "reopen-too-late": _("This task ended too long ago to be reopened. Make a new one that refers to it."),
    "not-joinable": _("States do not join this one by one: it is a centre or a study of the region."),
    "not-your-state": _("Only the ministry of that State can do this."),
    "not-system-keeper": _("Only the body that keeps this system (JRCC, RIFC or IMPACS) can do this."),
    "not-register-keeper": _("Only the Secretariat at IMPACS, which keeps the register, can do this."),
    "not-depositary": _("Only the depositary, or the Secretariat at IMPACS for it, can do this."),
    "last-administrator": _("This is the last account administrator. Appoint a successor first."),
    "needs-secretary": _("Only who decides at the Secretariat can approve a report for the Secretary-General."),
    "own-report": _("You compiled this report yourself. Somebody else who decides at the Secretariat approves it."),
    "not-named": _("Only the ministry of the State that is asked can answer this."),
    "clearance-over": _("This is no longer asked: it was answered, its day has passed, or the report has moved on."),
}
