"""Settings: from the environment, else `.env`, else the defaults; keys made once."""

import pytest

from huixiang.errors import ConfigurationError
from huixiang.settings import load_settings, variables, workspace_key


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("HUIXIANG_LANGUAGE=en\nHUIXIANG_DOOR_PORT=9000\n")
    monkeypatch.setenv("HUIXIANG_DOOR_PORT", "9001")
    settings = load_settings(tmp_path)

    assert (settings.language, settings.door_port) == ("en", 9001)
    assert settings.url == f"sqlite:///{tmp_path / '.huixiang' / 'huixiang.db'}"


def test_the_old_spelling_of_chinese_is_understood(tmp_path, monkeypatch):
    assert load_settings(tmp_path).language == "zh-CN"
    monkeypatch.setenv("HUIXIANG_LANGUAGE", "zh")
    assert load_settings(tmp_path).language == "zh-CN"


def test_secrets_of_endpoints_come_from_either(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("A_SECRET=file\nB_SECRET=file\n")
    monkeypatch.setenv("A_SECRET", "environment")
    found = variables(tmp_path)

    assert (found["A_SECRET"], found["B_SECRET"]) == ("environment", "file")


def test_every_wrong_setting_is_named_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIXIANG_LANGUAGE", "fr")
    monkeypatch.setenv("HUIXIANG_BATCH_SIZE", "many")
    with pytest.raises(ConfigurationError, match=r"LANGUAGE.*BATCH_SIZE|BATCH.*LANG"):
        load_settings(tmp_path)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    settings = load_settings(tmp_path)
    first = workspace_key(settings)

    assert workspace_key(load_settings(tmp_path)) == first
    file = tmp_path / ".huixiang" / "key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["key"]


def test_a_key_that_another_process_made_meanwhile_stays(tmp_path, monkeypatch):
    settings = load_settings(tmp_path)
    first = workspace_key(settings)
    monkeypatch.setattr("pathlib.Path.exists", lambda _: False)

    assert workspace_key(settings) == first


def test_a_folder_in_which_no_key_can_be_made_is_named(tmp_path):
    (tmp_path / ".huixiang").write_text("a file in the way")
    with pytest.raises(ConfigurationError, match="set HUIXIANG_KEY"):
        workspace_key(load_settings(tmp_path))


def test_a_given_key_is_used_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIXIANG_KEY", "given")

    assert workspace_key(load_settings(tmp_path)) == b"given"
    assert list(tmp_path.iterdir()) == []
