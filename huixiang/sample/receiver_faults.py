"""Faults that tests ask the sample's OA to make."""

import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What goes wrong with one message; by default nothing."""

    status: int | None = None
    after_storing: bool = False
    drops_reply: bool = False
    slow_seconds: float = 0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether the message is turned away unread."""
        return self.status is not None and not self.after_storing

    def wait(self) -> None:
        """Be as slow as asked."""
        if self.slow_seconds:
            threading.Event().wait(self.slow_seconds)


class Faults:
    """The faults still to be made, in order, one a message."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[Fault] = []

    def arm(self, request: dict[str, Any]) -> dict[str, int]:
        """Arm `count` faults: {"count": 2, "status": 500} and so on; 0 clears all."""
        fields = dict(request)
        count = int(fields.pop("count", 1))
        fault = Fault(**fields)
        with self._lock:
            self._armed = self._armed + [fault] * count if count else []
            return {"armed": len(self._armed)}

    def take(self) -> Fault:
        """Return what goes wrong with the next message."""
        with self._lock:
            return self._armed.pop(0) if self._armed else Fault()
