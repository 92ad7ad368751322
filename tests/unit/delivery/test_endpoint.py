"""An endpoint is complete before anything is sent, and never shows its credentials."""

import base64

import pytest

from huixiang.delivery.endpoint import resolve_endpoint
from huixiang.delivery.platforms.webhook import GenericWebhook, WebhookEndpoint
from huixiang.errors import ConfigurationError

SECRET = "whsec_" + base64.b64encode(bytes(range(24))).decode()
NEW_SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def resolved(url="https://oa.example/hook/${KEY}?k=1", variables=None, **changes):
    endpoint = WebhookEndpoint(name="oa", url=url, secret="OA_SECRET", **changes)
    known = {"KEY": "topsecretkey", "OA_SECRET": SECRET}
    known = known if variables is None else variables
    return resolve_endpoint(endpoint, GenericWebhook(), known)


def test_variables_are_filled_in():
    endpoint = resolved()
    assert endpoint.url == "https://oa.example/hook/topsecretkey?k=1"
    assert (endpoint.host, endpoint.port) == ("oa.example", 443)
    assert endpoint.secrets == (SECRET,)


def test_neither_url_nor_secret_shows_in_its_text():
    assert "topsecretkey" not in repr(resolved())
    assert SECRET not in repr(resolved())


def test_two_secrets_are_read_while_they_are_rotated():
    both = {"KEY": "k", "OA_SECRET": f"{NEW_SECRET} {SECRET}\n"}
    assert resolved(variables=both).secrets == (NEW_SECRET, SECRET)


@pytest.mark.parametrize(
    "variables",
    [{"KEY": "k"}, {"OA_SECRET": SECRET}, {"KEY": " ", "OA_SECRET": SECRET}],
)
def test_a_missing_variable_is_named(variables):
    missing = "OA_SECRET" if "OA_SECRET" not in variables else "KEY"
    with pytest.raises(ConfigurationError, match=f"endpoint oa: {missing} is not set"):
        resolved(variables=variables)


def test_a_bad_secret_names_its_variable_and_does_not_show():
    with pytest.raises(ConfigurationError, match="OA_SECRET") as error:
        resolved(variables={"KEY": "k", "OA_SECRET": "hunter2hunter2"})
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "oa.example/x",
        "ftp://oa.example/",
        "https://",
        "https://oa:99999/",
        "https://oa:0/",
    ],
)
def test_an_url_that_cannot_be_called_is_refused(url):
    with pytest.raises(ConfigurationError, match="not an http"):
        resolved(url=url)


def test_plain_http_needs_named_networks():
    with pytest.raises(ConfigurationError, match="use https"):
        resolved(url="http://oa.example/")
    assert resolved(url="http://oa.example/", networks=("10.0.0.0/8",)).port == 80


def test_a_network_that_is_none_is_refused():
    with pytest.raises(ConfigurationError, match="is not a network"):
        resolved(networks=("10.0.0.1/8",))


def test_a_missing_ca_file_is_named():
    with pytest.raises(ConfigurationError, match="does not exist"):
        resolved(ca_file="/nowhere/ca.pem")
