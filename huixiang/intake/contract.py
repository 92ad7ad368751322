"""Great Expectations, fenced in: which expectations does each draft break?"""

import json
import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from huixiang.domain.records.violation import Severity, Violation
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError, ValidationCrashed
from huixiang.intake.columns import columns_of
from huixiang.intake.normalise import RecordDraft

_META = ("rule", "message_zh", "message_en")
_COLUMN_ARGUMENTS = ("column", "column_A", "column_list")
_RESULT_FORMAT = {"result_format": "COMPLETE", "exclude_unexpected_values": True}


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One suite of expectations from `expectations/`."""

    name: str
    suite: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> "Contract":
        """Read a suite and check what can be checked without running it."""
        suite = _read(path)
        expectations = suite.get("expectations")
        if not isinstance(expectations, list) or not expectations:
            raise ConfigurationError(f"{path}: needs a list 'expectations'")
        rules = [
            _check_expectation(path, number, each)
            for number, each in enumerate(expectations, start=1)
        ]
        twice = sorted({rule for rule in rules if rules.count(rule) > 1})
        if twice:
            raise ConfigurationError(f"{path}: rules used twice: {', '.join(twice)}")
        return cls(name=str(suite.get("name") or path.stem), suite=suite)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules, in order."""
        return tuple(each["meta"]["rule"] for each in self.suite["expectations"])

    def check(self, drafts: Sequence[RecordDraft]) -> list[tuple[Violation, ...]]:
        """Return for each draft, by its position, what it breaks."""
        if not drafts:
            return []
        frame = _frame(drafts)
        batch = f"{drafts[0].source}, {drafts[0].position} and {len(drafts) - 1} more"
        results = self._validate(frame, batch)
        broken: list[list[Violation]] = [[] for _ in drafts]
        for number, violation in enumerate(self._violations):
            for position in self._positions(results, number, batch):
                broken[position].append(violation)
        return [tuple(each) for each in broken]

    @cached_property
    def _violations(self) -> tuple[Violation, ...]:
        return tuple(_violation(each) for each in self.suite["expectations"])

    @cached_property
    def _compiled(self) -> Any:
        """The suite for Great Expectations; `meta` gets the place in our list."""
        gx = _great_expectations()
        numbered = [
            {
                **each,
                "severity": each.get("severity", "critical"),
                "meta": {**each["meta"], "number": number},
            }
            for number, each in enumerate(self.suite["expectations"])
        ]
        suite = gx.ExpectationSuite(name=self.name, expectations=numbered)
        # It logs what it cannot build and goes on without: a rule would be gone.
        built = {each.meta["number"] for each in suite.expectations}
        refused = [r for n, r in enumerate(self.rules) if n not in built]
        if refused:
            raise ConfigurationError(
                f"expectations/{self.name}.json: Great Expectations does not know or "
                f"accept {', '.join(refused)}: check type and kwargs"
            )
        return suite

    @cached_property
    def _whole(self) -> Any:
        """What makes a batch of a frame; one context serves all batches."""
        context = _great_expectations().get_context(mode="ephemeral")
        context.enable_analytics(enable=False)
        context.variables.progress_bars = {"globally": False}
        asset = context.data_sources.add_pandas("drafts").add_dataframe_asset("batch")
        return asset.add_batch_definition_whole_dataframe("all")

    def _validate(self, frame: Any, batch: str) -> Mapping[int, Any]:
        suite, whole = self._compiled, self._whole
        try:
            outcome = whole.get_batch({"dataframe": frame}).validate(
                suite, result_format=_RESULT_FORMAT
            )
        except Exception as error:
            raise ValidationCrashed(
                f"suite {self.name!r} on {batch}: {error}"
            ) from error
        return {
            each.expectation_config.meta["number"]: each for each in outcome.results
        }

    def _positions(
        self, results: Mapping[int, Any], number: int, batch: str
    ) -> Sequence[int]:
        """Return which rows break one rule; a rule that crashed passes nobody."""
        result = results.get(number)
        positions = (
            None if result is None else result.result.get("unexpected_index_list")
        )
        if positions is None:
            rule = self._violations[number].rule
            reason = "it gave no result" if result is None else _crash(result)
            raise ValidationCrashed(
                f"suite {self.name!r}, rule {rule!r} on {batch}: {reason}; "
                "nothing of this batch was judged. Correct the rule and run again"
            )
        return [int(each) for each in positions]


def _read(path: Path) -> dict[str, Any]:
    try:
        suite = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error.strerror}); a source names this suite"
        ) from error
    except ValueError as error:
        raise ConfigurationError(f"{path}: not JSON: {error}") from error
    if not isinstance(suite, dict):
        raise ConfigurationError(f"{path}: must be an object with 'expectations'")
    return suite


def _check_expectation(path: Path, number: int, each: Any) -> str:
    """Return the rule's name; raise ConfigurationError for what is missing."""
    where = f"{path}: expectation {number}"
    if not isinstance(each, dict) or not str(each.get("type", "")).startswith(
        "expect_column"
    ):
        raise ConfigurationError(
            f"{where}: 'type' must be an expectation about rows (expect_column_…)"
        )
    meta = each.get("meta")
    missing = [key for key in _META if not (isinstance(meta, dict) and meta.get(key))]
    if missing:
        raise ConfigurationError(f"{where}: 'meta' lacks {', '.join(missing)}")
    if each.get("severity", "critical") not in set(Severity):
        raise ConfigurationError(
            f"{where}: 'severity' must be critical, warning or info"
        )
    return str(each["meta"]["rule"])


def _violation(each: Mapping[str, Any]) -> Violation:
    kwargs = each.get("kwargs", {})
    column = next((kwargs[key] for key in _COLUMN_ARGUMENTS if key in kwargs), "")
    meta = each["meta"]
    return Violation(
        rule=meta["rule"],
        severity=Severity(each.get("severity", "critical")),
        column=column if isinstance(column, str) else ", ".join(column),
        message=Bilingual(zh=meta["message_zh"], en=meta["message_en"]),
    )


def _crash(result: Any) -> str:
    """Return the first message inside Great Expectations' exception_info."""
    info = result.exception_info or {}
    entries = [info, *(each for each in info.values() if isinstance(each, dict))]
    messages = (each.get("exception_message") for each in entries)
    return next((str(each) for each in messages if each), "it does not judge rows")


def _frame(drafts: Sequence[RecordDraft]) -> Any:
    import pandas as pd

    columns = columns_of(drafts)
    return pd.DataFrame(
        {
            name: pd.Series(column.values, dtype=column.dtype)
            for name, column in columns.items()
        }
    )


def _great_expectations() -> Any:
    """Import Great Expectations; its import warns of names Python retired."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore",
            message="module 'sre_.*' is deprecated",
            category=DeprecationWarning,
        )
        import great_expectations as gx
    # It tells of every temporary folder it makes, wherever the root logger listens.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(
        logging.WARNING
    )
    return gx
