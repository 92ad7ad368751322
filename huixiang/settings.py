"""Every setting: name, default, help. The only reader of the environment."""

import contextlib
import os
from collections import ChainMap
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from huixiang.domain.text import Language, code_of
from huixiang.errors import ConfigurationError

STATE_FOLDER = ".huixiang"


class Settings(BaseSettings):
    """Settings of one workspace: HUIXIANG_* variables, else its `.env`, else these."""

    model_config = SettingsConfigDict(
        env_prefix="HUIXIANG_", extra="ignore", frozen=True
    )

    home: Path = Field(default=Path(), description="The workspace folder")
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="SQLAlchemy URL; empty: SQLite in the workspace",
    )
    key: SecretStr = Field(
        default=SecretStr(""),
        description="Fernet key that seals raw records and names customers; empty: "
        "made once and kept in the workspace's state folder",
    )
    time_zone: str = Field(
        default="Asia/Shanghai", description="Where a day begins and ends"
    )
    language: Language = Field(
        default="zh-CN", description="First language of reports and tables"
    )
    batch_size: int = Field(
        default=1000, ge=1, le=10_000, description="Records a transaction and task"
    )
    door_host: str = Field(
        default="127.0.0.1", description="Where the inbound door listens"
    )
    door_port: int = Field(default=8321, description="Port of the inbound door")
    name: str = Field(
        default="", description="Names the workspace in the source of its messages"
    )
    reviewer: str = Field(
        default="", description="Who reviews codings, where no --reviewer says so"
    )
    language_model_url: SecretStr = Field(
        default=SecretStr(""),
        description="Base URL of an OpenAI-compatible language model; empty: none",
    )
    language_model_name: str = Field(
        default="", description="Which of its models is asked"
    )
    language_model_key: SecretStr = Field(
        default=SecretStr(""), description="Its access key, where it wants one"
    )
    language_model_role: Literal["tie_breaker", "coder"] = Field(
        default="tie_breaker",
        description="Asked only where rules and model are unsure or disagree, or about "
        "every feedback",
    )
    language_model_budget: int = Field(
        default=200, ge=0, description="Questions a run may ask it"
    )
    language_model_timeout: float = Field(
        default=30.0, gt=0, description="Seconds a question may take"
    )

    @field_validator("language", mode="before")
    @classmethod
    def _language_code(cls, value: object) -> object:
        return code_of(value)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                f"{value!r} is no time zone; write one like Asia/Shanghai"
            ) from error
        return value

    @property
    def state_folder(self) -> Path:
        """Where the workspace keeps what it makes."""
        return self.home / STATE_FOLDER

    @property
    def url(self) -> str:
        """The database's URL."""
        given = self.database_url.get_secret_value()
        return given or f"sqlite:///{self.state_folder / 'huixiang.db'}"

    @property
    def has_database(self) -> bool:
        """Whether there is a database to look into; a server's is taken to be there."""
        file = self.url.removeprefix("sqlite:///")
        return file == self.url or Path(file).is_file()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)

    @property
    def workspace_name(self) -> str:
        """The name shown to people."""
        return self.name or self.home.resolve().name


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings of the workspace in *home* (default: HUIXIANG_HOME, else here).

    Raise ConfigurationError naming every variable that is wrong.
    """
    folder = home or Path(os.environ.get("HUIXIANG_HOME", "."))
    try:
        return Settings(home=folder.resolve(), _env_file=folder / ".env")  # type: ignore[call-arg]  # an argument of pydantic-settings
    except ValidationError as error:
        wrong = "; ".join(
            f"HUIXIANG_{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}"
            for each in error.errors()
        )
        raise ConfigurationError(f"{wrong} (environment or {folder}/.env)") from error


def workspace_key(settings: Settings) -> bytes:
    """Return the key that seals raw records; make it once where none is set."""
    given = settings.key.get_secret_value()
    if given:
        return given.encode()
    path = settings.state_folder / "key"
    try:
        if not path.exists():
            _make_key(path)
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"the workspace's key {path} can be neither read nor made ({error}); give "
            "this user the folder, or set HUIXIANG_KEY"
        ) from error


def _make_key(path: Path) -> None:
    """Write a new key whole; where another process is faster, its key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".key.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(part)
    part.unlink()


def variables(home: Path) -> Mapping[str, str]:
    """Return what endpoints and secrets are named by: environment first, then `.env`."""
    in_file = {k: v for k, v in dotenv_values(home / ".env").items() if v is not None}
    return ChainMap(dict(os.environ), in_file)


def prefect_defaults(settings: Settings) -> Mapping[str, str]:
    """Return what Prefect needs to run offline, silent and beside the workspace."""
    return {
        "PREFECT_HOME": str(settings.state_folder / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "GX_ANALYTICS_ENABLED": "false",
    }


def set_defaults(values: Mapping[str, str]) -> None:
    """Set environment variables that nobody set (for libraries that read them)."""
    for name, value in values.items():
        os.environ.setdefault(name, value)


def set_variables(values: Mapping[str, str]) -> None:
    """Set environment variables for this process and those it starts."""
    os.environ.update(values)


def environment() -> Mapping[str, str]:
    """Return the environment that a process we start should have."""
    return dict(os.environ)
