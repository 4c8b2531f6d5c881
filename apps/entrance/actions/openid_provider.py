"""A party's directory as allauth's OpenID Connect provider, without what we do not take on trust.

allauth keeps state and PKCE and exchanges the code. Ours: discovery and keys by the guard, the token's signature,
issuer, audience, time and nonce (`apps.entrance.rules.id_tokens`); no userinfo, no account of allauth's own, nothing
stored.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

from apps.access.encryption import opened
from apps.entrance.rules import id_tokens
from apps.entrance.rules.directory_requests import Fault, session
from apps.notices.rules.outside_calls import checked

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPES = {"": [], "preferred_username": ["profile"], "email": ["email"]}


def described(issuer: str) -> dict[str, Any]:
    """The discovery document of an issuer, its addresses judged; Fault (OpenID Connect Discovery 1.0, section 4)."""
    found = _asked(f"{issuer.rstrip('/')}/.well-known/openid-configuration", "document")
    if found.get("issuer") != issuer:
        raise Fault("other-issuer")
    for name in ENDPOINTS:
        try:
            checked(str(found.get(name, "")))
        except ValidationError:
            raise Fault("endpoint") from None
    return found


def keys_of(document: dict[str, Any]) -> list[Any]:
    """The keys by which a directory signs; Fault where it publishes none."""
    keys = _asked(document["jwks_uri"], "keys").get("keys")
    found = id_tokens.usable(keys) if isinstance(keys, list) else []
    if not found:
        raise Fault("keys")
    return list(found)


def _asked(url: str, otherwise: str) -> dict[str, Any]:
    with session() as asking:
        try:
            answer = asking.get(url)
            answer.raise_for_status()
            found = answer.json()
        except RequestException:
            raise Fault(otherwise) from None
    if not isinstance(found, dict):
        raise Fault(otherwise)
    return found


class _Client(OAuth2Client):  # type: ignore[misc]
    """The client of allauth, for directories whose address for signing in has a query of its own."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: Any) -> str:
        """The address with its own query kept (RFC 6749, section 3.1), and each of our parameters once."""
        place = urlsplit(authorization_url)
        ours = urlsplit(super().get_redirect_url("", scope, extra_params)).query
        named = {name for name, _value in parse_qsl(ours)}
        own = [pair for pair in parse_qsl(place.query, keep_blank_values=True) if pair[0] not in named]
        query = "&".join(part for part in (urlencode(own), ours) if part)
        return place._replace(query=query).geturl()


class _Flow(OpenIDConnectOAuth2Adapter):
    """One sign-in at one directory."""

    client_class = _Client

    def __init__(self, request: HttpRequest, provider: "PartyDirectory") -> None:
        self.provider = provider
        super().__init__(request, provider.app.provider_id)

    def get_provider(self) -> "PartyDirectory":
        """The directory of this sign-in."""
        return self.provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document, asked once for each request."""
        if not hasattr(self, "_document"):
            self._document = described(self.provider.directory.issuer)
        return self._document

    @property
    def basic_auth(self) -> bool:
        """How the secret is sent; what a directory says nothing of is `client_secret_basic`."""
        ways = self.openid_config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_post" not in ways

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the directory sends the person back to: the same for all directories that a party ever has."""
        return request.build_absolute_uri(callback_path(self.provider.directory.party_id))

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        """What the directory gives for the code; Fault where that is no answer to it."""
        try:
            return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        except (TypeError, ValueError):
            raise Fault("token") from None

    def parse_token(self, data: Any) -> SocialToken:
        """The access token is of no use here and goes nowhere."""
        return SocialToken()

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """What the ID token claims, believed; for `pre_social_login`, which goes no further with allauth."""
        said, directory = kwargs["response"].get("id_token"), self.provider.directory
        if not isinstance(said, str):
            raise Fault("token")
        keys = keys_of(self.openid_config)
        claims = id_tokens.believed(said, keys, issuer=directory.issuer, client_id=directory.client_id)
        return SocialLogin(account=SocialAccount(extra_data=claims), provider=self.provider)


class PartyDirectory(OpenIDConnectProvider):
    """The directory of a party as one of allauth's providers."""

    def __init__(self, request: HttpRequest, directory: Any) -> None:
        self.directory = directory
        app = SocialApp(
            provider=self.id,
            provider_id=str(directory.pk),
            name=str(directory.party),
            client_id=directory.client_id,
            secret=opened(directory.sealed),
            settings={
                "server_url": directory.issuer,
                "oauth_pkce_enabled": True,
                "scope": ["openid", *SCOPES[directory.shown_claim]],
            },
        )
        super().__init__(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> _Flow:
        """The flow of this directory."""
        return _Flow(request, self)


def callback_path(party: str) -> str:
    """The path of the address that a directory has to know of the portal."""
    return reverse("account_directory_callback", args=[party])


def callback(request: HttpRequest, directory: Any) -> HttpResponse:
    """What follows from the answer that a directory has sent a browser back with."""
    flow = _Flow(request, PartyDirectory(request, directory))
    answer: HttpResponse = OAuth2CallbackView.adapter_view(flow)(request)
    return answer
