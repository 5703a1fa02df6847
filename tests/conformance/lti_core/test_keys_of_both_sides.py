"""The keys by which platform and tool know each other."""

import pytest
from django.test import Client

from lti_tool.lti.models import Registration
from tests.conformance.visitor import Visitor
from tests.platform.keys import PlatformKey


@pytest.mark.spec("1EdTech Security Framework 1.0", "6.3")
def test_a_platform_may_change_its_key_between_two_launches(visitor: Visitor) -> None:
    visitor.launch("student")
    first = visitor.platform.keys.signing
    visitor.platform.keys.rotate(PlatformKey.generate("next"))

    response = visitor.launch("student")

    visitor.platform.keys.rotate(first)
    assert response.status_code == 302


def test_a_platform_whose_keys_cannot_be_fetched_is_told_apart(
    visitor: Visitor, registration: Registration
) -> None:
    Registration.objects.update(jwks_url="http://127.0.0.1:9/jwks")

    response = visitor.launch("student")

    assert response.status_code == 503
    assert b"did not answer us in time" in response.content


def test_the_tool_publishes_one_public_key_and_no_private_part(client: Client, db: None) -> None:
    response = client.get("/lti/jwks/")

    (key,) = response.json()["keys"]
    assert set(key) == {"kty", "use", "alg", "kid", "n", "e"}
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/lti/jwks/").json()["keys"] == [key]
