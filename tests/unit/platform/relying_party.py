"""A tool in miniature, written against the specifications with jwcrypto. Shares no code with the platform.

It exists to check the platform from the other side, so it is strict: every launch that the table calls
refused is refused here, each for a reason that names what is wrong.
"""

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwcrypto import jwk, jws, jwt

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
SKEW_S, LONGEST_LIFE_S, OLDEST_S = 60, 3600, 3600


class Refusal(Exception):
    """Why this tool did not let somebody in."""


def insist(condition: object, why: str) -> None:
    if not condition:
        raise Refusal(why)


@dataclass
class RelyingParty:
    base_url: str
    registration: dict[str, Any] = field(default_factory=dict)
    key: jwk.JWK = field(
        default_factory=lambda: jwk.JWK.generate(kty="RSA", size=2048, kid="tool", use="sig")
    )
    # state -> (nonce, target_link_uri) of logins not yet finished
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    launched: list[dict[str, Any]] = field(default_factory=list)
    http: httpx.Client = field(default_factory=httpx.Client)

    def assertion(self, *, key: jwk.JWK | None = None, **changes: object) -> str:
        """A client assertion for the token endpoint (RFC 7523); a change of None leaves the claim out."""
        now, client = int(time.time()), self.registration["client_id"]
        claims = {
            "iss": client,
            "sub": client,
            "aud": self.registration["token_url"],
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(),
        }
        return self.signed({**claims, **changes}, key=key)

    def signed(self, claims: dict[str, Any], *, key: jwk.JWK | None = None) -> str:
        key = key or self.key
        body = json.dumps({name: value for name, value in claims.items() if value is not None})
        token = jwt.JWT(header={"alg": "RS256", "typ": "JWT", "kid": key["kid"]}, claims=body)
        token.make_signed_token(key)
        return str(token.serialize())

    def deep_linking_response(self, request: dict[str, Any], **changes: object) -> str:
        now, settings = int(time.time()), request[DL + "deep_linking_settings"]
        claims = {
            "iss": self.registration["client_id"],
            "aud": self.registration["issuer"],
            "iat": now,
            "exp": now + 60,
            "nonce": secrets.token_urlsafe(),
            LTI + "message_type": "LtiDeepLinkingResponse",
            LTI + "version": "1.3.0",
            LTI + "deployment_id": request[LTI + "deployment_id"],
            DL + "data": settings["data"],
            DL + "content_items": [
                {
                    "type": "ltiResourceLink",
                    "title": "A breathing pause",
                    "url": f"{self.base_url}/lti/launch/",
                    "custom": {"page": "calm"},
                }
            ],
        }
        return self.signed({**claims, **changes})

    def log_in(self, asked: dict[str, str]) -> str:
        """Answer a login initiation with the address of an authorisation request."""
        insist(asked.get("iss") == self.registration["issuer"], "unknown platform")
        insist(
            asked.get("client_id", self.registration["client_id"]) == self.registration["client_id"], "client"
        )
        insist(asked.get("login_hint"), "no login_hint")
        insist(asked.get("target_link_uri", "").startswith(self.base_url + "/"), "target_link_uri")
        state, nonce = secrets.token_urlsafe(), secrets.token_urlsafe()
        self.logins[state] = (nonce, asked["target_link_uri"])
        query = urlencode(self.authorization_request(asked, state, nonce))
        return f"{self.registration['auth_login_url']}?{query}"

    def authorization_request(self, asked: dict[str, str], state: str, nonce: str) -> dict[str, str]:
        return {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": self.registration["client_id"],
            "redirect_uri": f"{self.base_url}/lti/launch/",
            "login_hint": asked["login_hint"],
            "lti_message_hint": asked.get("lti_message_hint", ""),
            "state": state,
            "nonce": nonce,
        }

    def check_launch(self, form: dict[str, str], cookies: dict[str, str]) -> dict[str, Any]:
        insist("error" not in form, f"the platform says: {form.get('error')}")
        state = form.get("state", "")
        insist(state in self.logins, "state")
        insist({f"state-{state}", f"framed-state-{state}"} & set(cookies), "another browser")
        nonce, target = self.logins.pop(state)
        claims = self.check_signature(form.get("id_token", ""))
        self.check_parties_and_times(claims)
        insist(claims.get("nonce") == nonce, "nonce")
        insist(claims.get(LTI + "target_link_uri") == target, "target_link_uri")
        check_message(claims, self.registration["deployment_id"])
        return claims

    def check_signature(self, token: str) -> dict[str, Any]:
        published = jwk.JWKSet.from_json(self.http.get(self.registration["jwks_url"]).text)
        try:
            envelope = jws.JWS()
            envelope.allowed_algs = ["RS256"]
            envelope.deserialize(token)
            key = published.get_key(envelope.jose_header.get("kid") or "")
            insist(key is not None, "kid")
            public = key.get_op_key("verify") if key else None
            insist(isinstance(public, RSAPublicKey) and public.key_size >= 2048, "key size")
            envelope.verify(key)
            claims = json.loads(envelope.payload)
        except (jws.InvalidJWSObject, jws.InvalidJWSSignature, ValueError) as problem:
            raise Refusal(f"signature: {problem}") from problem
        insist(isinstance(claims, dict), "the body is no object")
        return dict(claims)

    def check_parties_and_times(self, claims: dict[str, Any]) -> None:
        client, now, audience = self.registration["client_id"], time.time(), claims.get("aud")
        insist(claims.get("iss") == self.registration["issuer"], "iss")
        audiences = audience if isinstance(audience, list) else [audience]
        insist(client in audiences, "aud")
        insist(claims.get("azp", client if len(audiences) == 1 else None) == client, "azp")
        for name in ("exp", "iat"):
            insist(isinstance(claims.get(name), int), name)
        insist(now - SKEW_S < claims["exp"] < now + LONGEST_LIFE_S, "exp")
        insist(now - OLDEST_S < claims["iat"] < now + SKEW_S, "iat")
        insist(claims.get("nbf", 0) < now + SKEW_S, "nbf")


def check_message(claims: dict[str, Any], deployment_id: str) -> None:
    insist(isinstance(claims.get("sub"), str) and 0 < len(claims["sub"]) <= 255, "sub")
    insist(claims.get(LTI + "version") == "1.3.0", "version")
    insist(claims.get(LTI + "deployment_id") == deployment_id, "deployment_id")
    insist(isinstance(claims.get(LTI + "roles"), list), "roles")
    check = CHECKS.get(claims.get(LTI + "message_type", ""))
    insist(check is not None, "message_type")
    if check:
        check(claims)


def check_resource_link(claims: dict[str, Any]) -> None:
    link = claims.get(LTI + "resource_link")
    insist(isinstance(link, dict), "resource_link")
    identifier = (link or {}).get("id")
    insist(isinstance(identifier, str) and 0 < len(identifier) <= 255, "resource_link.id")


def check_deep_linking(claims: dict[str, Any]) -> None:
    settings = claims.get(DL + "deep_linking_settings", {})
    insist(str(settings.get("deep_link_return_url", "")).startswith("http"), "deep_link_return_url")


def check_data_privacy(claims: dict[str, Any]) -> None:
    insist(claims.get(LTI + "for_user", {}).get("user_id"), "for_user")


CHECKS = {
    "LtiResourceLinkRequest": check_resource_link,
    "LtiDeepLinkingRequest": check_deep_linking,
    "LtiDataPrivacyLaunchRequest": check_data_privacy,
}
