"""What accounts, seats and desks join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES
from apps.access.manifest import App, Collection, Every, Tab, Work
from apps.people.rules.registers import REGISTERS

app = App(
    "people",
    urls={"people/": "urls"},
    collections=[
        Collection("people/me", "api.MeViewSet"),
        Collection("people/parties", "api.PartyViewSet"),
        Collection("people/desks", "api.DeskViewSet"),
        Collection("people/seats", "api.SeatViewSet"),
        Collection("people/accounts", "api.AccountViewSet"),
        Collection("people/invitations", "api.InvitationViewSet"),
        Collection("people/secondments", "api.SecondmentViewSet"),
        Collection("people/handovers", "api.HandoverViewSet"),
        Collection("people/proposals", "api.ProposalViewSet"),
        Collection("people/reviews", "api.ReviewViewSet"),
        Collection("people/review-items", "api.ReviewItemViewSet"),
        Collection("people/emergencies", "api.EmergencyViewSet"),
        Collection("people/stand-ins", "api.StandInViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Needs us"),
            "people:desk",
            once=pgettext_lazy("navigation, portal", "My desk"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Assigned to me"), "people:desk?mine=on"),
        Tab(pgettext_lazy("navigation, portal", "Waiting for others"), "people:desk?show=waiting"),
        Tab(pgettext_lazy("navigation, portal", "Done"), "people:desk?show=done"),
        Tab(pgettext_lazy("navigation, portal", "Team"), "people:desk?team=on", rank=DECIDES),
        Tab(
            pgettext_lazy("navigation, portal", "People"),
            "people:register",
            REGISTERS,
            under=["people/seats/", "people/waivers/"],
            once=pgettext_lazy("navigation, portal", "Accounts"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Invitations"),
            "people:invitations",
            REGISTERS,
            under=["people/handovers/"],
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Approvals"),
            "people:approvals",
            REGISTERS,
            once=pgettext_lazy("navigation, portal", "Second person"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Access reviews"), "people:reviews", REGISTERS),
        Tab(
            pgettext_lazy("navigation, portal", "Stand-ins and secondments"),
            "people:secondments",
            REGISTERS,
            once=pgettext_lazy("navigation, portal", "Secondments"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Emergency appointments"),
            "people:emergencies",
            REGISTERS,
            once=pgettext_lazy("navigation, portal", "Emergency seats"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "API keys"),
            "people:tokens",
            {"IMPACS.platform", *REGISTERS},
            under=["entrance/keys/"],
            once=_("Keys of programs"),
        ),
    ],
    acts={
        "account.open": "people:account_new",
        "invitation.send": "people:invitation_new",
        "token.propose": "people:tokens",
        "proposal.second": "people:secondment_new",
        "seat.delegate": "people:stand_in",
        "emergency.take": "people:emergency_take",
    },
    clock=[
        Every("1h", "people.tick", lane="clock"),
    ],
    reference="loaders.reference.load_people_reference",
    declares=["queries.audit_names"],
    registers={
        "people.areas": "what the pages of a seat are called, by place",
        "people.coming": "what comes in the next days, for My work",
        "people.asked": "what a desk asked of others and has no answer to, for My work",
        "people.key_guards": "asked with the actor and the key before a key is taken",
        "people.circles": "give the names of the circles that a desk is in, of systems in which its party takes part",
        "people.key_purposes": "keep, with a key that is asked for, from where and for what it is",
        "people.key_limits": "give, by a key's id, from where and for what each key is",
        "people.key_narrows": "give the actor that a key stands for, with less than its seat",
        "people.session_rules": "asked with a person's party for the rule of its sessions",
    },
    offers={"access.encrypted": {"people.handover": "queries.encrypted_texts.HANDOVERS"}},
    enums={
        "ClearanceEnum": "actions.accounts.CLEARANCES",
        "AnyClearance": "actions.accounts.ALL_CLEARANCES",
        "PartyKind": "models.Party.Kind",
    },
    work=[
        Work(
            "approvals", pgettext_lazy("words, people", "Second approval"), ["queries.account_work.approvals_waiting"]
        ),
        Work("handovers", _("To hand over"), ["queries.account_work.handovers_waiting"]),
        Work("newcomers", _("People to confirm"), ["queries.account_work.newcomers_waiting"]),
        Work("keys", pgettext_lazy("words, people", "API keys"), ["queries.account_work.keys_waiting"]),
        Work("reviews", pgettext_lazy("words, people", "Access reviews"), ["queries.account_work.seats_waiting"]),
        Work(
            "emergencies",
            pgettext_lazy("words, people", "Emergency access"),
            ["queries.account_work.emergencies_waiting"],
        ),
    ],
)
