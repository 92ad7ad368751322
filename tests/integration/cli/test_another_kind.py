"""A connector of another package: its module, its line, and everything works."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Literal

import pytest

from huixiang.connectors import kinds
from huixiang.connectors.kinds import GROUP, SourceKind
from huixiang.domain.records.feedback import RawRecord
from huixiang.domain.records.source import Pulled, Source
from huixiang.steps import calls
from tests.workbench import NOON, make_bench

ENTRY = """
  - name: tavern
    kind: paper
    sheet: 7
    channel: store
    fields: {text: {column: words}, occurred_at: {column: at}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSource(Source):
    """Slips of paper on a spike."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the validator

    kind: Literal["paper"] = "paper"
    sheet: int


class Paper:
    """Gives what the sheet says, once."""

    def __init__(self, settings, surroundings):
        self.settings, self.surroundings = settings, surroundings

    def pull(self, cursor):
        if cursor.get("read") == self.settings.sheet:
            return
        secret = self.surroundings.secret("SHOP_DESK_SECRET")
        fields = {
            "words": "炖肉端上来是凉的，等了很久",
            "at": self.surroundings.now().isoformat(),
            "ink": len(secret),
        }
        record = RawRecord(position=f"sheet {self.settings.sheet}", fields=fields)
        yield Pulled(records=(record,), cursor={"read": self.settings.sheet})


KIND = SourceKind(settings=PaperSource, open=Paper)


@pytest.fixture
def installed(monkeypatch):
    """Another package that brings a kind of source."""
    point = EntryPoint(name="paper", value=f"{__name__}:KIND", group=GROUP)
    monkeypatch.setattr(kinds, "entry_points", lambda group: [point])
    kinds.source_kinds.cache_clear()
    yield
    kinds.source_kinds.cache_clear()


@pytest.fixture
def tavern(installed, tmp_path, monkeypatch):
    """The shop with one more source, of that kind."""
    made = make_bench(tmp_path / "shop", f"sqlite:///{tmp_path / 'shop.db'}")
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", made.url)
    path = made.home / "rules" / "sources.yaml"
    path.write_text(path.read_text("utf-8").rstrip() + ENTRY, "utf-8")
    made.app = made.open()
    return made


def test_its_source_is_checked_described_pulled_and_judged(tavern, huixiang):
    assert huixiang("check", "--home", tavern.home).code == 0
    schema = huixiang("rules", "schema").json["sources.yaml"]
    assert "sheet" in schema["$defs"]["PaperSource"]["properties"]

    with tavern.run(NOON, "collect") as context:
        equipment = tavern.app.equipment
        pulled = calls.pull(context, equipment, "tavern")
        again = calls.pull(context, equipment, "tavern")
        judged = calls.validate(context, equipment, "tavern")

    assert (pulled["n_new"], again["n_new"]) == (1, 0)
    assert judged["n_stored"] == 1
    assert tavern.ledger_holds()


def test_its_settings_are_refused_in_the_words_of_all_settings(tavern, huixiang):
    path = tavern.home / "rules" / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace("sheet: 7", "sheat: 7"), "utf-8")

    ended = huixiang("check", "--home", tavern.home)

    assert ended.code == 1
    assert "没有字段 'sheat'；是否想写 'sheet'？" in ended.out


def test_a_package_that_cannot_be_loaded_is_named_before_anything_runs(
    tavern, huixiang, monkeypatch
):
    point = EntryPoint(name="paper", value="no.such.module:KIND", group=GROUP)
    monkeypatch.setattr(kinds, "entry_points", lambda group: [point])
    kinds.source_kinds.cache_clear()

    ended = huixiang("check", "--home", tavern.home)

    assert ended.code == 2
    assert "the entry point 'paper' (huixiang.connectors) cannot be loaded" in ended.err
