"""The rules of a run: those on disk, in need the last good ones, the same throughout."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from huixiang.configuration.rulebook import Rulebook
from huixiang.configuration.versions import FILE as FRAME_FILE
from huixiang.configuration.versions import frame_content, frame_hash
from huixiang.errors import ConfigurationError
from huixiang.steps.rules import parse_rules
from huixiang.store.engine import Store
from huixiang.wording.warnings import last_good_rules


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRules:
    """The rules a run uses, and why they are not those on disk, if they are not."""

    rulebook: Rulebook
    alarms: tuple[str, ...] = ()


def rules_to_use(store: Store, name: str, read: Callable[[], Rulebook]) -> RunRules:
    """Return the rules that *read* gives; where they are broken the last good ones.

    Raise ConfigurationError where there never were good ones.
    """
    try:
        return RunRules(rulebook=_same_version(store, read()))
    except ConfigurationError as error:
        with store.reading() as uow:
            texts = uow.rulebooks.newest()
        good = None if texts is None else _parsed(texts, name)
        if good is None:
            raise
        alarm = last_good_rules(good.hash[:12], error)
        return RunRules(rulebook=good, alarms=(alarm,))


def rules_begun_with(store: Store, name: str, rulebook_hash: str) -> Rulebook | None:
    """Return the rules that a run began with, whatever is on disk by now."""
    with store.reading() as uow:
        texts = uow.rulebooks.get(rulebook_hash)
    return None if texts is None else _parsed(texts, name)


def texts_of(rulebook: Rulebook) -> Mapping[str, str]:
    """Return the text of each rules file by its name."""
    return {name: text.decode("utf-8") for name, text in rulebook.texts.items()}


def _parsed(texts: Mapping[str, str], name: str) -> Rulebook | None:
    files = {file: text.encode("utf-8") for file, text in texts.items()}
    return parse_rules(files, name=name).rulebook


def _same_version(store: Store, rulebook: Rulebook) -> Rulebook:
    """Refuse a codeframe that changed under the version codings were made with."""
    frame = rulebook.codeframe
    content = frame_content(rulebook.texts[FRAME_FILE])
    with store.reading() as uow:
        known = uow.codeframes.hash_of(frame.version)
    if known not in (None, frame_hash(content)):
        raise ConfigurationError(
            f"codeframe.yaml has changed but is still called version "
            f"{frame.version!r}; give it a new version (see huixiang check)"
        )
    return rulebook
