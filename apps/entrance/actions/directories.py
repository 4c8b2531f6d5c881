"""Directories of parties: proposed by one administrator, put into force by a second person, ended by one."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also
from apps.access.encryption import sealed
from apps.entrance import policy
from apps.entrance.actions.links import end_links, end_sessions_of, live
from apps.entrance.models import Directory, DirectoryLink
from apps.entrance.queries import sign_in
from apps.notices.rules.outside_calls import checked

D = Directory.State
MOST_FACTORS = 20
TAKES = {
    "issuer": forms.CharField(
        label=pgettext_lazy("field, entrance", "Issuer"),
        help_text=_("The directory's own address, for example https://login.gov.example/realm."),
        max_length=200,
    ),
    "client_id": forms.CharField(
        label=pgettext_lazy("field, entrance", "Client ID"),
        help_text=_("identifies the portal to the directory"),
        max_length=200,
    ),
    "secret": forms.CharField(
        label=pgettext_lazy("field, entrance", "Client secret"),
        help_text=_("It is stored encrypted and never shown again."),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    ),
    "shown_claim": forms.ChoiceField(
        label=_("Shown to the person as their name there"),
        help_text=_("People are identified only by the subject (sub); this is never compared."),
        choices=Directory.Claim.choices,
        required=False,
    ),
    "second_factors": forms.CharField(
        label=_("Values that count as a second factor, one a line"),
        help_text=_(
            "Values of amr or acr, for example mfa, otp or hwk. If empty, the portal asks for its own second factor."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    ),
    "why": forms.CharField(label=pgettext_lazy("field, entrance", "Reason"), max_length=200),
}


@action(
    "directory.propose",
    model=Directory,
    label=_("Propose the directory"),
    done=_("Proposed a sign-in directory"),
    policy=policy.may_set_rule,
    ends=D.PROPOSED,
    step_up=True,
    takes=TAKES,
)
def propose_directory(
    actor: Actor,
    _row: None,
    *,
    issuer: str,
    client_id: str,
    secret: str,
    why: str,
    shown_claim: str = "",
    second_factors: str = "",
) -> Directory:
    """Propose the directory by which the people of one's own party may sign in; a second person puts it into force."""
    row = Directory(
        party_id=actor.party_code,
        issuer=_issuer(issuer),
        client_id=client_id,
        sealed=sealed(secret),
        shown_claim=shown_claim,
        second_factors=_values(second_factors),
        why=why,
        proposed_by_id=actor.user_id,
    )
    row.save(force_insert=True)
    return row


def _issuer(text: str) -> str:
    """An issuer identifier; ValidationError at `issuer`. It has no query (OpenID Connect Core, 2)."""
    try:
        url = checked(text)
    except ValidationError as wrong:
        raise ValidationError({"issuer": wrong.messages}) from None
    if urlsplit(url).query:
        raise ValidationError({"issuer": _("Remove the question mark from the issuer's address.")})
    return url


def _values(text: str) -> list[str]:
    found = sorted(set(text.split()))
    if len(found) > MOST_FACTORS or any(len(one) > 100 for one in found):
        wrong = _("At most %(n)s values, each of at most 100 characters.") % {"n": MOST_FACTORS}
        raise ValidationError({"second_factors": wrong})
    return found


@action(
    "directory.confirm",
    model=Directory,
    label=_("Put into force"),
    done=_("Put a sign-in directory into force"),
    policy=policy.may_confirm_directory,
    starts={D.PROPOSED},
    ends=D.IN_FORCE,
    step_up=True,
    danger=True,
)
def confirm_directory(actor: Actor, row: Directory) -> Directory:
    """Let the party's people sign in by this directory from now on; the one before ends with the sessions begun by it.

    Links stay where issuer and client are the same, as when the secret was changed. Else a subject may be another
    person, and everybody links themselves anew.
    """
    now = timezone.now()
    before = Directory.objects.select_for_update().filter(party_id=row.party_id, state=D.IN_FORCE).first()
    if before is not None:
        links = DirectoryLink.objects.filter(directory=before)
        if (before.issuer, before.client_id) == (row.issuer, row.client_id):
            end_sessions_of(live(links))
            links.filter(state="live").update(directory=row)
        else:
            end_links(actor, links)
        Directory.objects.filter(pk=before.pk).update(state=D.ENDED, valid_to=now)
        also("directory.end", before, before=D.IN_FORCE, after=D.ENDED)
    row.confirmed_by_id, row.valid_from = actor.user_id, now
    transaction.on_commit(sign_in.forget_directories)
    return row


@action(
    "directory.withdraw",
    model=Directory,
    label=pgettext_lazy("button, entrance", "Withdraw"),
    done=_("Withdrew a proposed directory"),
    policy=policy.may_end_directory,
    starts={D.PROPOSED},
    ends=D.WITHDRAWN,
    danger=True,
)
def withdraw_directory(actor: Actor, row: Directory) -> Directory:
    """Take a proposed directory back; the one in force stays."""
    return row


@action(
    "directory.end",
    model=Directory,
    label=pgettext_lazy("button, entrance", "End"),
    done=_("Ended a sign-in directory"),
    policy=policy.may_end_directory,
    starts={D.IN_FORCE},
    ends=D.ENDED,
    danger=True,
)
def end_directory(actor: Actor, row: Directory) -> Directory:
    """Let nobody sign in by this directory any more: links and the sessions begun by them end now, passwords stay."""
    row.valid_to = timezone.now()
    end_links(actor, DirectoryLink.objects.filter(directory=row))
    transaction.on_commit(sign_in.forget_directories)
    return row
