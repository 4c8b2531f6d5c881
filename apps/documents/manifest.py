"""What issued documents join to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Page, Texts

app = App(
    "documents",
    urls={"documents/": "urls"},
    pages=[
        Page("verify/", "views.verification.verify", "verify"),
    ],
    collections=[
        Collection("documents/issued", "api.IssuedDocumentViewSet"),
    ],
    stream_pages={"documents.issueddocument": "documents:document"},
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Documents issued"),
            True,
            {
                "documents.issueddocument": "title revoke_reason",
            },
        ),
    ],
)
