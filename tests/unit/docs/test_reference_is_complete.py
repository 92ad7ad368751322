"""Whatever the code knows by name stands in the reference, in both languages."""

import dataclasses
import enum
import re

import click
import pytest
from pydantic_core import PydanticUndefined

from huixiang.alerts.decision import HoldReason, ParkReason
from huixiang.cli.main import root
from huixiang.configuration.shapes import REQUIRED, SHAPES
from huixiang.connectors.file.settings import FileSource
from huixiang.delivery.status import ReportedStatus
from huixiang.domain.acts import act, decision
from huixiang.domain.coding import codeframe, coding_reason, review
from huixiang.domain.coding.training import PromotionReason
from huixiang.domain.items import action, outbox, route
from huixiang.domain.items.alert import CriticalRule, RateRule
from huixiang.domain.proof import verdict
from huixiang.domain.proof.assurance import Advice
from huixiang.domain.records import feedback, record, violation
from huixiang.domain.records.source import FieldMap, FieldRule
from huixiang.settings import Settings, prefect_defaults
from huixiang.store.queries.proof.ledgers import Ledgers
from huixiang.store.tables import base as tables
from huixiang.store.tables.words import Words, register
from huixiang.wording.terms import LEDGER_TERMS
from tests.unit.docs.pages import DOCS, LANGUAGES, codes, leaves, prose

pytestmark = pytest.mark.parametrize("language", LANGUAGES, ids=["en", "zh-CN"])

COMMANDS = list(leaves(root))
SETTINGS = list(Settings.model_fields.items())
ENUMS = [
    act.ActDoor,
    act.ActOutcome,
    act.ActReason,
    act.ActorKind,
    act.ChainFault,
    act.TargetKind,
    decision.ActVerb,
    HoldReason,
    ParkReason,
    ReportedStatus,
    violation.Severity,
    violation.ViolationCode,
    record.DuplicateKind,
    feedback.NotCodable,
    coding_reason.NoIssueReason,
    review.QueueReason,
    verdict.InconclusiveReason,
    verdict.LevelRecovered,
    verdict.Metric,
    verdict.NoteCode,
    Advice,
    verdict.Sustained,
    *tables.ENUMS,
]
RULES = [
    FileSource,
    FieldMap,
    FieldRule,
    codeframe.Theme,
    route.Department,
    route.RoutingRule,
    route.Condition,
    route.RoutingCase,
    route.RuleExpectation,
    RateRule,
    CriticalRule,
    route.Playbook,
    outbox.Endpoint,
    *SHAPES.values(),
]


def read(page, language):
    return (DOCS / f"{page}{language}.md").read_text(encoding="utf-8")


def section(text, title):
    """Return what stands between a heading and the next of its level or above."""
    level = re.search(rf"^(#+) +{re.escape(title)}", text, re.MULTILINE)[1]
    after = text.split(f"{level} {title}", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=str)
def test_every_command_has_its_section_with_all_options(path, command, language):
    text = read("reference/commands", language)
    usage = next(line for line in text.splitlines() if line.startswith(f"### `{path}"))
    mine, common = section(text, usage[4:]), section(text, _common(language))
    for each in command.params:
        if isinstance(each, click.Argument):
            assert (each.metavar or each.name).upper() in usage
        else:
            assert any(option in mine or option in common for option in each.opts)


def _common(language):
    return "公共选项" if language else "Options most commands have"


def test_no_command_is_described_that_does_not_exist(language):
    text = read("reference/commands", language)
    described = re.findall(r"^### `(huixiang(?: [a-z][a-z-]*)*)", text, re.MULTILINE)
    assert sorted(described) == sorted(path for path, _ in leaves(root))


@pytest.mark.parametrize(("name", "field"), SETTINGS, ids=str)
def test_every_setting_stands_with_its_default(name, field, language):
    text = read("reference/settings", language)
    row = next(
        r for r in text.splitlines() if r.startswith(f"| `HUIXIANG_{name.upper()}`")
    )
    default = getattr(field.default, "get_secret_value", lambda: field.default)()
    assert default is not PydanticUndefined
    if str(default) not in {"", "."}:
        assert str(default) in row.split("|")[2]


def test_no_setting_is_described_that_does_not_exist(language):
    text = read("reference/settings", language)
    described = re.findall(r"^\| `HUIXIANG_(\w+)`", text, re.MULTILINE)
    assert [each.lower() for each in described] == list(Settings.model_fields)


def test_every_default_for_prefect_stands(language):
    text = read("reference/settings", language)
    for name, value in prefect_defaults(Settings()).items():
        row = next(r for r in text.splitlines() if r.startswith(f"| `{name}`"))
        assert name == "PREFECT_HOME" or f"`{value}`" in row


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_code_stands_on_the_page_of_codes(kind: type[enum.StrEnum], language):
    missing = {each.value for each in kind} - codes(
        read("reference/events-and-states", language)
    )
    assert missing == set()


def test_every_reason_to_put_a_model_to_use_or_not_stands(language):
    assert {each.value for each in PromotionReason} <= codes(
        read("reference/events-and-states", language)
    )


def test_the_moves_of_an_action_item_are_those_of_the_code(language):
    text = read("reference/events-and-states", language)
    table = section(text, "允许的变动" if language else "Allowed moves")
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| `")]
    shown = {
        codes(before).pop(): codes(after) for before, after in rows if codes(before)
    }
    assert shown == {
        before.value: {after.value for after in allowed}
        for before, allowed in action.MOVES.items()
    }


class EmptyLedgers(Ledgers):
    """The equations of a database in which everything is counted zero times."""

    def __init__(self):
        super().__init__(None)

    def _by(self, statement):
        return {"survey": 0}

    def _one(self, statement):
        return 0


def equations():
    return EmptyLedgers().read().equations


@pytest.mark.parametrize("page", ["reference/events-and-states", "explanation/ledger"])
def test_every_equation_stands_with_all_its_terms(page, language):
    rows = [row for row in read(page, language).splitlines() if row.startswith("| `")]
    for each in equations():
        terms = {name for name, _ in (*each.left, *each.right)}
        found = [row for row in rows if row.startswith(f"| `{each.name}`")]
        assert any(terms <= codes(row) for row in found), each.name


def test_every_term_of_the_ledger_has_words_in_both_languages(language):
    terms = {name for each in equations() for name, _ in (*each.left, *each.right)}
    plain = {name.replace("_", " ") for name in terms}
    assert {t for t in plain if not LEDGER_TERMS[t].get(language[1:] or "en")} == set()


def test_every_rules_file_stands_and_says_whether_it_is_required(language):
    text = read("reference/rules", language)
    required = "必需" if language else "required"
    for file in SHAPES:
        row = next(r for r in text.splitlines() if r.startswith(f"| `{file}`"))
        assert (required in row) is (file in REQUIRED)


@pytest.mark.parametrize("shape", RULES, ids=lambda shape: shape.__name__)
def test_every_field_of_the_rules_files_stands(shape, language):
    # The Chinese page leaves the tables of fields to the English one, and says so.
    text = read("reference/rules", "")
    fields = {field.name for field in dataclasses.fields(shape)}
    assert fields - codes(text) == set()
    assert language == "" or "](rules.md)" in read("reference/rules", language)


def test_every_table_of_the_database_stands(language):
    text = prose(read("reference/tables", language))
    names = {table.name for table in tables.Base.metadata.sorted_tables}
    assert names - codes(text) == set()


def test_the_page_of_tables_says_where_words_live(language):
    rows = read("reference/tables", language).splitlines()
    written = {
        (table, form, column)
        for row in rows
        if row.startswith("| `")
        for table in codes(row.split("|")[1])
        for form, columns in re.findall(r"(\w+): ([^;|]+)", row.split("|")[3])
        for column in codes(columns)
    }
    known = {
        (table, words.value, column)
        for table, column, words in register(tables.Base.metadata)
        if words not in (None, Words.NONE)
    }
    assert written == known
