"""The wizard: step by step, saved as a draft, signed off by who may, printable as a record."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from lti_tool.activation import services
from lti_tool.activation.models import Activation, ActivationState
from lti_tool.activation.record import RECORDED
from lti_tool.activation.steps import REVIEW, STEPS
from lti_tool.activation.words import WORDS
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now
from lti_tool.domain.activation import EXCEPTION_FIELDS, RETENTION_FIELDS, WRITTEN_FIELDS, Lack
from lti_tool.domain.jurisdictions import EU, PROFILES
from tests import factories as make

pytestmark = pytest.mark.django_db

LAST_DAY = now().date() + timedelta(days=200)
ANSWERS: dict[str, dict[str, object]] = {
    "place": {"jurisdiction": "US-IL"},
    "rules": {
        "legal_basis": "explicit consent",
        "purpose": "early support",
        "assessment_reference": "DPIA-7",
        "least_age": "18",
    },
    "contacts": {
        "protection_contact": "dpo@university.example",
        "counselor_contact": "counseling@university.example",
        "counselor_hours": "weekdays 9 to 17",
    },
    "retention": {"record_days": "120", "session_days": "20"},
    "sign-off": {"signed_off_by": "Head of Student Services", "expires_on": LAST_DAY.isoformat()},
}
Account = Callable[..., Client]


@pytest.fixture
def account() -> Account:
    """A member of staff with these rights over activations, or (None named) with all rights there are."""

    def made(*rights: str) -> Client:
        client, name = Client(), "-".join(rights) or "ruth"
        user = User.objects.create_user(name, is_staff=True, is_superuser=not rights)
        codes = [f"{right}_activation" for right in rights]
        user.user_permissions.set(Permission.objects.filter(codename__in=codes))
        client.force_login(user)
        return client

    return made


def address(name: str, *args: object) -> str:
    return reverse(f"admin:activation_activation_{name}", args=args)


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def begin(client: Client) -> Activation:
    client.post(address("add"), {"deployment": make.make_deployment().pk})
    return Activation.objects.get()


def answer(client: Client, draft: Activation, **changed: dict[str, object]) -> None:
    for slug, answers in (ANSWERS | changed).items():
        sent = client.post(address("step", draft.pk, slug), {**answers, "next": "1"})
        assert sent.status_code == 302


def test_from_the_place_to_the_signature_and_the_record(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    for number, step in enumerate(STEPS):
        sent = ruth.post(address("step", draft.pk, step.slug), {**ANSWERS[step.slug], "next": "1"})
        following = STEPS[number + 1].slug if number + 1 < len(STEPS) else REVIEW
        assert sent["Location"] == address("step", draft.pk, following)

    assert "Nothing is missing" in words(ruth, address("step", draft.pk, REVIEW))
    assert ruth.post(address("approve", draft.pk))["Location"] == address("record", draft.pk)

    activation = Activation.objects.get()
    assert (activation.state, activation.version) == (ActivationState.IN_FORCE, 1)
    assert activation.expires_at is not None
    assert activation.expires_at.date() == LAST_DAY + timedelta(days=1)
    by_ruth = AuditEntry.objects.filter(actor=pseudonym_of("ruth")).values_list("action", flat=True)
    assert list(by_ruth) == [Action.ACTIVATION_DRAFTED, Action.DEPLOYMENT_ACTIVATED]


def test_each_step_says_what_is_missing_and_why_with_the_source_of_the_place(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    ruth.post(address("step", draft.pk, "place"), {"jurisdiction": "DE"})

    page = words(ruth, address("step", draft.pk, "rules"))
    for lack in ("legal_basis", "assessment_date", Lack.INFERENCE_NOT_PERMITTED):
        assert " ".join(WORDS[lack]) in page
    assert f"{'; '.join(EU.sources)}. Check with your counsel." in page
    assert WORDS["counselor_hours"][0] not in page
    review = words(ruth, address("step", draft.pk, REVIEW))
    assert WORDS["counselor_hours"][0] in review
    assert "Sign off, put in force" not in review


def test_what_no_place_could_know_is_told_at_the_first_step(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    ruth.post(address("step", draft.pk, "place"), {"jurisdiction": "Germany"})
    assert WORDS[Lack.UNKNOWN_JURISDICTION][0] in words(ruth, address("step", draft.pk, "place"))


def test_the_exception_is_asked_for_only_where_there_is_one(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    for place, asked in (("DE", True), ("GB", False)):
        ruth.post(address("step", draft.pk, "place"), {"jurisdiction": place})
        page = ruth.get(address("step", draft.pk, "rules")).content.decode()
        assert ('name="device_identifier"' in page) is asked


def test_a_draft_is_kept_half_done(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    sent = ruth.post(address("step", draft.pk, "rules"), {"purpose": "early support", "least_age": "18"})
    assert sent["Location"] == address("step", draft.pk, "rules")
    assert "early support" in words(ruth, address("step", draft.pk, "rules"))


def test_two_at_different_steps_do_not_undo_each_other(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    behind = Activation.objects.get()
    ruth.post(address("step", draft.pk, "contacts"), ANSWERS["contacts"])
    behind.record_days, behind.session_days = 120, 20
    services.save_draft(draft=behind, fields=("record_days", "session_days"))

    kept = Activation.objects.get()
    assert (kept.counselor_hours, kept.record_days) == ("weekdays 9 to 17", 120)


def test_what_cannot_be_read_is_told_and_not_saved(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    sent = ruth.post(address("step", draft.pk, "retention"), {"record_days": "a term", "session_days": "20"})
    assert "Nothing was saved" in sent.content.decode()
    assert Activation.objects.get().session_days is None


def test_an_incomplete_draft_is_not_signed_off_by_whoever_asks(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    assert ruth.post(address("approve", draft.pk)).status_code == 409
    assert Activation.objects.get().is_draft


def test_the_record_holds_every_field_the_profile_and_the_hash(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    answer(ruth, draft)
    ruth.post(address("approve", draft.pk))
    activation = Activation.objects.get()

    page = words(ruth, address("record", draft.pk))
    told = [activation.deployment.registration.issuer, activation.deployment.deployment_id]
    told += [str(answered) for step in ANSWERS.values() for answered in step.values()][:-1]
    told += [*activation.profile_read["does"], *activation.profile_read["sources"]]
    told += [activation.record_hash, "The record is as it was signed", f"{LAST_DAY.day} {LAST_DAY:%B %Y}"]
    assert [text for text in told if text not in page] == []

    Activation.objects.update(counselor_hours="never")
    assert "The record is not what was signed" in words(ruth, address("record", draft.pk))


def test_a_later_profile_does_not_change_what_was_signed(account: Account) -> None:
    ruth = account()
    activation = make.make_activation(
        make.make_deployment(), profile_read={**_profile(), "does": ["As it was."]}
    )
    assert "As it was." in words(ruth, address("record", activation.pk))


def _profile() -> dict[str, object]:
    return {"name": "Elsewhere", "sources": ["a source"], "read_on": date(2026, 1, 1).isoformat()}


def test_what_is_in_force_opens_as_a_record_and_in_no_form(account: Account) -> None:
    ruth = account()
    activation = make.make_activation(make.make_deployment())
    assert ruth.get(address("change", activation.pk))["Location"] == address("record", activation.pk)
    for step in STEPS:
        assert ruth.get(address("step", activation.pk, step.slug)).status_code == 404
        sent = ruth.post(address("step", activation.pk, step.slug), ANSWERS[step.slug])
        assert sent.status_code == 404
    assert ruth.post(address("delete", activation.pk), {"post": "yes"}).status_code == 403


def test_revoking_and_renewing_from_the_record(account: Account) -> None:
    ruth = account()
    activation = make.make_activation(make.make_deployment())
    ruth.post(address("renew", activation.pk))
    ruth.post(address("revoke", activation.pk), {"reason": "withdrawn by the office"})

    draft = Activation.objects.drafts().get()
    assert draft.purpose == activation.purpose
    page = words(ruth, address("record", activation.pk))
    assert "Version 1: revoked" in page
    assert "withdrawn by the office" in page
    assert ruth.post(address("discard", draft.pk)).status_code == 302
    assert not Activation.objects.drafts().exists()


RIGHTS = [("view",), ("view", "add", "change"), ("view", "approve")]


@pytest.mark.parametrize("rights", RIGHTS, ids="-".join)
def test_a_right_opens_what_it_says_and_nothing_else(account: Account, rights: tuple[str, ...]) -> None:
    ruth, limited = account(), account(*rights)
    draft = begin(ruth)
    answer(ruth, draft)
    standing = make.make_activation(make.make_deployment())
    asked = {
        "view": [limited.get(address("changelist")), limited.get(address("record", standing.pk))],
        "add": [limited.get(address("add")), limited.post(address("renew", standing.pk))],
        "change": [
            limited.get(address("step", draft.pk, "place")),
            limited.post(address("step", draft.pk, "place"), {"jurisdiction": "US-NV"}),
        ],
        "approve": [
            limited.post(address("approve", draft.pk)),
            limited.post(address("revoke", standing.pk), {"reason": "x"}),
        ],
    }
    for right, answers in asked.items():
        assert {got.status_code == 403 for got in answers} == {right not in rights}

    draft.refresh_from_db()
    standing.refresh_from_db()
    assert draft.is_draft == ("approve" not in rights)
    assert standing.is_in_force == ("approve" not in rights)


def test_who_may_not_sign_off_is_offered_no_button_and_told_whom_to_ask(account: Account) -> None:
    writer = account("view", "add", "change")
    draft = begin(writer)
    answer(writer, draft)
    page = words(writer, address("step", draft.pk, REVIEW))
    assert "Sign off, put in force now" not in page
    assert "Ask somebody who may" in page
    assert "Revoke now" not in words(
        writer, address("record", make.make_activation(make.make_deployment()).pk)
    )


def test_nobody_outside_the_staff_reads_a_record(client: Client) -> None:
    activation = make.make_activation(make.make_deployment())
    assert client.get(address("record", activation.pk))["Location"].startswith("/admin/login/")


def test_the_pages_need_no_script_and_no_style_of_their_own(account: Account) -> None:
    ruth = account()
    draft = begin(ruth)
    for path in [
        *(address("step", draft.pk, one) for one in (*ANSWERS, REVIEW)),
        address("record", draft.pk),
    ]:
        got = ruth.get(path)
        assert "default-src 'self'" in got.headers["Content-Security-Policy"]
        main = got.content.decode().split('id="content"')[1].split('id="footer"')[0]
        assert "style=" not in main
        assert "<script" not in main


def test_every_lack_has_words_and_exactly_one_step_where_it_is_mended() -> None:
    fields = {*WRITTEN_FIELDS, *EXCEPTION_FIELDS, *(name for name, _ in RETENTION_FIELDS.values())}
    elsewhere = {Lack.DOOR_CLOSED, Lack.NO_ACTIVATION, Lack.CLASS_VIEW_NOT_PERMITTED}
    lacks = {*fields, "assessment_date", "lower_age_reason", "expires_at", *Lack} - elsewhere
    assert lacks == set(WORDS)
    for lack in lacks:
        assert len([step for step in STEPS if step.owns(lack)]) == 1


def test_every_field_that_is_asked_is_in_the_hash() -> None:
    asked = {name for step in STEPS for name in (*step.fields, *step.exception)}
    assert asked <= set(RECORDED)


def test_every_place_is_shown_before_one_is_chosen(account: Account) -> None:
    ruth = account()
    page = words(ruth, address("step", begin(ruth).pk, "place"))
    for profile in PROFILES:
        assert profile.name in page
        assert "; ".join(profile.sources) in page
