"""Access tokens given out, and assertions already spent. Knows nothing of HTTP or of the services behind."""

from dataclasses import dataclass
from secrets import token_urlsafe

LIFETIME_S = 300


class TokenRefused(Exception):
    """An OAuth 2.0 error: `code` is one of RFC 6749, 5.2."""

    def __init__(self, code: str, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.code, self.why, self.status = code, why, status


@dataclass(frozen=True, slots=True)
class AccessToken:
    client_id: str
    scopes: frozenset[str]
    expires: int


class TokenOffice:
    """Access tokens given out, and assertions already seen."""

    def __init__(self) -> None:
        self._tokens: dict[str, AccessToken] = {}
        self._seen: set[tuple[str, str]] = set()

    def issue(self, *, client_id: str, scopes: frozenset[str], now: int) -> str:
        value = token_urlsafe(24)
        self._tokens[value] = AccessToken(client_id, scopes, now + LIFETIME_S)
        return value

    def permits(self, authorization: str | None, scope: str, *, now: int) -> bool:
        scheme, _, value = (authorization or "").partition(" ")
        token = self._tokens.get(value)
        if token is None or scheme.lower() != "bearer":
            return False
        return scope in token.scopes and now < token.expires

    def spend(self, client_id: str, jti: object) -> None:
        """An assertion serves once."""
        if not isinstance(jti, str) or not jti:
            raise TokenRefused("invalid_client", "the assertion has no jti", 401)
        if (client_id, jti) in self._seen:
            raise TokenRefused("invalid_client", "the assertion was used before", 401)
        self._seen.add((client_id, jti))
