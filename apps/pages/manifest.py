"""What the pages join to the other apps: the page of their parts; apps above declare theirs with them."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Page, Tab

app = App(
    "pages",
    pages=[Page("kit/", "views.kit", "kit")],
    tabs=[Tab(pgettext_lazy("place, pages", "Page kit"), "kit", {"platform"})],
)
