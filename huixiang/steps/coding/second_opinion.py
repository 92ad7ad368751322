"""Second opinion: ask the optional language model where the coders are unsure."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from huixiang.clock import Now
from huixiang.domain.coding.codeframe import Codeframe, Polarity
from huixiang.domain.coding.coding_reason import CodingReason, why
from huixiang.domain.coding.training import LanguageTrust
from huixiang.domain.records.feedback import Feedback
from huixiang.errors import ConfigurationError, LanguageModelSilent
from huixiang.intake.redaction import mask
from huixiang.steps.context import Context, short_id
from huixiang.store.engine import Store
from huixiang.store.queries.coding.language_calls import LanguageCall
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.coding.coder import TextAnswer, Understood
from huixiang.understanding.language.instructions import (
    Message,
    Opinion,
    Role,
    measured_trust,
    prompt_version,
    question,
    read_opinion,
    wants_opinion,
    weigh,
)
from huixiang.understanding.language.server import LanguageServer, Reply
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.training.labelled_files import figures

_AT_ONCE = 4
"""Questions under way at a time; a whole round of silence ends the asking."""
Ask = Callable[[Sequence[Message]], Reply]


@dataclass(frozen=True, kw_only=True, slots=True)
class Adviser:
    """A language model that may be asked, and how far it is trusted."""

    server: LanguageServer
    role: Role
    budget: int
    trust: LanguageTrust


def advised(
    context: Context,
    adviser: Adviser,
    batch: Sequence[Feedback],
    understood: Sequence[Understood],
) -> list[Understood]:
    """Return what is understood once the language model was heard.

    What it does not answer, or what is beyond the budget, stays as it was and says so.
    """
    wanted = {
        feedback.feedback_id: feedback.words
        for feedback, each in zip(batch, understood, strict=True)
        if wants_opinion(each, adviser.role)
    }
    replies = _replies(context, adviser, sorted(set(wanted.values())))
    return [
        _heard(context, adviser, each, wanted.get(each.feedback_id), replies)
        for each in understood
    ]


def _heard(
    context: Context,
    adviser: Adviser,
    understood: Understood,
    words: str | None,
    replies: Mapping[str, str],
) -> Understood:
    if words is None:
        return understood
    opinion = _opinion(replies.get(words), words, context.rulebook.codeframe, adviser)
    if opinion is None:
        return _unheard(understood)
    return weigh(understood, opinion, adviser.trust)


def _opinion(
    reply: str | None, words: str, codeframe: Codeframe, adviser: Adviser
) -> Opinion | None:
    if reply is None:
        return None
    coder_id = f"language_model:{adviser.server.name}"
    return read_opinion(reply, words, codeframe, coder_id=coder_id)


def _unheard(understood: Understood) -> Understood:
    unheard = why(CodingReason.LANGUAGE_UNHEARD)
    return replace(understood, reasons=(*understood.reasons, unheard))


def _replies(
    context: Context, adviser: Adviser, words: Sequence[str]
) -> dict[str, str]:
    """Return the answers by words: known ones, then as many new ones as may be asked."""
    codeframe = context.rulebook.codeframe
    version = prompt_version(adviser.server.name, codeframe)
    keys = {_key(version, each): each for each in words}
    with context.store.reading() as uow:
        known = uow.language.replies(list(keys))
        left = adviser.budget - uow.language.n_asked(context.run_id)
    new = [(key, each) for key, each in keys.items() if key not in known][
        : max(0, left)
    ]
    for round_ in _asked(adviser.server.ask, codeframe, new):
        with context.transaction("language model") as uow:
            _keep(uow, round_, run_id=context.run_id, now=context.now)
        known |= {key: reply.text for key, reply in round_.items() if reply}
    return {keys[key]: reply for key, reply in known.items()}


def _key(version: str, words: str) -> str:
    return short_id("lq", version, words)


def _asked(
    ask: Ask, codeframe: Codeframe, new: Sequence[tuple[str, str]]
) -> Iterator[dict[str, Reply | None]]:
    """Yield the answers round by round, None for silence; end after a silent round."""

    def one(words: str) -> Reply | None:
        try:
            return ask(question(words, codeframe))
        except LanguageModelSilent:
            return None

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            replies = pool.map(one, [words for _, words in part])
            round_ = {key: reply for (key, _), reply in zip(part, replies, strict=True)}
            yield round_
            if not any(round_.values()):
                return


def _keep(
    uow: UnitOfWork, round_: Mapping[str, Reply | None], *, run_id: str, now: Now
) -> None:
    uow.language.add(
        [
            LanguageCall(
                call_id=short_id("lc", run_id, key),
                question=key,
                run_id=run_id,
                asked_at=now(),
                reply=reply.text if reply else None,
                n_tokens=reply.n_tokens if reply else 0,
            )
            for key, reply in round_.items()
        ]
    )


def evaluate_language_model(
    server: LanguageServer, codeframe: Codeframe, rows: Sequence[LabelledRow]
) -> tuple[dict[str, Any], LanguageTrust]:
    """Return a language model's figures on labels, and the trust they earn.

    The words are masked before they leave. Rows it does not answer count as wrong.
    Raise ConfigurationError where no row has mentions, LanguageModelSilent where it
    answers nothing.
    """
    labelled = [row for row in rows if row.mentions is not None]
    if not labelled:
        raise ConfigurationError(
            "no row has `mentions`; a language model is judged by them (JSON Lines)"
        )
    words = [mask(row.as_text.words) for row in labelled]
    new = [(str(number), each) for number, each in enumerate(words)]
    replies: dict[str, Reply | None] = {}
    for round_ in _asked(server.ask, codeframe, new):
        replies |= round_
    if not any(replies.values()):
        server.ask(question(words[0], codeframe))  # raises with the reason
    answers = [
        _as_answer(replies.get(str(number)), each, codeframe, server)
        for number, each in enumerate(words)
    ]
    told = [
        [(label.theme, label.polarity) for label in row.mentions or ()]
        for row in labelled
    ]
    found = {**figures(labelled, answers), "name": server.name}
    found.pop("department", None)
    found.pop("polarity", None)
    found["n_answered"] = sum(each is not None for each in replies.values())
    found["n_tokens"] = sum(each.n_tokens for each in replies.values() if each)
    return found, measured_trust(told, [each.codings for each in answers])


def keep_figures(
    store: Store,
    server: LanguageServer,
    codeframe: Codeframe,
    figures: Mapping[str, Any],
    trust: LanguageTrust,
    *,
    at: dt.datetime,
) -> None:
    """Keep what *server* reached on labels: it may be asked from now on."""
    with store.transaction("figures") as uow:
        uow.language.keep_figures(
            prompt_version(server.name, codeframe),
            name=server.name,
            codeframe_version=codeframe.version,
            evaluated_at=at,
            figures=figures,
            trust=trust,
        )


def _as_answer(
    reply: Reply | None, words: str, codeframe: Codeframe, server: LanguageServer
) -> TextAnswer:
    opinion = (
        read_opinion(reply.text, words, codeframe, coder_id=server.name)
        if reply
        else None
    )
    mentions = opinion.mentions if opinion else ()
    return TextAnswer(
        codings=mentions,
        polarity=opinion.polarity if opinion else Polarity.NEUTRAL,
        polarity_confidence=0.0,
        polarities={each.theme: each.polarity for each in mentions},
    )
