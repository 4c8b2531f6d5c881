"""Addresses: the front door, each room under its own name, the API."""

from django.urls import include, path

from apps.access.stream import stream
from apps.assessments.api.assessments import AssessmentViewSet
from apps.council.views import register
from apps.documents.views import verify
from apps.search.views import results
from caricom_portal import views
from caricom_portal.api import router
from caricom_portal.description import DescriptionView

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("livez", views.livez, name="livez"),
    path("language/", views.language, name="language"),
    path("search/", results, name="search"),
    path("search/", include("apps.search.urls")),
    path("accounts/", include("caricom_portal.account_urls")),
    path("people/", include("apps.people.urls")),
    path("entrance/", include("apps.entrance.urls")),
    path("audit/", include("apps.audit.urls")),
    path("oversight/", include("apps.oversight.urls")),
    path("protection/", include("apps.protection.urls")),
    path("operations/", include("caricom_portal.operations_urls")),
    path("", include("apps.notices.urls")),
    path("documents/", include("apps.documents.urls")),
    path("verify/", verify, name="verify"),
    path("register/", register.register, name="register"),
    path("register/<path:number>/", register.entry, name="register_entry"),
    path("screening/", include("apps.screening.urls")),
    path("gateway/", include("apps.gateway.urls")),
    path("jrcc/", include("apps.jrcc.urls")),
    path("files/", include("apps.files.urls")),
    path("council/", include("apps.council.urls")),
    path("impacs/", include("apps.impacs.urls")),
    path("reports/", include("apps.reports.urls")),
    path("region/", include("apps.region.urls")),
    path("rifc/assessments/", include("apps.assessments.urls")),
    path("rifc/entities/", include("apps.entities.urls")),
    path("rifc/", include("apps.taxii.urls")),  # before the verbs of a report
    path("rifc/", include("apps.rifc.urls")),
    path("requests/", include("apps.exchange.urls")),
    path("watch/", include("apps.watch.urls")),
    path("taxii2/", include("apps.taxii.wire_urls")),
    path("api/schema/", DescriptionView.as_view(), name="schema"),
    path("api/stream/", stream, name="stream"),
    path(
        "api/v1/rifc/assessments/<uuid:pk>/export.<slug:fmt>",
        AssessmentViewSet.as_view({"get": "export"}),
        name="assessment_file",
    ),
    path("api/v1/", include((router.urls, "api"))),
]
handler400 = "caricom_portal.views.bad_request"
handler404 = "caricom_portal.views.not_found"
handler500 = "caricom_portal.views.server_error"
