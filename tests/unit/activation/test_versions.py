"""Drafts are changed, what was signed off is not: it is superseded, revoked, or runs out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from lti_tool.activation import selectors, services
from lti_tool.activation.errors import ActivationIncomplete, NoDraft, NotInForce
from lti_tool.activation.models import Activation, ActivationState
from lti_tool.activation.record import RECORDED, described, is_as_signed
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.domain.activation import missing_for_sensing
from lti_tool.domain.jurisdictions import UNITED_KINGDOM
from lti_tool.domain.retention import LIFETIMES, Kind, over_since
from lti_tool.lti.models import Deployment
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "jurisdiction": "GB",
    "legal_basis": "explicit consent",
    "purpose": "early support",
    "assessment_reference": "DPIA-7",
    "assessment_date": date(2026, 9, 1),
    "protection_contact": "dpo@university.example",
    "counselor_contact": "counseling@university.example",
    "counselor_hours": "weekdays 9 to 17",
    "record_days": 120,
    "session_days": 20,
    "signed_off_by": "Head of Student Services",
    "expires_at": NOW + timedelta(days=300),
}


@pytest.fixture
def deployment() -> Deployment:
    return make.make_deployment()


def drafted(deployment: Deployment, *, at: datetime = NOW, **changes: object) -> Activation:
    draft = services.start_draft(deployment=deployment, by="ruth", at=at)
    for name, value in (FACTS | changes).items():
        setattr(draft, name, value)
    services.save_draft(draft=draft)
    return draft


def signed(deployment: Deployment, *, at: datetime = NOW, **changes: object) -> Activation:
    draft = drafted(deployment, at=at, **changes)
    return services.approve(draft=draft, by="olga", at=at)


def written_down() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.values_list("actor", "action"))


def test_a_draft_opens_nothing(deployment: Deployment) -> None:
    drafted(deployment)
    assert selectors.activation_in_force(deployment.pk) is None
    assert selectors.last_activation(deployment.pk) is None


def test_a_signed_draft_is_in_force_and_holds_the_profile_and_the_hash_of_what_was_signed(
    deployment: Deployment,
) -> None:
    activation = signed(deployment)

    assert selectors.activation_in_force(deployment.pk) == activation
    assert missing_for_sensing(activation, NOW) == ()
    assert (activation.version, activation.signed_off_at, activation.approved_by) == (1, NOW, "olga")
    assert activation.profile_read["name"] == "United Kingdom"
    assert is_as_signed(Activation.objects.get())
    entry = AuditEntry.objects.get(action=Action.DEPLOYMENT_ACTIVATED)
    assert entry.purpose == activation.record_hash


def test_what_is_signed_is_the_same_in_every_language(deployment: Deployment) -> None:
    with translation.override("es"):
        activation = signed(deployment)
    assert activation.profile_read == described(UNITED_KINGDOM)
    assert activation.profile_read["name"] == "United Kingdom"
    assert is_as_signed(Activation.objects.get())


@pytest.mark.parametrize("name", [name for name in RECORDED if name in FACTS or name == "approved_by"])
def test_a_row_that_was_changed_behind_our_back_is_noticed(deployment: Deployment, name: str) -> None:
    activation = signed(deployment)
    moved = {"assessment_date": date(2026, 9, 2), "expires_at": NOW, "record_days": 1, "session_days": 1}
    Activation.objects.filter(pk=activation.pk).update(**{name: moved.get(name, "something else")})
    assert not is_as_signed(Activation.objects.get())


@pytest.mark.parametrize("missing", ["purpose", "counselor_hours", "assessment_date", "record_days"])
def test_what_is_incomplete_is_not_signed_and_what_was_in_force_stays(
    deployment: Deployment, missing: str
) -> None:
    before = signed(deployment)
    change: dict[str, Any] = {missing: "" if isinstance(FACTS[missing], str) else None}
    draft = drafted(deployment, **change)

    with pytest.raises(ActivationIncomplete) as refused:
        services.approve(draft=draft, by="olga", at=NOW)

    assert refused.value.lacks == (missing,)
    assert selectors.activation_in_force(deployment.pk) == before


def test_a_new_version_supersedes_the_old_one_which_stays_readable(deployment: Deployment) -> None:
    first = signed(deployment)
    second = signed(deployment, at=NOW + timedelta(days=1), counselor_hours="weekdays 8 to 20")

    assert selectors.versions_of(deployment.pk) == [second, first]
    first.refresh_from_db()
    assert (first.state, first.ended_at) == (ActivationState.SUPERSEDED, NOW + timedelta(days=1))
    assert first.counselor_hours == "weekdays 9 to 17"
    assert is_as_signed(first)
    assert written_down() == [
        (pseudonym_of("ruth"), Action.ACTIVATION_DRAFTED),
        (pseudonym_of("olga"), Action.DEPLOYMENT_ACTIVATED),
        (pseudonym_of("ruth"), Action.ACTIVATION_DRAFTED),
        (pseudonym_of("olga"), Action.ACTIVATION_SUPERSEDED),
        (pseudonym_of("olga"), Action.DEPLOYMENT_ACTIVATED),
    ]
    assert audit.verify().finding is None


def test_a_new_draft_begins_where_the_last_version_stands_but_for_the_signature(
    deployment: Deployment,
) -> None:
    signed(deployment)
    draft = services.start_draft(deployment=deployment, by="ruth", at=NOW)

    for name in services.CARRIED_OVER:
        assert getattr(draft, name) == FACTS.get(name, getattr(Activation(), name))
    assert (draft.signed_off_by, draft.expires_at, draft.signed_off_at) == ("", None, None)


def test_two_who_begin_share_one_draft(deployment: Deployment) -> None:
    first, second = (services.start_draft(deployment=deployment, by=by, at=NOW) for by in ("ruth", "olga"))
    assert first == second


def test_what_was_signed_off_is_never_edited(deployment: Deployment) -> None:
    activation = signed(deployment)
    activation.counselor_hours = "never"

    with pytest.raises(TypeError):
        activation.save()
    with pytest.raises(NoDraft):
        services.save_draft(draft=activation)
    with pytest.raises(NoDraft):
        services.approve(draft=activation, by="olga", at=NOW)
    with pytest.raises(NoDraft):
        services.discard_draft(draft=activation, by="olga", at=NOW)


def test_a_stale_copy_of_a_draft_cannot_undo_its_signature(deployment: Deployment) -> None:
    stale = drafted(deployment)
    services.approve(draft=Activation.objects.get(), by="olga", at=NOW)

    with pytest.raises(NoDraft):
        services.save_draft(draft=stale)
    assert Activation.objects.get().state == ActivationState.IN_FORCE


def test_revoking_ends_it_at_once_and_is_written_down(deployment: Deployment) -> None:
    activation = signed(deployment)
    services.revoke(activation=activation, reason="the assessment was withdrawn", by="olga", at=NOW)

    assert selectors.activation_in_force(deployment.pk) is None
    assert selectors.last_activation(deployment.pk) == activation
    assert written_down()[-1] == (pseudonym_of("olga"), Action.ACTIVATION_REVOKED)
    with pytest.raises(NotInForce):
        services.revoke(activation=activation, reason="again", by="olga", at=NOW)


def test_a_discarded_draft_leaves_what_is_in_force(deployment: Deployment) -> None:
    standing = signed(deployment)
    draft = services.start_draft(deployment=deployment, by="ruth", at=NOW)
    services.discard_draft(draft=draft, by="ruth", at=NOW)
    assert list(Activation.objects.all()) == [standing]
    assert written_down()[-1] == (pseudonym_of("ruth"), Action.ACTIVATION_DRAFT_DISCARDED)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": ActivationState.IN_FORCE, "version": 2},
        {"state": ActivationState.SUPERSEDED, "version": 1},
        {"state": ActivationState.REVOKED, "version": None},
        {"state": ActivationState.DRAFT, "version": 3},
    ],
)
def test_the_database_itself_keeps_one_in_force_and_no_version_without_signature(
    deployment: Deployment, broken: dict[str, Any]
) -> None:
    make.make_activation(deployment)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_activation(deployment, **broken)


def test_the_place_decides_how_a_record_reaches_a_counselor_also_after_a_revocation(
    deployment: Deployment,
) -> None:
    assert selectors.sharing_under(selectors.last_activation(deployment.pk)) == "by_own_act"
    activation = signed(deployment)
    services.revoke(activation=activation, reason="", by="olga", at=NOW)
    assert selectors.sharing_under(selectors.last_activation(deployment.pk)) == "with_consent"


EACH_KIND = pytest.mark.parametrize(
    ("kind", "field"), [(Kind.STRESS_RECORD, "record_days"), (Kind.CAPTURE_SESSION, "session_days")]
)


def _cut(deployment: Deployment, kind: Kind, at: datetime) -> datetime:
    (moment,) = (m for m, ids in selectors.over_since_by_deployment(kind, at) if deployment.pk in ids)
    assert moment == selectors.over_since_in(deployment.pk, kind, at)
    return moment


@EACH_KIND
def test_a_shorter_choice_is_obeyed_from_its_signature_on(
    deployment: Deployment, kind: Kind, field: str
) -> None:
    assert _cut(deployment, kind, NOW) == over_since(kind, at=NOW)
    signed(deployment)
    assert _cut(deployment, kind, NOW) == NOW - timedelta(days=FACTS[field])
    one_day: dict[str, Any] = {field: 1}
    drafted(deployment, **one_day)
    assert _cut(deployment, kind, NOW) == NOW - timedelta(days=FACTS[field])


@EACH_KIND
def test_a_longer_choice_counts_once_nothing_of_the_shorter_promise_is_left(
    deployment: Deployment, kind: Kind, field: str
) -> None:
    shorter: dict[str, Any] = {field: 7}
    longer: dict[str, Any] = {field: 25}
    signed(deployment, **shorter)
    later = NOW + timedelta(days=1)
    signed(deployment, at=later, **longer)

    just_before = later + LIFETIMES[kind] - timedelta(seconds=1)
    assert _cut(deployment, kind, just_before) == just_before - timedelta(days=7)
    assert _cut(deployment, kind, later + LIFETIMES[kind]) == later + LIFETIMES[kind] - timedelta(days=25)


@pytest.mark.parametrize("end", ["revoked", "run out"])
def test_a_promise_outlives_the_activation(deployment: Deployment, end: str) -> None:
    activation = signed(deployment)
    if end == "revoked":
        services.revoke(activation=activation, reason="", by="olga", at=NOW)
    at = NOW + timedelta(days=100) if end == "revoked" else datetime(2029, 1, 1, tzinfo=UTC)
    assert selectors.days_kept(deployment.pk, Kind.STRESS_RECORD, at) == 120


def test_one_deployments_choice_is_not_anothers(deployment: Deployment) -> None:
    other = make.make_deployment()
    signed(deployment)
    assert _cut(other, Kind.STRESS_RECORD, NOW) == over_since(Kind.STRESS_RECORD, at=NOW)
