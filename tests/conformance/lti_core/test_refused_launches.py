"""Every launch that must be refused is, with its own reason and without a trace; odd good ones are not."""

import pytest
from django.contrib.sessions.models import Session

from lti_tool.lti.models import Launch, PlatformUser
from lti_tool.lti.protocol.message import NOT_ANSWERED
from tests.conformance.visitor import Visitor
from tests.platform.malformed import MALFORMED, Verdict

REASONS = {
    # LTI Core 1.3
    "sub_missing": "subject_missing",
    "sub_a_number": "subject_malformed",
    "sub_too_long": "subject_malformed",
    "version_missing": "version_wrong",
    "version_unknown": "version_wrong",
    "message_type_missing": "message_type_missing",
    "message_type_unknown": "message_type_unknown",
    "message_type_submission_review": "no_submissions",
    "message_type_start_proctoring": "no_proctoring",
    "roles_missing": "roles_missing",
    "roles_a_string": "roles_malformed",
    "resource_link_missing": "resource_link_missing",
    "resource_link_id_missing": "resource_link_missing",
    "resource_link_a_list": "resource_link_malformed",
    "resource_link_id_too_long": "resource_link_malformed",
    "target_link_uri_missing": "target_missing",
    "target_link_uri_foreign": "target_foreign",
    "target_link_uri_not_of_the_login": "target_not_of_login",
    "deployment_id_missing": "deployment_missing",
    "deployment_id_unknown": "deployment_unknown",
    "data_privacy_for_nobody": "for_user_empty",
    # Deep linking
    "deep_linking_without_return_url": "return_address_missing",
    "deep_linking_with_javascript_return_url": "return_address_not_web",
    # Security framework: the token
    "body_is_a_list": "body_not_an_object",
    "exp_missing": "expiry_missing",
    "exp_past": "expired",
    "exp_ten_years_ahead": "expiry_too_far",
    "exp_not_a_number": "expiry_missing",
    "iat_missing": "issued_missing",
    "iat_one_year_old": "issued_too_long_ago",
    "iat_in_the_future": "issued_in_future",
    "nbf_in_the_future": "not_yet_valid",
    "iss_missing": "issuer_wrong",
    "iss_unknown": "issuer_wrong",
    "aud_missing": "audience_wrong",
    "aud_wrong": "audience_wrong",
    "aud_empty_list": "audience_wrong",
    "azp_missing_with_several_audiences": "authorized_party_missing",
    "azp_not_ours": "authorized_party_wrong",
    "nonce_missing": "nonce_missing",
    "nonce_unknown": "nonce_wrong",
    "nonce_used_before": "nonce_wrong",
    "nonce_of_another_login": "nonce_wrong",
    # Security framework: the signature
    "kid_missing": "key_id_missing",
    "kid_unknown": "key_unknown",
    "signed_with_another_key": "signature_wrong",
    "key_brought_along": "signature_wrong",
    "body_tampered": "signature_wrong",
    "signature_missing": "signature_wrong",
    "token_is_garbage": "token_unreadable",
    "alg_none": "algorithm_not_allowed",
    "hs256_with_public_key": "algorithm_not_allowed",
    "rs512": "algorithm_not_allowed",
    "key_of_1024_bits": "key_not_trusted",
    # Security framework: login and state
    "login_without_iss": "issuer_missing",
    "login_with_unknown_iss": "platform_unknown",
    "login_with_unknown_client_id": "client_unknown",
    "login_without_login_hint": "login_hint_missing",
    "login_without_target_link_uri": "target_missing",
    "login_with_foreign_target_link_uri": "target_foreign",
    "launch_sent_twice": "attempt_spent",
    "token_sent_twice": "nonce_wrong",
    "state_mismatch": "state_mismatch",
    "state_missing": "state_missing",
    "cookies_missing": "cookie_missing",
    "token_missing": "token_missing",
    "oidc_error_response": "platform_error",
}
GOOD = sorted(name for name, case in MALFORMED.items() if case.verdict is Verdict.ACCEPTED)


def test_every_row_of_the_platforms_table_is_tried_here() -> None:
    assert set(REASONS) | set(GOOD) == set(MALFORMED)


@pytest.mark.spec("LTI 1.3 Core", "5.3")
@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.3")
@pytest.mark.parametrize(("name", "reason"), REASONS.items(), ids=str)
def test_a_wrong_launch_is_refused_with_its_own_reason(visitor: Visitor, name: str, reason: str) -> None:
    before = _traces()
    visitor.client.defaults["HTTP_ACCEPT"] = "application/json"

    response = visitor.play(name)

    assert response.status_code == 403
    assert response.json()["error"] == f"launch_refused.{reason}"
    earlier = MALFORMED[name].earlier.value == "delivered"
    assert _traces() == (before if not earlier else tuple(count + 1 for count in before))


@pytest.mark.spec("LTI 1.3 Core", "5.3")
@pytest.mark.parametrize("name", sorted(REASONS))
def test_a_refused_person_reads_what_happened_and_what_to_do(visitor: Visitor, name: str) -> None:
    response = visitor.play(name)

    page = response.content.decode()
    assert f"launch_refused.{REASONS[name]}" in page
    assert "What you can do" in page


@pytest.mark.spec("LTI 1.3 Core", "5.3")
@pytest.mark.parametrize("name", GOOD)
def test_an_odd_but_good_launch_is_accepted(visitor: Visitor, name: str) -> None:
    response = visitor.play(name)

    assert response.status_code == (200 if name == "roles_empty" else 302), response.content[:2000]


NOT_ANSWERED_WORDS = {
    "LtiSubmissionReviewRequest": "grades nobody",
    "LtiStartProctoring": "never does that",
    "LtiEndAssessment": "never does that",
    "LtiAssetProcessorSettingsRequest": "hand in",
    "LtiReportReviewRequest": "hand in",
    "LtiEulaRequest": "hand in",
    "LtiContextLaunchRequest": "opens from a link",
}


@pytest.mark.spec("LTI 1.3 Core", "5.3.1")
def test_every_message_that_is_not_answered_has_its_words_here() -> None:
    assert set(NOT_ANSWERED_WORDS) == set(NOT_ANSWERED)


@pytest.mark.spec("LTI 1.3 Core", "5.3.1")
@pytest.mark.parametrize(("message", "words"), NOT_ANSWERED_WORDS.items())
def test_a_message_that_is_not_answered_is_refused_in_words_of_its_own(
    visitor: Visitor, message: str, words: str
) -> None:
    response = visitor.launch("instructor", overrides={"message_type": message})

    assert response.status_code == 403
    assert words in response.content.decode()


def _traces() -> tuple[int, int, int]:
    return Launch.objects.count(), PlatformUser.objects.count(), Session.objects.count()
