"""What the watch and the border desks join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES
from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "jrcc",
    collections=[
        Collection("jrcc/journeys", "api.journeys.JourneyViewSet"),
        Collection("jrcc/travellers", "api.journeys.TravellerViewSet"),
        Collection("jrcc/hits", "api.hits.HitViewSet"),
        Collection("jrcc/hit-questions", "api.questions.HitQuestionViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Floor"),
            "jrcc:floor",
            {"JRCC.watch", "border"},
            under=["jrcc/wall/"],
            once=pgettext_lazy("navigation, portal", "Watch floor"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Performance"),
            "jrcc:numbers",
            {"JRCC.watch", "border"},
            rank=DECIDES,
            once=_("Numbers of the floor"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Now"),
            "jrcc:border",
            {"border"},
            once=pgettext_lazy("navigation, portal", "Border desk"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Flights and vessels"),
            "jrcc:journeys",
            {"JRCC.watch", "border"},
            under=["jrcc/travellers/", "jrcc/bookings/"],
            once=pgettext_lazy("navigation, portal", "Journeys"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Open"), "jrcc:hits?state=open", {"JRCC.watch"}),
        Tab(pgettext_lazy("navigation, portal", "Referred to us"), "jrcc:hits?state=referred", {"border"}),
        Tab(
            pgettext_lazy("navigation, portal", "All"),
            "jrcc:hits",
            {"JRCC.watch", "border", "intelligence", "analysis"},
            under=["jrcc/questions/"],
            once=pgettext_lazy("navigation, portal", "Hits"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Matches on our watchlist"),
            "jrcc:owned",
            {"border", "intelligence", "analysis"},
            under=["jrcc/entries/"],
            once=_("Hits on our entries"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Processing status"),
            "jrcc:operations",
            {"JRCC.watch"},
            once=_("Intake at work"),
        ),
    ],
    clock=[
        Every("1m", "jrcc.overdue", lane="clock"),
    ],
    groups={
        "hits": pgettext_lazy("words, notices", "Hits"),
    },
    events=[
        Event(
            "hit.entry_suspended",
            "hits",
            "The entry of an open hit is suspended",
            "The entry of an open hit is suspended",
            kind="needs",
        ),
        Event(
            "hit.left_behind",
            "hits",
            "An open hit is left with a State that the journey no longer touches",
            "An open hit is left with a State that the journey no longer touches",
            kind="needs",
        ),
        Event("hit.asked", "hits", "A question about a hit", "A question about a hit waits for {party}", kind="needs"),
        Event("hit.answered", "hits", "An answer about a hit", "A question about a hit was answered", kind="needs"),
        Event("hit.overdue", "hits", "A step on a hit is overdue", "A step on a hit is overdue", kind="needs"),
        Event(
            "traveller.amended",
            "hits",
            "What is held on a traveller was corrected",
            "A traveller was corrected",
            kind="digest",
        ),
    ],
    offers={
        "people.asked": [
            "queries.work.hits_referred",
        ],
        "gateway.subjects": {
            "jrcc.traveller": "queries.interpol.TRAVELLERS",
        },
        "screening.feedback": [
            "queries.feedback.ROOM",
        ],
        "search.kinds": [
            "queries.search.list_jrcc_kinds",
        ],
    },
    enums={
        "Mode": [("air", "air"), ("sea", "sea")],
        "DirectionEnum": [("arrival", "arrival"), ("departure", "departure")],
        "ArrivalOrDeparture": [("arrival", "Arrival"), ("departure", "Departure")],
    },
    work=[
        Work("hits", pgettext_lazy("words, jrcc", "Hits"), ["queries.work.hits_to_work_on"]),
        Work("questions", _("Questions about hits"), ["queries.work.questions_to_answer"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Hits"),
            False,
            {
                "jrcc.hit": "list_name evidence reason note outcome_note",
                "jrcc.hitquestion": "text answer",
            },
        ),
    ],
)
