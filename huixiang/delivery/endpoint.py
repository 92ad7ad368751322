"""An endpoint as it is really called: with its URL filled in and its secrets."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from huixiang.delivery.platform import Platform
from huixiang.domain.items.outbox import Endpoint
from huixiang.errors import ConfigurationError

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PORTS = {"http": 80, "https": 443}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolvedEndpoint:
    """An endpoint with its real URL and secrets, neither of which it ever shows."""

    endpoint: Endpoint
    platform: Platform[Any]
    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The endpoint's name, the only part of it that may be logged."""
        return self.endpoint.name

    @property
    def host(self) -> str:
        """The host of the URL."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port of the URL."""
        parts = urlsplit(self.url)
        return parts.port if parts.port is not None else _PORTS[parts.scheme]

    @property
    def networks(self) -> tuple[Network, ...]:
        """The only addresses the host may resolve to; empty: public ones."""
        return tuple(map(ipaddress.ip_network, self.endpoint.networks))

    @property
    def per_minute(self) -> int:
        """How many messages may go in a minute: the rules', or the platform's limit."""
        limit = self.platform.limits.per_minute
        return min(self.endpoint.per_minute, limit or self.endpoint.per_minute)


def resolve_endpoint(
    endpoint: Endpoint, platform: Platform[Any], variables: Mapping[str, str]
) -> ResolvedEndpoint:
    """Fill in ${NAME} and the secrets from *variables*, or say which one is missing.

    While a secret is rotated its variable holds both, separated by a blank.
    """
    url = _VARIABLE.sub(lambda m: _value(endpoint, m[1], variables), endpoint.url)
    secrets = _secrets(endpoint, variables)
    for secret in secrets:
        _check_secret(endpoint, platform, secret)
    _check_networks(endpoint)
    _check_url(endpoint, url)
    _check_ca_file(endpoint)
    return ResolvedEndpoint(
        endpoint=endpoint, platform=platform, url=url, secrets=secrets
    )


def _secrets(endpoint: Endpoint, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return the secrets in use; none where the platform's URL is the credential."""
    if not endpoint.secret:
        return ()
    return tuple(_value(endpoint, endpoint.secret, variables).split())


def _value(endpoint: Endpoint, name: str, variables: Mapping[str, str]) -> str:
    value = variables.get(name, "").strip()
    if not value:
        raise ConfigurationError(
            f"endpoint {endpoint.name}: {name} is not set; set it in the environment or .env"
        )
    return value


def _check_secret(endpoint: Endpoint, platform: Platform[Any], secret: str) -> None:
    try:
        platform.check_secret(secret)
    except ConfigurationError as error:
        raise ConfigurationError(
            f"endpoint {endpoint.name}: {endpoint.secret}: {error}"
        ) from None  # the cause could show the secret


def _check_networks(endpoint: Endpoint) -> None:
    for network in endpoint.networks:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise ConfigurationError(
                f"endpoint {endpoint.name}: networks: {network!r} is not a network; "
                "write it like 10.1.2.0/24"
            ) from error


def _check_url(endpoint: Endpoint, url: str) -> None:
    parts = _split(url)
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigurationError(
            f"endpoint {endpoint.name}: url is not an http(s) URL once its variables "
            "are filled in"
        )
    if parts.scheme == "http" and not endpoint.networks:
        raise ConfigurationError(
            f"endpoint {endpoint.name}: http is only for addresses named in networks; "
            "use https, or name the network"
        )


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 else parts


def _check_ca_file(endpoint: Endpoint) -> None:
    if endpoint.ca_file is not None and not Path(endpoint.ca_file).is_file():
        raise ConfigurationError(
            f"endpoint {endpoint.name}: ca_file {endpoint.ca_file} does not exist"
        )
