"""A model is data that is refused unless it is whole, ours and for this codeframe."""

import json

import numpy as np
import pytest

from huixiang.errors import ModelRefused
from huixiang.understanding.model.labels import Label, LabelledRow
from huixiang.understanding.model.model_file import ARRAYS, MANIFEST, load, save
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.train import train

GOOD = ("菜很好吃", "服务热情周到", "房间干净", "座位很舒服", "味道不错", "送得真快")
BAD = ("菜太难吃", "服务冷漠敷衍", "房间很脏", "座位太挤", "味道很差", "送得太慢")
SIDES = (("positive", "前厅", GOOD), ("negative", "后勤", BAD))


def some_rows():
    return [
        LabelledRow(
            id=f"{polarity}-{number}",
            title="",
            text=text,
            department=department,
            polarity=polarity,
            mentions=(
                Label(theme="菜" if "菜" in text else "其他", polarity=polarity),
            ),
        )
        for polarity, department, texts in SIDES
        for number, text in enumerate(texts * 3)
    ]


@pytest.fixture(scope="module")
def model():
    return train(some_rows(), segmenter=Segmenter(), codeframe_version="7")


@pytest.fixture
def folder(tmp_path, model):
    save(model, tmp_path)
    return tmp_path


def test_a_stored_model_comes_back_as_it_was(folder, model):
    back = load(folder)
    assert back.heads.keys() == model.heads.keys()
    assert np.array_equal(back.vocabulary.keys, model.vocabulary.keys)
    assert np.array_equal(
        back.heads["polarity"].weights, model.heads["polarity"].weights
    )
    assert back.mentions.themes == model.mentions.themes
    assert back.version.startswith("model_")


def test_training_twice_gives_the_same_bytes(tmp_path, folder):
    again = train(some_rows(), segmenter=Segmenter(), codeframe_version="7")
    save(again, tmp_path / "again")
    for name in (MANIFEST, ARRAYS):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_the_manifest_tells_figures_libraries_heads_and_hashes(folder):
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["codeframe_version"] == "7"
    assert manifest["heads"]["polarity"]["classes"] == ["negative", "positive"]
    assert set(manifest["files"]) == {ARRAYS}
    assert {"numpy", "scikit-learn"} <= manifest["libraries"].keys()
    assert manifest["figures"]["polarity"]["n"] == len(some_rows())


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelRefused, match="no readable model manifest"):
        load(tmp_path)


def test_a_model_without_its_arrays_is_refused(folder):
    (folder / ARRAYS).unlink()
    with pytest.raises(ModelRefused, match="missing"):
        load(folder)


def test_a_truncated_model_is_refused(folder):
    whole = (folder / ARRAYS).read_bytes()
    (folder / ARRAYS).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelRefused, match="hash"):
        load(folder)


def test_a_manifest_changed_by_hand_is_refused(folder):
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace('"7"', '"8"'), encoding="utf-8")
    with pytest.raises(ModelRefused, match="changed after training"):
        load(folder)


def test_a_file_of_another_program_is_refused(tmp_path):
    (tmp_path / MANIFEST).write_text('{"format": "other/1"}', encoding="utf-8")
    with pytest.raises(ModelRefused, match="format"):
        load(tmp_path)


def test_a_model_for_another_codeframe_is_refused(folder):
    with pytest.raises(ModelRefused, match="trained for codeframe 7"):
        load(folder, codeframe_version="8")
    assert load(folder, codeframe_version="7").codeframe_version == "7"


def test_a_pickle_in_place_of_the_arrays_is_never_opened(folder):
    import hashlib
    import pickle

    from huixiang.understanding.model.model_file import _text, _version

    content = pickle.dumps({"keys": 1})
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][ARRAYS] = hashlib.sha256(content).hexdigest()
    manifest["version"] = _version(manifest)
    (folder / MANIFEST).write_text(_text(manifest), encoding="utf-8")
    (folder / ARRAYS).write_bytes(content)
    with pytest.raises(ModelRefused, match="do not fit together"):
        load(folder)
