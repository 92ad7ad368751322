"""What a record broke of what is expected of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.domain.reason import Fact
from huixiang.domain.text import Bilingual


class Severity(enum.StrEnum):
    """How bad a violation of an expectation is."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class ViolationCode(enum.StrEnum):
    """What kind of violation it is; `huixiang.wording.records` says it in words."""

    EXPECTATION = "expectation"  # of a suite, whose author wrote the message
    UNREADABLE = "unreadable"  # facts: detail
    NO_TIME = "no_time"


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One expectation a record broke; `rule` is its name.

    `message` is what the author of the suite wrote about it, None where the
    expectation is our own.
    """

    rule: str
    severity: Severity
    column: str
    code: ViolationCode = ViolationCode.EXPECTATION
    facts: Mapping[str, Fact] = field(default_factory=dict)
    message: Bilingual | None = None
