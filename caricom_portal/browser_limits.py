"""What an answer tells a browser beside the content security policy: no sensor, no camera, and for our own pages alone.

Sources: Permissions Policy (W3C, working draft of 2025), Fetch, section 3.7 (Cross-Origin-Resource-Policy).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

UNUSED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
"""Features of browsers that no page asks for. Sound (the alarm) and passkeys are in use and stay."""
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)
Handler = Callable[[HttpRequest], HttpResponse]


def limit_browser(get_response: Handler) -> Handler:
    """Close the features of a browser that nobody needs, and keep pages of other sites from loading what we answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
