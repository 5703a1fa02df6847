"""Whatever a registration link is opened with, it ends in a refusal: never in a fault, never in a session."""

from django.contrib.sessions.models import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.lti.models import Registration
from lti_tool.lti.protocol.addresses import is_endpoint
from tests.conformance.registrar import Registrar, make_link

TEXT = st.text(max_size=80) | st.text(max_size=40).map("http://{}".format)
# An address that could be asked is left out: nothing here reaches out.
ADDRESSES = TEXT.filter(lambda text: not is_endpoint(text, loopback=True))
FIELDS = st.fixed_dictionaries(
    {}, optional={"openid_configuration": ADDRESSES, "registration_token": st.text(max_size=40)}
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(fields=FIELDS)
def test_any_parameters_are_refused(registrar: Registrar, fields: dict[str, str]) -> None:
    address = make_link()

    assert registrar.client.get(address, fields).status_code == 403
    assert registrar.client.post(address, fields).status_code == 403
    assert not Session.objects.exists()
    assert not Registration.objects.exists()
