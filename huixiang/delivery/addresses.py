"""Which addresses may be called: judged after the name is resolved, then pinned."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

from huixiang.delivery.endpoint import Network
from huixiang.domain.items.outbox import AttemptReason

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Sequence[str]]
"""Resolves a host and port to addresses; raises OSError where it cannot."""

# RFC 6052: an IPv4 address in the last four bytes, reached through a translator.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressRefused(Exception):
    """The host resolves to nothing that may be called."""

    def __init__(self, reason: AttemptReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotResolved(Exception):
    """The host's name could not be resolved (in time)."""

    def __init__(self, reason: AttemptReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def look_up(host: str, port: int) -> list[str]:
    """Resolve with the system's resolver."""
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in infos]


def resolve(host: str, port: int, lookup: Lookup, seconds: float) -> list[str]:
    """Resolve *host* once, giving up after *seconds* (the system's call cannot)."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(lookup(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="huixiang-dns").start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise NotResolved(AttemptReason.HOST_NOT_RESOLVED_IN_TIME) from None
    if isinstance(answer, Exception):
        raise NotResolved(AttemptReason.HOST_UNKNOWN) from answer
    return list(dict.fromkeys(answer))


def allowed_addresses(
    resolved: Sequence[str], networks: Sequence[Network]
) -> list[Address]:
    """Return the addresses that may be called, or raise AddressRefused."""
    addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in resolved]
    allowed = [each for each in addresses if is_allowed(each, networks)]
    if not allowed:
        raise AddressRefused(
            AttemptReason.ADDRESS_OUTSIDE_NETWORKS
            if networks
            else AttemptReason.ADDRESS_NOT_PUBLIC
        )
    return allowed


def is_allowed(address: Address, networks: Sequence[Network]) -> bool:
    """Say whether *address*, whatever it is wrapped in, may be called."""
    inner = _unwrap(address)
    if networks:
        return any(inner in network for network in networks)
    # Python calls multicast and the retired site-local range global.
    special = inner.is_multicast or getattr(inner, "is_site_local", False)
    return inner.is_global and not special


def _unwrap(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
