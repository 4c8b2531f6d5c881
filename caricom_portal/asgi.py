"""The server's entry: pages through a pool of threads, live channels as coroutines, one port and one origin.

docs/decisions/003 says why: pages are four times as fast in threads, and an idle stream costs no thread.
"""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caricom_portal.settings")
os.environ["PORTAL_PROCESS"] = "web"  # read with the settings: caricom_portal.stores

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from caricom_portal import health
from caricom_portal.forwarding import Forwarded
from caricom_portal.lanes import Lane, Limits, measured
from caricom_portal.memory import settle
from caricom_portal.spooling import App, Receive, Scope, Send, Spooled

LIVE = "/api/stream/"
MACHINES = "/taxii2/"
MACHINE_LIMIT = 4 * 2**20  # bytes; contract-rifc.md section 1
BODY_LIMIT = 64 * 2**20  # bytes; views set narrower limits of their own
BODY_SECONDS = 300
LISTS = ("/api/v1/jrcc/submissions/", "/jrcc/manifests/")
"""Passenger and crew lists: a flight does not wait for pages."""
PAGES = Limits(threads=12, share=6, beside=2, each=60, longest_wait_s=8, rest=9)
MANIFESTS = Limits(threads=4, share=2, each=200, longest_wait_s=25)
"""A carrier that sends fifty lists at once is no nuisance: it waits for its turn, and rests no more than others."""
PROGRAMS = Limits(threads=4, share=2, beside=1, each=60, longest_wait_s=8, rest=9)
THREADS = PAGES.threads + MANIFESTS.threads + PROGRAMS.threads
"""The database pool (DATABASE_POOL) must be larger."""


class Portal:
    """Sends each connection where it belongs."""

    def __init__(self, pages: App, live: App, sockets: App) -> None:
        lists = Lane(pages, MANIFESTS)
        self.lists = Spooled(lists, limit=BODY_LIMIT, seconds=BODY_SECONDS)
        self.pages = Spooled(Lane(pages, PAGES, lists), limit=BODY_LIMIT, seconds=BODY_SECONDS)
        # who asks is looked at before how much they send, so that the answer is the view's
        self.machines = Spooled(Lane(pages, PROGRAMS, lists), limit=MACHINE_LIMIT, seconds=BODY_SECONDS, hands_on=True)
        self.live = live
        self.sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "websocket":
            await self.sockets(scope, receive, send)
        elif scope["path"] in (health.LIVE, health.HEALTH):
            await health.serve(scope, receive, send)
        elif scope["path"].startswith(LIVE):
            await self.live(scope, receive, send)
        elif scope["path"].startswith(MACHINES):
            await self.machines(scope, receive, send)
        elif scope["path"].startswith(LISTS):
            await self.lists(scope, receive, send)
        else:
            await self.pages(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """Answer the server's start and stop."""
    while True:
        event = await receive()
        if event["type"] == "lifespan.startup":
            settle()
        await send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return


live_channels = get_asgi_application()  # loads the settings and apps, for both branches
from apps.coedit.routing import sockets  # noqa: E402 - needs the apps

# each speaks the protocol; their packages only name its types differently
pages: Any = WSGIMiddleware(cast("Any", measured(get_wsgi_application())), workers=THREADS)
portal: App = Portal(pages, cast("Any", live_channels), cast("Any", sockets))
application: App = Forwarded(portal) if settings.TRUSTED_PROXY else portal
