"""What the composition root has built for the steps of a run."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from huixiang.alerts.compile import ReadyAlerts
from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.domain.items.outbox import DeliveryAttempt, OutboxMessage
from huixiang.domain.records.source import Connector
from huixiang.intake.contract import Contract
from huixiang.routing.compile import Router
from huixiang.steps.coding.second_opinion import Adviser
from huixiang.understanding.coding.coder import Coder

Facts = dict[str, Any]
"""What a step has to say for itself: plain JSON values, for people and run records.

Nothing is decided by them; what a step works with is typed.
"""


class Equipment(Protocol):
    """What steps work with; made for one rulebook."""

    @property
    def coder(self) -> Coder:
        """The coder in use."""
        ...

    @property
    def adviser(self) -> Adviser | None:
        """The language model that may be asked, if any."""
        ...

    @property
    def coding_alarms(self) -> Sequence[str]:
        """Why a model that is configured is not used, for the people who run the loop."""
        ...

    @property
    def router(self) -> Router:
        """The routing rules, compiled."""
        ...

    @property
    def alerts(self) -> ReadyAlerts:
        """The alert rules, compiled."""
        ...

    def connector(self, source: str) -> Connector:
        """Return what reads a source."""
        ...

    def contract(self, source: str) -> Contract:
        """Return the expectations of a source."""
        ...

    def endpoints(self) -> tuple[Mapping[str, ResolvedEndpoint], Mapping[str, str]]:
        """Return the endpoints that can be called, and why the others cannot."""
        ...

    def send(
        self, message: OutboxMessage, endpoint: ResolvedEndpoint
    ) -> DeliveryAttempt:
        """Send one message."""
        ...
