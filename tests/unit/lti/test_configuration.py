"""What to paste into a platform that does not register tools by itself."""

import pytest
from django.test import Client
from django.utils.html import escape

from lti_tool.lti.quirks.families import FAMILIES
from lti_tool.lti.quirks.family import Quirks

ADDRESSES = ("/lti/login/", "/lti/launch/", "/lti/jwks/")


@pytest.mark.parametrize("path", ["/lti/config/", "/lti/config.json"])
def test_it_is_open_to_everybody_and_may_be_kept(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert not response.cookies
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/lti/config/", "/lti/config.json"])
def test_every_address_that_a_platform_needs_is_there(client: Client, path: str) -> None:
    said = client.get(path).content.decode()

    assert all(f"http://localhost:8000{address}" in said for address in ADDRESSES)
    assert "scope/contextmembership.readonly" in said
    assert "scope/score" not in said
    assert "localhost:8000" in said


def test_every_address_that_it_names_is_one_of_ours(client: Client, db: None) -> None:
    document = client.get("/lti/config.json").json()

    names = ("target_link_uri", "oidc_initiation_url", "public_jwk_url")
    assert [client.get(document[name]).status_code for name in names] == [403, 403, 200]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_page_says_what_to_do_in_each_family_of_platforms(client: Client, family: Quirks) -> None:
    said = client.get("/lti/config/").content.decode()

    assert f"<summary>{family.name}</summary>" in said
    assert all(escape(step) in said for step in family.by_hand)
