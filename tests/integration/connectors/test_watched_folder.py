"""The watched folder: every record once, from where the cursor stands."""

import datetime as dt
import json
import os
from itertools import islice

import pytest

from huixiang.connectors.file.folder import FileConnector
from huixiang.connectors.file.settings import FileSource
from huixiang.connectors.kinds import open_source
from huixiang.connectors.surroundings import PullLimits, Surroundings
from huixiang.domain.records.feedback import UNREADABLE, Channel
from huixiang.domain.records.source import FieldMap, FieldRule
from huixiang.errors import ConfigurationError, SourceError

NOON = dt.datetime(2024, 4, 1, 12, tzinfo=dt.UTC)
FIELDS = FieldMap(text=FieldRule(column="text"), occurred_at=FieldRule(column="at"))


def source(**changes):
    given = {"name": "desk", "channel": Channel.STORE, "fields": FIELDS} | changes
    return FileSource(**given)


def connector(home, *, batch_size=1_000, now=lambda: NOON, wait=None, **changes):
    around = surroundings(home, now=now, limits=PullLimits(batch_size=batch_size))
    return FileConnector(source(**changes), around, wait=wait or no_wait)


def surroundings(home, **given):
    given = {"now": lambda: NOON} | given
    return Surroundings(home=home, secret=no_secret, session=no_session, **given)


def no_secret(name):
    raise AssertionError("files need no secret")


def no_session():
    raise AssertionError("files need no network")


def no_wait(seconds):
    raise AssertionError("nothing here needs waiting")


@pytest.fixture
def home(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path


def write(home, name, texts, end="\n"):
    rows = "\n".join(f"{n},{text},2024-03-31" for n, text in enumerate(texts, start=1))
    path = home / "inbox" / name
    path.write_text(f"id,text,at\n{rows}{end}", "utf-8")
    return path


def pull(reader, cursor=None):
    """Return the texts, the last cursor and the problems of one complete pull."""
    texts, problems, cursor = [], [], cursor or {}
    for batch in reader.pull(cursor):
        texts += [record.fields.get("text") for record in batch.records]
        problems += batch.problems
        cursor = json.loads(json.dumps(batch.cursor))
    return texts, cursor, problems


def test_the_connector_is_chosen_by_the_kind_of_source(home):
    write(home, "a.csv", ["x"])
    batches = list(open_source(source(), surroundings(home)).pull({}))
    assert [record.fields["text"] for record in batches[0].records] == ["x"]


def test_files_come_by_name_and_only_once(home):
    write(home, "b.csv", ["third"])
    write(home, "a.csv", ["first", "second"])
    texts, cursor, problems = pull(connector(home))
    assert (texts, problems) == (["first", "second", "third"], [])
    assert list(connector(home).pull(cursor)) == []


def test_a_position_names_file_version_and_line(home):
    write(home, "a.csv", ["x"])
    (batch,) = connector(home).pull({})
    name, row = batch.records[0].position.rsplit(":", 1)
    assert name.startswith("inbox/a.csv@")
    assert len(name) == len("inbox/a.csv@") + 8
    assert row == "2"


@pytest.mark.parametrize("n_stored", [0, 1, 2, 3, 4])
def test_a_crash_between_two_batches_loses_and_repeats_nothing(home, n_stored):
    write(home, "a.csv", [f"a{n}" for n in range(5)])
    write(home, "b.csv", ["b0"])
    stored, cursor = [], {}
    for batch in islice(connector(home, batch_size=2).pull(cursor), n_stored):
        stored += [record.fields["text"] for record in batch.records]
        cursor = json.loads(json.dumps(batch.cursor))
    texts, _, _ = pull(connector(home, batch_size=2), cursor)
    assert stored + texts == ["a0", "a1", "a2", "a3", "a4", "b0"]


def test_a_batch_that_ends_with_its_file_is_not_given_twice(home):
    write(home, "a.csv", ["a", "b"])
    batches = list(connector(home, batch_size=2).pull({}))
    assert [len(batch.records) for batch in batches] == [2, 0]
    assert batches[-1].cursor["files"]["inbox/a.csv"]["done"]


def test_a_new_version_of_a_file_is_read_again_under_new_positions(home):
    write(home, "a.csv", ["x"])
    (before,) = connector(home).pull({})
    write(home, "a.csv", ["x", "y"])
    (after,) = connector(home).pull(before.cursor)
    assert [record.fields["text"] for record in after.records] == ["x", "y"]
    assert before.records[0].position != after.records[0].position


def test_a_version_that_changed_between_batches_is_read_from_its_start(home):
    write(home, "a.csv", ["a", "b", "c"])
    first = next(connector(home, batch_size=2).pull({}))
    write(home, "a.csv", ["a", "b", "C", "d"])
    texts, _, _ = pull(connector(home), first.cursor)
    assert texts == ["a", "b", "C", "d"]


def test_a_touched_but_equal_file_is_not_new(home):
    path = write(home, "a.csv", ["x"])
    _, cursor, _ = pull(connector(home))
    os.utime(path, (1, 1))
    assert list(connector(home).pull(cursor)) == []


@pytest.mark.parametrize(
    "name", ["a.csv.part", "a.tmp", "~$a.xlsx", ".a.csv", "A.PART", "a.crdownload"]
)
def test_unfinished_and_hidden_names_are_left_alone(home, name):
    write(home, name, ["x"])
    (home / "inbox" / "folder").mkdir()
    assert list(connector(home).pull({})) == []


def test_a_folder_without_files_yields_nothing_and_a_missing_one_is_an_error(home):
    assert list(connector(home).pull({})) == []
    with pytest.raises(SourceError, match="create it or change path"):
        list(connector(home, path="calls/2024/*.csv").pull({}))


@pytest.mark.parametrize("path", ["/etc/*", "../*.csv", "inbox/../../x", ""])
def test_a_path_outside_the_workspace_is_refused(home, path):
    with pytest.raises(ConfigurationError, match="below the workspace"):
        connector(home, path=path)


def test_a_file_that_cannot_be_read_stops_no_other(home):
    write(home, "a.csv", ["x"])
    (home / "inbox" / "b.xlsx").write_bytes(b"PK\x03\x04 cut off")
    write(home, "c.csv", ["y"])
    texts, cursor, problems = pull(connector(home))
    assert texts == ["x", "y"]
    assert [problem.position for problem in problems] == ["inbox/b.xlsx"]
    assert "inbox/b.xlsx" not in cursor["files"]
    again = pull(connector(home), cursor)
    assert [problem.position for problem in again[2]] == ["inbox/b.xlsx"]


def test_a_corrected_file_is_read(home):
    path = home / "inbox" / "a.csv"
    path.write_text("id,words,at\n1,x,2024-03-31\n", "utf-8")
    _, cursor, problems = pull(connector(home))
    assert "'text'" in problems[0].reason
    assert problems[0].next_step
    write(home, "a.csv", ["x"])
    assert pull(connector(home), cursor)[0] == ["x"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0....", "old .xls or a password"),
        ("a.csv.gz", b"\x1f\x8b\x08....", "gzip"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("notes.docx", b"no zip", "no reader for '.docx'"),
        ("a.csv", b"", "empty"),
        ("b.csv", bytes(range(256)) * 4 + b"\x00" * 900, "NUL"),
    ],
)
def test_foreign_files_are_problems_with_a_next_step(home, name, data, reason):
    (home / "inbox" / name).write_bytes(data)
    _, _, problems = pull(connector(home))
    assert reason in problems[0].reason


def test_a_workbook_named_csv_is_read_as_what_it_is(home):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("text", "at"), ("x", "2024-03-31")):
        book.active.append(row)
    book.save(home / "inbox" / "a.csv")
    assert pull(connector(home))[0] == ["x"]


def test_json_lines_and_tabs_are_known_by_their_names(home):
    (home / "inbox" / "a.jsonl").write_text('{"text": "x"}\nbroken\n', "utf-8")
    (home / "inbox" / "b.tsv").write_text("text\tat\ny\t2024-03-31\n", "utf-8")
    texts, _, problems = pull(connector(home))
    assert (texts, problems) == (["x", None, "y"], [])


def test_an_unreadable_row_keeps_its_position(home):
    data = b"id,text,at\n1,a,x\n2,\xff\xff,y\n3,c,z\n"
    (home / "inbox" / "a.csv").write_bytes(data)
    (batch,) = connector(home).pull({})
    damaged = [r for r in batch.records if UNREADABLE in r.fields]
    assert [record.position.rsplit(":")[-1] for record in damaged] == ["3"]
    assert len(batch.records) == 3


def test_a_file_that_grows_while_it_is_read_is_not_given(home):
    path = write(home, "a.csv", ["x", "half a ro"], end="")
    touched_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)

    def writer_goes_on(seconds):
        with path.open("a") as stream:
            stream.write("w\n")

    reader = connector(home, now=lambda: touched_at, wait=writer_goes_on)
    texts, cursor, problems = pull(reader)
    assert (texts, cursor.get("files", {})) == ([], {})
    assert "changed while it was read" in problems[0].reason
    assert "next run" in problems[0].next_step


def test_a_fresh_file_without_a_last_line_end_is_given_when_it_stays_the_same(home):
    path = write(home, "a.csv", ["x"], end="")
    touched_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    waits = []
    reader = connector(home, now=lambda: touched_at, wait=waits.append)
    assert pull(reader)[0] == ["x"]
    assert waits == [1.0]


def test_what_was_hashed_is_what_is_given_though_the_file_is_replaced(home):
    path = write(home, "a.csv", [f"old{n}" for n in range(4)])
    batches = connector(home, batch_size=2).pull({})
    first = next(batches)
    path.write_text("id,text,at\n" + "1,new,2024-03-31\n" * 9, "utf-8")
    texts = [r.fields["text"] for b in (first, *batches) for r in b.records]
    assert texts == ["old0", "old1", "old2", "old3"]


def test_a_foreign_cursor_is_refused(home):
    with pytest.raises(SourceError, match="cursor"):
        list(connector(home).pull({"files": 7}))
