"""What a platform says of itself: read in full where it is right, refused by name where it is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.protocol.addresses import host_of, is_endpoint
from lti_tool.lti.protocol.parties import origin_of
from lti_tool.lti.protocol.platform_configuration import (
    ENDPOINTS,
    LTI_PLATFORM,
    PlatformConfiguration,
    read_configuration,
)
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused
from lti_tool.lti.quirks.registration import speaks_for
from lti_tool.lti.validators import validate_origins

URL = "https://school.example/lti/openid-configuration"
GOOD: dict[str, Any] = {
    "issuer": "https://school.example",
    "authorization_endpoint": "https://school.example/auth",
    "token_endpoint": "https://school.example/token",
    "jwks_uri": "https://keys.example/jwks",
    "registration_endpoint": "https://pages.example/register?x=1",
    "scopes_supported": ["openid", "https://purl.imsglobal.org/spec/lti-ags/scope/score"],
    "claims_supported": ["iss", "sub", "name"],
    "id_token_signing_alg_values_supported": ["RS256"],
    LTI_PLATFORM: {
        "product_family_code": "moodle",
        "messages_supported": [{"type": "LtiResourceLinkRequest"}, {"type": "LtiDeepLinkingRequest"}],
        "variables": ["CourseSection.timeFrame.end"],
    },
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
ADDRESSES = st.sampled_from(["https://school.example/x", "http://school.example", "javascript:x", "https://"])


def read(document: object, *, url: str = URL, loopback: bool = False) -> PlatformConfiguration:
    return read_configuration(document, url=url, loopback=loopback, speaks_for=speaks_for)


def obstacle(document: object, **how: Any) -> Obstacle:  # noqa: ANN401
    with pytest.raises(RegistrationRefused) as refused:
        read(document, **how)
    return refused.value.obstacle


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_a_platform_is_read_in_full() -> None:
    platform = read(GOOD)

    assert (platform.issuer, platform.jwks_uri) == ("https://school.example", "https://keys.example/jwks")
    assert platform.product_family == "moodle"
    assert "LtiDeepLinkingRequest" in platform.messages
    assert platform.variables == {"CourseSection.timeFrame.end"}
    assert platform.claims == {"iss", "sub", "name"}


def test_its_pages_live_where_it_signs_in_and_registers_and_each_origin_counts_once() -> None:
    assert read(GOOD).origins == ["https://school.example", "https://pages.example"]


@pytest.mark.parametrize("name", ["issuer", *ENDPOINTS, LTI_PLATFORM])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(RegistrationRefused) as refused:
        read(without(name))

    assert refused.value.obstacle is Obstacle.CONFIGURATION_INCOMPLETE
    assert (name in str(refused.value)) != (name == LTI_PLATFORM)


@pytest.mark.parametrize("name", ["issuer", *ENDPOINTS])
@pytest.mark.parametrize(
    "address",
    [
        "http://school.example/x",
        "javascript:alert(1)",
        "https://",
        "https://school.example:port/",
        "https://school.example:/",
        "https://school.example:000443/",
        "https://school.example:70000/",
        "https://me:secret@school.example/",
        "https://school.example/#part",
        "https://school.example/ x",
        'https://school.example/"',
        "https://school.example\\@elsewhere.example/",
        "https://[::1]/",
        "//school.example/",
        "https://school.example/" + "x" * 1000,
        7,
        ["https://school.example/"],
        {"https": 1},
    ],
)
def test_an_address_that_is_not_plain_https_is_refused(name: str, address: object) -> None:
    assert obstacle({**GOOD, name: address}) is Obstacle.ENDPOINT_REFUSED


def test_an_issuer_has_no_query_and_fits_what_a_token_may_hold() -> None:
    assert obstacle({**GOOD, "issuer": "https://school.example?x=1"}) is Obstacle.ENDPOINT_REFUSED
    assert obstacle({**GOOD, "issuer": f"https://school.example/{'x' * 255}"}) is Obstacle.ENDPOINT_REFUSED


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", "https://school.example:8443"])
def test_a_platform_is_described_by_its_own_host_and_port(issuer: str) -> None:
    assert obstacle({**GOOD, "issuer": issuer}) is Obstacle.HOSTS_DISAGREE


def test_an_issuer_may_have_a_path_of_its_own() -> None:
    assert read({**GOOD, "issuer": "https://SCHOOL.example/moodle"}).issuer == "https://SCHOOL.example/moodle"


@pytest.mark.parametrize("host", ["law.instructure.com", "sso.canvaslms.com", "canvas.instructure.com"])
def test_a_cloud_describes_the_issuer_that_its_schools_share(host: str) -> None:
    cloud = {**GOOD, "issuer": "https://canvas.instructure.com"}

    assert read(cloud, url=f"https://{host}/api/lti/security/openid-configuration").issuer


@pytest.mark.parametrize("host", ["evil-instructure.com", "instructure.com.evil.example", "school.example"])
def test_nobody_else_describes_that_issuer(host: str) -> None:
    cloud = {**GOOD, "issuer": "https://canvas.instructure.com"}

    assert obstacle(cloud, url=f"https://{host}/") is Obstacle.HOSTS_DISAGREE


def test_a_school_of_the_cloud_cannot_name_itself_after_another_host() -> None:
    assert obstacle(GOOD, url="https://law.instructure.com/") is Obstacle.HOSTS_DISAGREE


def test_plain_http_is_for_this_machine_and_only_where_it_was_opened() -> None:
    here = {key: "http://127.0.0.1:9000/x" if key in {"issuer", *ENDPOINTS} else GOOD[key] for key in GOOD}

    assert read(here, url="http://127.0.0.1:9000/c", loopback=True).origins == ["http://127.0.0.1:9000"]
    assert obstacle(here, url="http://127.0.0.1:9000/c") is Obstacle.ENDPOINT_REFUSED


def test_a_platform_that_signs_otherwise_is_told_before_its_first_launch() -> None:
    name = "id_token_signing_alg_values_supported"

    assert obstacle({**GOOD, name: ["ES256"]}) is Obstacle.ALGORITHM_MISSING
    assert read(without(name)).issuer


@pytest.mark.parametrize("document", [None, [], "text", 7, [GOOD]])
def test_what_is_no_object_is_unreadable(document: object) -> None:
    assert obstacle(document) is Obstacle.CONFIGURATION_UNREADABLE


@given(JSON)
def test_any_json_is_read_or_refused(document: object) -> None:
    with pytest.raises(RegistrationRefused):
        read(document)


@given(st.from_regex(r"\A(https?|ftp)://[A-Za-z0-9:.@_-]{0,20}(/[ -~]{0,10})?\Z"), st.booleans())
def test_every_endpoint_has_an_origin_that_may_stand_in_a_header(url: str, loopback: bool) -> None:
    if is_endpoint(url, loopback=loopback):
        validate_origins([origin_of(url)])


@given(st.dictionaries(st.sampled_from([*GOOD, "x"]), JSON | ADDRESSES, max_size=4))
def test_whatever_is_believed_keeps_the_promises_of_its_type(changes: dict[str, Any]) -> None:
    try:
        platform = read({**GOOD, **changes})
    except RegistrationRefused:
        return
    assert host_of(platform.issuer) == "school.example"
    addresses = (platform.authorization_endpoint, platform.token_endpoint, platform.jwks_uri)
    assert all(is_endpoint(address, loopback=False) for address in (platform.issuer, *addresses))
    validate_origins(platform.origins)
    lists = (platform.scopes, platform.claims, platform.messages, platform.variables)
    assert all(isinstance(text, str) for texts in lists for text in texts)
    assert len(platform.product_family) <= 80
