"""The composition root: builds everything from settings and hands it to the steps."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

from huixiang.alerts.compile import ReadyAlerts, compile_alerts
from huixiang.clock import Now, utc_now
from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.rulebook import Rulebook
from huixiang.connectors.kinds import open_source
from huixiang.connectors.surroundings import Surroundings, new_session
from huixiang.delivery.endpoint import ResolvedEndpoint, resolve_endpoint
from huixiang.delivery.platforms.kinds import platforms
from huixiang.delivery.transport import send
from huixiang.domain.items.outbox import DeliveryAttempt, OutboxMessage
from huixiang.domain.records.source import Connector
from huixiang.errors import ConfigurationError
from huixiang.intake.contract import Contract
from huixiang.routing.compile import Router, compile_router
from huixiang.settings import Settings, load_settings, variables, workspace_key
from huixiang.steps.codeframe.model_in_use import ModelInUse, model_in_use
from huixiang.steps.coding.adviser_in_use import AdviserInUse, adviser_in_use
from huixiang.steps.coding.second_opinion import Adviser
from huixiang.steps.context import Context
from huixiang.steps.rules import load_rules
from huixiang.steps.runs.handle import RunHandle
from huixiang.steps.runs.lifetime import running
from huixiang.steps.runs.run import CallStep, Run, no_step
from huixiang.store.engine import Boundary, Store, open_engine, pass_by
from huixiang.store.vault import Vault
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.language.server import LanguageServer
from huixiang.understanding.model.model_file import Model


class App:
    """One workspace, opened: its rules are read once and stay the same."""

    def __init__(
        self, settings: Settings, *, now: Now = utc_now, boundary: Boundary = pass_by
    ) -> None:
        self.settings = settings
        self.now = now
        self.variables = variables(settings.home)
        self._key = workspace_key(settings)
        self.store = Store(open_engine(settings.url), Vault(self._key), boundary)

    @property
    def home(self) -> Path:
        """The workspace's folder."""
        return self.settings.home

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules on disk, read at first use."""
        return load_rules(self.home / "rules", self.home / "expectations")

    @cached_property
    def equipment(self) -> "WorkspaceEquipment":
        """What works with the rules on disk."""
        return self.equip(self.rulebook)

    def equip(self, rulebook: Rulebook) -> "WorkspaceEquipment":
        """Return what works with *rulebook*."""
        return WorkspaceEquipment(self, rulebook)

    @cached_property
    def language_server(self) -> LanguageServer | None:
        """The optional language model; None unless its URL and name are set."""
        settings = self.settings
        url = settings.language_model_url.get_secret_value()
        if not url:
            return None
        if not settings.language_model_name:
            raise ConfigurationError(
                "HUIXIANG_LANGUAGE_MODEL_URL is set, HUIXIANG_LANGUAGE_MODEL_NAME is "
                "not; say which model is asked, or unset both"
            )
        return LanguageServer(
            url=url,
            name=settings.language_model_name,
            key=settings.language_model_key.get_secret_value(),
            timeout_seconds=settings.language_model_timeout,
        )

    def prepare(self) -> "App":
        """Bring the tables to the newest version; a damaged database is refused."""
        self.store.check()
        self.store.migrate()
        return self

    def running(
        self, flow: str, as_of: dt.datetime | None, call: CallStep = no_step
    ) -> AbstractContextManager[Run]:
        """Give a run that ends with the block; see `steps.runs.lifetime`."""
        return running(self, flow, as_of, call)

    def context(self, handle: RunHandle, rulebook: Rulebook) -> Context:
        """Return what the steps of a run are given."""
        settings = self.settings
        return Context(
            store=self.store,
            rulebook=rulebook,
            home=settings.home,
            zone=settings.zone,
            key=self._key,
            as_of=handle.as_of,
            now=self.now,
            run_id=handle.run_id,
            lease=handle.lease,
            batch_size=settings.batch_size,
            rng=random.Random(handle.run_id),  # noqa: S311 - jitter, not a secret
            workspace_name=settings.workspace_name,
            language=settings.language,
        )


class WorkspaceEquipment:
    """What the steps work with, built from one rulebook when it is first asked for."""

    def __init__(self, app: App, rulebook: Rulebook) -> None:
        self._app = app
        self._rulebook = rulebook
        self._contracts: dict[str, Contract] = {}

    @cached_property
    def router(self) -> Router:
        """The routing rules, compiled."""
        rules = self._rulebook
        return compile_router(rules.routing, rules.codeframe, compile_pattern)

    @cached_property
    def alerts(self) -> ReadyAlerts:
        """The alert rules, compiled."""
        rules = self._rulebook
        return compile_alerts(rules.alerts, rules.codeframe, compile_pattern)

    @cached_property
    def coder(self) -> Coder:
        """The coder: rules, and the model in use where there is one."""
        return Coder(self._rulebook.codeframe, self.model)

    @property
    def model(self) -> Model | None:
        """The model in use."""
        return self._model_in_use.model

    @property
    def adviser(self) -> Adviser | None:
        """The language model that is asked."""
        return self._adviser_in_use.adviser

    @property
    def coding_alarms(self) -> Sequence[str]:
        """Why a model that is configured is not used."""
        alarms = (self._model_in_use.alarm, self._adviser_in_use.alarm)
        return [alarm for alarm in alarms if alarm]

    @cached_property
    def _model_in_use(self) -> ModelInUse:
        version = self._rulebook.codeframe.version
        return model_in_use(self._app.store, self._app.home, version)

    @cached_property
    def _adviser_in_use(self) -> AdviserInUse:
        settings = self._app.settings
        return adviser_in_use(
            self._app.store,
            self._app.language_server,
            self._rulebook.codeframe,
            role=settings.language_model_role,
            budget=settings.language_model_budget,
        )

    def connector(self, source: str) -> Connector:
        """Return what reads a source."""
        surroundings = Surroundings(
            home=self._app.home,
            now=self._app.now,
            secret=self._secret,
            session=new_session,
        )
        return open_source(self._rulebook.sources[source], surroundings)

    def _secret(self, name: str) -> str:
        value = self._app.variables.get(name, "").strip()
        if not value:
            raise ConfigurationError(
                f"{name} is not set; set it in the environment or .env"
            )
        return value

    def contract(self, source: str) -> Contract:
        """Return the expectations of a source."""
        suite = self._rulebook.sources[source].expectations
        if suite not in self._contracts:
            file = self._app.home / "expectations" / f"{suite}.json"
            self._contracts[suite] = Contract.load(file)
        return self._contracts[suite]

    def endpoints(self) -> tuple[Mapping[str, ResolvedEndpoint], Mapping[str, str]]:
        """Return the endpoints that can be called, and why the others cannot."""
        ready: dict[str, ResolvedEndpoint] = {}
        missing: dict[str, str] = {}
        for name, endpoint in self._rulebook.endpoints.items():
            try:
                ready[name] = resolve_endpoint(
                    endpoint, platforms()[endpoint.kind], self._app.variables
                )
            except ConfigurationError as error:
                missing[name] = str(error)
        return ready, missing

    def send(
        self, message: OutboxMessage, endpoint: ResolvedEndpoint
    ) -> DeliveryAttempt:
        """Send one message over the network."""
        return send(message, endpoint, now=self._app.now)


class RehearsalEquipment(WorkspaceEquipment):
    """The same equipment without a way out."""

    def endpoints(self) -> tuple[Mapping[str, ResolvedEndpoint], Mapping[str, str]]:
        """Return no endpoint: nothing is sent."""
        return {}, {}

    def send(self, message: OutboxMessage, _: ResolvedEndpoint) -> DeliveryAttempt:
        """Refuse to send."""
        raise AssertionError(f"a rehearsal sends nothing ({message.message_id})")


class RehearsalApp(App):
    """A workspace opened to try things: nothing leaves it."""

    def equip(self, rulebook: Rulebook) -> WorkspaceEquipment:
        """Return equipment without a way out."""
        return RehearsalEquipment(self, rulebook)


def open_app(
    home: Path | None = None, *, kind: type[App] = App, boundary: Boundary = pass_by
) -> App:
    """Open the workspace in *home*; raise ConfigurationError where it is none.

    *boundary* is called at every point where a crash must do no harm.
    """
    settings = load_settings(home)
    if not (settings.home / "rules").is_dir():
        raise ConfigurationError(
            f"{settings.home} is not a workspace: it has no rules/ folder; make one "
            "with `huixiang init DIR`, or set HUIXIANG_HOME"
        )
    return kind(settings, boundary=boundary)
