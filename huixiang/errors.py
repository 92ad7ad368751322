"""The one tree of errors; every message says where and what to do next.

HuixiangError
├── ConfigurationError      a rules file, setting or secret is wrong (exit 2)
├── SourceError             a source could not be read; never the same as "empty"
│   └── UndecodableFile     its bytes are not what the configuration says
├── ValidationCrashed       an expectation could not be evaluated on a batch
├── ModelRefused            a model file does not match its hash or codeframe
├── LanguageModelSilent     a language model gave no usable answer in time
├── IllegalMove             a state may not follow another
├── NotFound                no such feedback, item, message …
├── ActRefused              what somebody decided cannot be done (any more)
├── Busy                    another run holds the lease
├── StoreUnavailable        the database would not take or give something
├── SignatureRefused        an inbound call was not signed by who it says
│   └── SignatureMalformed  its signature headers cannot even be read
└── RunFoundProblems        a run did its work, but a source failed or the ledger
                            does not add up (exit 1)
"""

from collections.abc import Mapping, Sequence
from typing import Any


class HuixiangError(Exception):
    """Base of every error this package raises on purpose.

    `code` and `about` say the same as the message, for where it is kept: a message may
    repeat what somebody wrote, they never do.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        about: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.about = dict(about or {})


class ConfigurationError(HuixiangError):
    """A rules file, a setting or a secret is missing or wrong."""


class SourceError(HuixiangError):
    """A source could not be read."""


class UndecodableFile(SourceError):
    """A file's bytes are not in the encoding or format it should have."""


class ValidationCrashed(HuixiangError):
    """An expectation could not be evaluated, so nothing of its batch may pass."""


class ModelRefused(HuixiangError):
    """A model file is damaged, foreign or made for another codeframe."""


class LanguageModelSilent(HuixiangError):
    """A language model gave no usable answer in time."""


class IllegalMove(HuixiangError):
    """A state may not follow another."""

    def __init__(self, what: str, before: str, after: str) -> None:
        super().__init__(
            f"{what} cannot move from {before!r} to {after!r}",
            code="illegal_move",
            about={"before": before, "after": after},
        )


class NotFound(HuixiangError):
    """Nothing is stored under that id."""


class ActRefused(HuixiangError):
    """What somebody decided cannot be done, or not any more."""


class Busy(HuixiangError):
    """Another run holds the lease; try again when it has ended."""


class StoreUnavailable(HuixiangError):
    """The database is locked, full, gone or damaged; nothing was half written."""


class SignatureRefused(HuixiangError):
    """An inbound call is forged, altered, too old or from the future."""


class SignatureMalformed(SignatureRefused):
    """The signature headers of an inbound call are missing or not readable."""


class RunFoundProblems(HuixiangError):
    """A run did its work, but somebody has to look at what it met."""

    def __init__(
        self, problems: Sequence[str], facts: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)
        self.facts = dict(facts or {})
