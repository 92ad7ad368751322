"""The language model that is asked; without held-out figures it is not."""

from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.steps.coding.second_opinion import Adviser
from huixiang.store.engine import Store
from huixiang.understanding.language.instructions import Role, prompt_version
from huixiang.understanding.language.server import LanguageServer
from huixiang.wording.warnings import language_model_not_asked


@dataclass(frozen=True, kw_only=True, slots=True)
class AdviserInUse:
    """The language model that is asked, if any, and why the configured one is not."""

    adviser: Adviser | None = None
    alarm: str = ""


def adviser_in_use(
    store: Store,
    server: LanguageServer | None,
    codeframe: Codeframe,
    *,
    role: Role,
    budget: int,
) -> AdviserInUse:
    """Return *server* as adviser on *codeframe*, trusted as far as it was measured."""
    if server is None:
        return AdviserInUse()
    with store.reading() as uow:
        trust = uow.language.trust(prompt_version(server.name, codeframe))
    if trust is None:
        return AdviserInUse(alarm=language_model_not_asked(server.name))
    return AdviserInUse(
        adviser=Adviser(
            server=server,
            role=role,
            budget=budget,
            trust=trust,
        )
    )
