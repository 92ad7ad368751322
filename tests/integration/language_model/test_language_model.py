"""The optional language model, asked over real HTTP: measured first, cached, budgeted."""

import csv
import json
import shutil

import pytest
import sqlalchemy as sa

from huixiang.app import open_app
from huixiang.domain.coding.codeframe import CoderKind
from huixiang.errors import LanguageModelSilent, RunFoundProblems
from huixiang.steps.table import call_directly
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.language import LanguageCallRow
from huixiang.store.tables.records import FeedbackRow
from huixiang.understanding.language.server import LanguageServer
from tests.shop import AS_OF, HEADER, SHOP
from tests.small_language_model import serve

UNSEEN = {
    "n1": "杯子摸着是冰的",  # only the language model knows it is about coffee
    "n2": "站着干等四十分钟",
    "n3": "今天下雨",
    "n4": "店员热情又耐心，笑脸迎人",  # the rules know the staff
}


@pytest.fixture
def model():
    with serve() as served:
        yield served


@pytest.fixture
def home(tmp_path, monkeypatch, model):
    """The shop, with a language model set and four new feedbacks in the inbox."""
    home = tmp_path / "shop"
    for name in ("rules", "expectations"):
        shutil.copytree(SHOP / name, home / name)
    (home / "inbox").mkdir()
    with (home / "inbox" / "new.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [
            [number, words, "2026-03-10 10:00", "", "counter", "南门店", ""]
            for number, words in UNSEEN.items()
        ]
        csv.writer(file).writerows([HEADER, *rows])
    monkeypatch.setenv("HUIXIANG_LANGUAGE_MODEL_URL", model.url)
    monkeypatch.setenv("HUIXIANG_LANGUAGE_MODEL_NAME", "small")
    monkeypatch.setenv("HUIXIANG_LANGUAGE_MODEL_KEY", "secret-key")
    return home


@pytest.fixture
def labels(tmp_path):
    """Sixty labelled sentences that the model never saw; it errs in three of them."""
    path = tmp_path / "labels.jsonl"
    cold = {"theme": "coffee.cold", "polarity": "negative"}
    rows = [
        {"text": f"第{number}杯又是凉的，电话13800138000", "mentions": [cold]}
        for number in range(57)
    ]
    rows += [{"text": f"天凉好个秋{number}", "mentions": []} for number in range(3)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def measure(home, labels, run_command):
    ended = run_command("language-model", "evaluate", labels, "--home", home, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


@pytest.fixture
def run_command(monkeypatch, capsys):
    from huixiang.cli import main

    class Ended:
        def __init__(self, code, printed):
            self.code, self.out, self.err = code, printed.out, printed.err

    def run(*words):
        monkeypatch.setattr("sys.argv", ["huixiang", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Ended(int(ended.value.code or 0), capsys.readouterr())

    return run


def understand(home):
    """Collect and understand once; return the facts of the batch and the codings."""
    app = open_app(home)
    app.prepare()
    with app.running("understand", AS_OF, call_directly) as run:
        for source in run.sources:
            run.step("pull", source)
            run.until_done("validate", source)
        run.step("classify")
        if run.alarms:
            run.facts["problems"] = []
    return run.facts["classify"], codings(app)


def codings(app):
    with app.store._engine.connect() as connection:
        rows = connection.execute(
            sa.select(
                FeedbackRow.source_record_id,
                CodingRow.theme,
                CodingRow.coder_id,
                CodingRow.confidence,
                CodingRow.evidence,
                CodingRow.reasons,
            ).join(CodingRow, CodingRow.feedback_id == FeedbackRow.feedback_id)
        )
        return {(row.source_record_id, row.theme): row for row in rows}


def calls(home):
    app = open_app(home)
    with app.store._engine.connect() as connection:
        return connection.execute(sa.select(LanguageCallRow)).all()


def test_without_held_out_figures_it_is_not_asked_and_the_run_says_so(home, model):
    with pytest.raises(RunFoundProblems, match="language-model evaluate"):
        understand(home)
    assert model.asked == []


def test_its_figures_on_unseen_labels_are_kept_and_earn_its_trust(
    home, labels, run_command, model
):
    figures = measure(home, labels, run_command)
    assert figures["n_answered"] == 60
    assert figures["mentions"]["theme_micro_f1"] == pytest.approx(114 / 117)
    # The lower end of the Wilson interval for 57 of 60.
    assert figures["trust"]["by_theme"]["coffee.cold"] == pytest.approx(0.863, abs=1e-3)
    assert all("13800138000" not in json.dumps(each) for each in model.asked)
    assert {each["authorization"] for each in model.asked} == {"Bearer secret-key"}


def test_measured_it_codes_what_nobody_else_understood(
    home, labels, run_command, model
):
    measure(home, labels, run_command)
    model.asked.clear()
    classified, found = understand(home)
    asked = {each["messages"][1]["content"] for each in model.asked}
    assert asked == {UNSEEN["n1"], UNSEEN["n2"], UNSEEN["n3"]}, "the sure are not asked"
    cold = found["n1", "coffee.cold"]
    assert (cold.evidence, cold.coder_id) == ("冰的", "language_model:small")
    assert cold.confidence == pytest.approx(0.863, abs=1e-3)
    assert ("n2", "queue") in found
    assert not [number for number, _ in found if number == "n3"]
    assert classified["n_unheard"] == 0


def test_what_it_was_asked_once_is_never_asked_again(home, labels, run_command, model):
    measure(home, labels, run_command)
    understand(home)
    model.asked.clear()
    app = open_app(home)
    with app.store._engine.begin() as connection:
        connection.execute(sa.delete(CodingRow))
        connection.execute(sa.update(FeedbackRow).values(coding_state="waiting"))
    _, found = understand(home)
    assert model.asked == []
    assert ("n1", "coffee.cold") in found


def test_a_run_asks_no_more_than_its_budget(
    home, labels, run_command, model, monkeypatch
):
    measure(home, labels, run_command)
    model.asked.clear()
    monkeypatch.setenv("HUIXIANG_LANGUAGE_MODEL_BUDGET", "1")
    classified, _ = understand(home)
    assert len(model.asked) == 1
    assert classified["n_unheard"] == 2


def test_a_silent_model_stops_nothing_and_is_counted(home, labels, run_command, model):
    measure(home, labels, run_command)
    model.status = 503
    classified, found = understand(home)
    assert classified["n_feedback"] == 4
    assert classified["n_unheard"] == 3
    assert ("n4", "staff") in found
    assert [call.reply for call in calls(home)] == [None, None, None]


def test_invented_evidence_and_unknown_themes_do_not_count(
    home, labels, run_command, model
):
    measure(home, labels, run_command)
    model.invents = True
    _, found = understand(home)
    assert ("n3", "queue") not in found
    assert "weather" not in {theme for _, theme in found}


def test_every_coding_of_it_is_a_models_and_says_how_often_it_is_right(
    home, labels, run_command
):
    measure(home, labels, run_command)
    _, found = understand(home)
    assert found["n1", "coffee.cold"].reasons[0]["facts"] == {"chance": 0.86}
    app = open_app(home)
    with app.store._engine.connect() as connection:
        kinds = connection.execute(
            sa.select(CodingRow.coder).where(CodingRow.coder_id.like("language%"))
        ).scalars()
        assert set(kinds) == {CoderKind.MODEL}


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (500, b"{}", "answered 500"),
        (302, b"{}", "answered 302"),
        (200, b"no json", "not the form"),
        (200, b'{"choices": []}', "not the form"),
        (200, b"x" * (2 << 20), "over 1 MiB"),
    ],
)
def test_a_useless_answer_is_a_clear_failure(model, status, body, says):
    model.status, model.body = status, body
    server = LanguageServer(url=model.url, name="small")
    with pytest.raises(LanguageModelSilent, match=says):
        server.ask([{"role": "user", "content": "咖啡凉了"}])


def test_nobody_there_is_a_clear_failure():
    server = LanguageServer(url="http://127.0.0.1:9/v1", name="small")
    with pytest.raises(LanguageModelSilent, match="HUIXIANG_LANGUAGE_MODEL_URL"):
        server.ask([{"role": "user", "content": "咖啡凉了"}])


def test_labels_without_mentions_cannot_measure_it(home, tmp_path, run_command):
    bare = tmp_path / "bare.csv"
    bare.write_text("text,polarity\n咖啡凉了,negative\n", encoding="utf-8")
    ended = run_command("language-model", "evaluate", bare, "--home", home)
    assert ended.code == 2
    assert "mentions" in ended.err
