"""The composition root: builds everything from settings and hands it to the steps."""

import datetime as dt
import os
import random
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from huixiang.alerts.compile import ReadyAlerts, compile_alerts
from huixiang.clock import Now, utc_now
from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.rulebook import Rulebook, load_rulebook, parse_rulebook
from huixiang.configuration.versions import FILE as FRAME_FILE
from huixiang.configuration.versions import frame_content, frame_hash
from huixiang.delivery.endpoint import ResolvedEndpoint, resolve_endpoint
from huixiang.delivery.transport import send
from huixiang.domain.outbox import DeliveryAttempt, OutboxMessage
from huixiang.domain.run import RunState
from huixiang.errors import (
    ConfigurationError,
    HuixiangError,
    ModelRefused,
    RunFoundProblems,
)
from huixiang.intake.contract import Contract
from huixiang.processes import holder_name, is_dead
from huixiang.routing.compile import Router, compile_router
from huixiang.settings import Settings, load_settings, variables, workspace_key
from huixiang.steps.coding.second_opinion import Adviser
from huixiang.steps.context import Context, short_id
from huixiang.store.engine import Boundary, Store, open_engine
from huixiang.store.lease import WRITER, Lease, acquire, release
from huixiang.store.vault import Vault
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.language.instructions import prompt_version
from huixiang.understanding.language.server import LanguageServer
from huixiang.understanding.model.model_file import Model, load

CODING_FLOWS = frozenset({"understand", "loop"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run of a flow, as plain values that any process can be handed."""

    home: str
    flow: str
    run_id: str
    as_of: dt.datetime
    holder: str
    token: int
    rulebook_hash: str = ""


class App:
    """One workspace, opened: its rules are read once and stay the same."""

    def __init__(self, settings: Settings, *, now: Now = utc_now) -> None:
        self.settings = settings
        self.now = now
        self.variables = variables(settings.home)
        self._key = workspace_key(settings)
        self._contracts: dict[str, Contract] = {}
        self._rulebook: Rulebook | None = None
        self.alarms: list[str] = []
        self.store = Store(
            open_engine(settings.url), Vault(self._key), _crash_hook(settings.crash_at)
        )

    @property
    def rulebook(self) -> Rulebook:
        """The rules, read at first use."""
        if self._rulebook is None:
            home = self.settings.home
            self._rulebook = load_rulebook(home / "rules", home / "expectations")
        return self._rulebook

    @cached_property
    def router(self) -> Router:
        """The routing rules, compiled."""
        return compile_router(
            self.rulebook.routing, self.rulebook.codeframe, compile_pattern
        )

    @cached_property
    def alerts(self) -> ReadyAlerts:
        """The alert rules, compiled."""
        return compile_alerts(
            self.rulebook.alerts, self.rulebook.codeframe, compile_pattern
        )

    @cached_property
    def coder(self) -> Coder:
        """The coder: rules, and the model in use where there is one."""
        return Coder(self.rulebook.codeframe, self.model)

    @cached_property
    def model(self) -> Model | None:
        """The model in use; a refused one raises an alarm, and rules code alone."""
        with self.store.reading() as uow:
            kept = uow.models.active()
        if kept is None:
            return None
        try:
            return load(
                self.settings.home / kept.folder,
                codeframe_version=self.rulebook.codeframe.version,
            )
        except ModelRefused as error:
            self.alarms.append(
                f"the model is not used, rules code alone: {error}; "
                "huixiang run train makes a new one"
            )
            return None

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

    @cached_property
    def adviser(self) -> Adviser | None:
        """The language model in use; without held-out figures it is not asked."""
        server = self.language_server
        if server is None:
            return None
        version = prompt_version(server.name, self.rulebook.codeframe)
        with self.store.reading() as uow:
            trust = uow.language.trust(version)
        if trust is None:
            self.alarms.append(
                f"the language model {server.name} is not asked: it has no held-out "
                "figures for this codeframe; huixiang language-model evaluate LABELS "
                "makes them"
            )
            return None
        return Adviser(
            server=server,
            role=self.settings.language_model_role,
            budget=self.settings.language_model_budget,
            trust=trust,
        )

    def contract(self, source: str) -> Contract:
        """Return the expectations of a source."""
        suite = self.rulebook.sources[source].expectations
        if suite not in self._contracts:
            file = self.settings.home / "expectations" / f"{suite}.json"
            self._contracts[suite] = Contract.load(file)
        return self._contracts[suite]

    def endpoints(self) -> tuple[Mapping[str, ResolvedEndpoint], Mapping[str, str]]:
        """Return the endpoints that can be called, and why the others cannot."""
        ready: dict[str, ResolvedEndpoint] = {}
        missing: dict[str, str] = {}
        for name, endpoint in self.rulebook.endpoints.items():
            try:
                ready[name] = resolve_endpoint(endpoint, self.variables)
            except ConfigurationError as error:
                missing[name] = str(error)
        return ready, missing

    def send(
        self, message: OutboxMessage, endpoint: ResolvedEndpoint
    ) -> DeliveryAttempt:
        """Send one message over the network."""
        return send(message, endpoint, now=self.now)

    # -- runs ------------------------------------------------------------------

    def prepare(self) -> None:
        """Check the database and bring its tables to the newest version."""
        self.store.check()
        self.store.migrate()

    def begin(self, flow: str, as_of: dt.datetime | None) -> Run:
        """Take the lease, note the run, keep a snapshot of the rules it uses."""
        self.prepare()
        now = self.now()
        rulebook = self._rules_now()
        business = as_of or rulebook.as_of or now
        if flow in CODING_FLOWS:
            _ = self.model, self.adviser  # their alarms belong to the run
        frame = frame_content(rulebook.texts[FRAME_FILE])
        with self.store.transaction("begin") as uow:
            lease = acquire(uow, holder=holder_name(), now=now, is_dead=is_dead)
            uow.runs.abandon_running(now)
            run_id = short_id("run", flow, now.isoformat(), lease.token)
            uow.runs.remember_rulebook(rulebook.hash, _texts(rulebook), now)
            uow.codeframes.remember(
                rulebook.codeframe.version, frame_hash(frame), frame, now
            )
            uow.runs.start(
                run_id=run_id,
                flow=flow,
                as_of=business,
                started_at=now,
                rulebook_hash=rulebook.hash,
            )
        return Run(
            home=str(self.settings.home),
            flow=flow,
            run_id=run_id,
            as_of=business,
            holder=lease.holder,
            token=lease.token,
            rulebook_hash=rulebook.hash,
        )

    def _rules_now(self) -> Rulebook:
        """Return the rules on disk; where they are broken the last good ones."""
        try:
            return self._same_version(self.rulebook)
        except ConfigurationError as error:
            with self.store.reading() as uow:
                found = uow.runs.latest_rulebook()
            if found is None:
                raise
            self._rulebook = self._stored(found) or self.rulebook
            self.alarms.append(
                "this run kept the last good rules "
                f"({self._rulebook.hash[:12]}; see huixiang check): {error}"
            )
            return self._rulebook

    def _same_version(self, rulebook: Rulebook) -> Rulebook:
        """Refuse a codeframe that changed under the version codings were made with."""
        frame = rulebook.codeframe
        content = frame_content(rulebook.texts[FRAME_FILE])
        with self.store.reading() as uow:
            known = uow.codeframes.hash_of(frame.version)
        if known not in (None, frame_hash(content)):
            raise ConfigurationError(
                f"codeframe.yaml has changed but is still called version "
                f"{frame.version!r}; give it a new version (see huixiang check)"
            )
        return rulebook

    def _stored(self, texts: Mapping[str, str]) -> Rulebook | None:
        files = {name: text.encode("utf-8") for name, text in texts.items()}
        return parse_rulebook(files, name=self.settings.home.name).rulebook

    def _join(self, run: Run) -> None:
        """Take the rules that *run* began with, whatever is on disk by now."""
        if self._rulebook is None and run.rulebook_hash:
            with self.store.reading() as uow:
                found = uow.runs.rulebook(run.rulebook_hash)
            self._rulebook = None if found is None else self._stored(found)

    def context(self, run: Run) -> Context:
        """Return what the steps of *run* are given."""
        self._join(run)
        return Context(
            store=self.store,
            rulebook=self.rulebook,
            home=self.settings.home,
            zone=self.settings.zone,
            key=self._key,
            as_of=run.as_of,
            now=self.now,
            run_id=run.run_id,
            lease=_lease(run),
            batch_size=self.settings.batch_size,
            rng=random.Random(run.run_id),  # noqa: S311 - jitter, not a secret
            workspace_name=self.settings.workspace_name,
            language=self.settings.language,
        )

    def finish(self, run: Run, state: RunState, detail: Mapping[str, object]) -> None:
        """Note how the run ended and give the lease back."""
        now = self.now()
        with self.store.transaction("finish") as uow:
            uow.runs.finish(run.run_id, state=state, finished_at=now, detail=detail)
            release(uow, _lease(run), now)

    @contextmanager
    def running(
        self, flow: str, as_of: dt.datetime | None
    ) -> Iterator[tuple[Run, dict[str, Any]]]:
        """Give a run that ends with the block, well or not, and room for its facts.

        Raise RunFoundProblems at the end where the facts name problems: the run did
        its work, but somebody has to look.
        """
        run = self.begin(flow, as_of)
        facts: dict[str, Any] = {}
        try:
            yield run, facts
        except BaseException as error:
            self.finish(run, RunState.FAILED, {**facts, "error": _what_failed(error)})
            raise
        if "problems" in facts:
            facts["problems"] = [*self.alarms, *facts["problems"]]
        self.finish(run, RunState.COMPLETED, facts)
        if problems := facts.get("problems"):
            raise RunFoundProblems(problems, facts)


def open_app(home: Path | None = None) -> App:
    """Open the workspace in *home*; raise ConfigurationError where it is none."""
    settings = load_settings(home)
    if not (settings.home / "rules").is_dir():
        raise ConfigurationError(
            f"{settings.home} is not a workspace: it has no rules/ folder; make one "
            "with `huixiang init DIR`, or set HUIXIANG_HOME"
        )
    return App(settings)


def _what_failed(error: BaseException) -> str:
    """Name an error; only our own messages are known to hold nobody's words."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, HuixiangError) else name


def _lease(run: Run) -> Lease:
    return Lease(name=WRITER, holder=run.holder, token=run.token)


def _texts(rulebook: Rulebook) -> Mapping[str, str]:
    return {name: text.decode("utf-8") for name, text in rulebook.texts.items()}


def _crash_hook(crash_at: int) -> Boundary:
    """Return what happens at a boundary: nothing, or sudden death at the n-th."""
    passed = 0

    def boundary(_: str) -> None:
        nonlocal passed
        passed += 1
        if passed == crash_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return boundary
