"""Accept a proposed theme: write it into the codeframe, checked before it counts."""

from dataclasses import dataclass, replace
from pathlib import Path

from huixiang.configuration.insert_theme import NewTheme, with_theme
from huixiang.configuration.problems import errors
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.insight import EmergingTheme, ProposalState
from huixiang.errors import ConfigurationError
from huixiang.steps.codeframe.emerging import known_words, open_proposal
from huixiang.steps.context import Context
from huixiang.steps.rules import parse_rules
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.rules.problems import problem_lines

FILE = "codeframe.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptedProposal:
    """What became of a proposal."""

    theme: NewTheme
    path: Path
    version_before: str
    version: str


def accept_proposal(
    context: Context, uow: UnitOfWork, proposal_id: str, theme: NewTheme, *, by: str
) -> AcceptedProposal:
    """Write *theme* into the codeframe and note the decision.

    Without keywords it takes those of the proposal that no theme has, without a
    touchpoint the one where most speak of it. Nothing is written that `huixiang check`
    would refuse.
    """
    path = context.home / "rules" / FILE
    proposal = open_proposal(uow, proposal_id)
    used = frozenset(uow.codeframes.hashes())
    theme = _completed(context, theme, proposal)
    raw = path.read_bytes()
    content, before, version = with_theme(raw.decode("utf-8"), theme, used)
    _check(context, path, content.encode("utf-8"))
    if path.read_bytes() != raw:
        raise ConfigurationError(
            f"{path} has just been edited; accept again", code="file_trouble"
        )
    uow.emerging.decide(
        proposal_id,
        ProposalState.ACCEPTED,
        at=context.as_of,
        by=by,
        theme=theme.theme_id,
    )
    _write(path, content.encode("utf-8"))
    return AcceptedProposal(
        theme=theme, path=path, version_before=before, version=version
    )


def theme_in_force(codeframe: Codeframe, theme_id: str) -> NewTheme:
    """Return a theme as the codeframe has it."""
    theme = codeframe.by_id[theme_id]
    return NewTheme(
        theme_id=theme.id,
        name_zh=theme.name.zh,
        name_en=theme.name.en,
        keywords=tuple(theme.keywords),
        parent=theme.parent,
        touchpoint=theme.touchpoint,
        owner=theme.owner,
    )


def _completed(context: Context, theme: NewTheme, proposal: EmergingTheme) -> NewTheme:
    known = known_words(context.rulebook.codeframe)
    place = proposal.touchpoints[0][0] if proposal.touchpoints else None
    on_journey = place in context.rulebook.journey.by_id
    return replace(
        theme,
        keywords=theme.keywords
        or tuple(word for word in proposal.keywords if word not in known),
        touchpoint=theme.touchpoint or (place if on_journey else None),
    )


def _check(context: Context, path: Path, content: bytes) -> None:
    """Refuse what would make the rules unusable, with the places that are wrong."""
    texts = {each.name: each.read_bytes() for each in path.parent.glob("[!.]*.y*ml")}
    reading = parse_rules({**texts, FILE: content}, name=context.home.name)
    if wrong := errors(reading.problems):
        lines = "\n".join(problem_lines(wrong, context.language))
        raise ConfigurationError(
            f"nothing was written; with this theme:\n{lines}", code="rules_unusable"
        )


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, with the rights it had."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.chmod(path.stat().st_mode)
    part.replace(path)
