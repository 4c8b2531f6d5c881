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
    "not-administrator": _("Only an account administrator of this Member State can do this."),
    "own-account": _("You cannot change your own account. Ask another administrator."),
    "program-account": _("This account belongs to a desk's programs. Revoke their keys instead."),
    "not-platform": _("Only the operators of the portal can do this, on its command line."),
    "has-administrator": _("This party has an account administrator already: he gives accounts and new passwords."),
    "last-administrator": _("This is the last account administrator. Appoint a successor first."),
}
