"""Every code has words in both languages, and no two codes have the same."""

import enum
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Mapping

import pytest

from huixiang.domain.text import Bilingual
from tests.unit.wording.exempt import NOBODY_READS

ROOMS = (
    "alerts", "configuration", "connectors", "console", "delivery", "domain", "intake",
    "routing", "understanding", "verification",
)  # fmt: skip


def _modules(*rooms):
    for room in rooms:
        package = importlib.import_module(f"huixiang.{room}")
        yield package
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(each.name)


def _name(code):
    return f"{code.__module__}.{code.__qualname__}"


def _codes():
    return {
        _name(value): value
        for module in _modules(*ROOMS)
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, enum.StrEnum)
        and value.__module__.startswith("huixiang.")
    }


CODES = _codes()


def _tables():
    """Return the tables of `wording/` by the code that they speak of."""
    tables = defaultdict(dict)
    for module in _modules("wording"):
        for name, value in vars(module).items():
            if isinstance(value, Mapping) and value:
                kinds = {type(key) for key in value}
                if len(kinds) == 1 and (code := _name(kinds.pop())) in CODES:
                    tables[code][f"{module.__name__}.{name}"] = value
    return tables


TABLES = _tables()


def _words(value):
    """Return Chinese and English words of an entry; sentences may have gaps."""
    if isinstance(value, Bilingual):
        return value.zh, value.en
    if isinstance(value, Mapping):
        return value["zh-CN"], value["en"]
    return value if isinstance(value, tuple) else None


SPOKEN = sorted(set(CODES) - set(NOBODY_READS))


@pytest.mark.parametrize("name", SPOKEN)
def test_every_code_has_words(name):
    known = {code for table in TABLES[name].values() for code in table}
    assert known == set(CODES[name]), "write them in wording/, or say why not"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_two_codes_have_the_same_words(name):
    for where, table in TABLES[name].items():
        said = [words for each in table.values() if (words := _words(each))]
        for language in zip(*said, strict=True):
            assert all(language), where
            assert len(set(language)) == len(language), where


def test_the_list_of_codes_without_words_is_true():
    assert set(NOBODY_READS) <= set(CODES)
    assert {name for name in NOBODY_READS if name in TABLES} == set()
