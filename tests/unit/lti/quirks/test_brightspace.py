"""Brightspace: whom our proof is addressed to."""

import jwt
import pytest

from lti_tool.core.clock import now
from lti_tool.lti.quirks import brightspace
from lti_tool.lti.quirks.services import token_audience
from lti_tool.lti.services.clients import client_of
from tests.factories.platforms import make_registration

TOKEN_URL = "https://auth.school.example/token"
BRIGHTSPACE = "https://auth.brightspace.com/core/connect/token"


@pytest.mark.parametrize(
    "elsewhere",
    [
        TOKEN_URL,
        "https://auth.brightspace.com.evil.example/token",
        "https://evil.example/auth.brightspace.com",
        "https://auth.brightspace.com@evil.example/token",
        "https://auth.brightspace.com:8443/token",
        "http://auth.brightspace.com/token",
    ],
)
def test_a_proof_for_one_platform_is_never_addressed_to_another(elsewhere: str) -> None:
    assert token_audience(elsewhere) == elsewhere


@pytest.mark.django_db
@pytest.mark.spec("RFC 7523", "3")
@pytest.mark.parametrize("family", ["", "moodle", "desire2learn"])
@pytest.mark.parametrize(
    ("token_url", "audience"), [(TOKEN_URL, TOKEN_URL), (BRIGHTSPACE, brightspace.AUDIENCE)]
)
def test_a_client_proves_itself_to_whoever_hands_out_the_token(
    family: str, token_url: str, audience: str
) -> None:
    client = client_of(make_registration(token_url=token_url, product_family=family), at=now())

    token = client.sign({"aud": client.audience})

    assert jwt.decode(token, options={"verify_signature": False})["aud"] == audience
