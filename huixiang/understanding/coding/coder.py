"""Code a batch of feedback: rules first, the model beside them, everything with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Coding, Polarity
from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.domain.reason import Fact
from huixiang.domain.records.feedback import Channel, Feedback, NotCodable
from huixiang.understanding.coding.guesses import Guess, guess
from huixiang.understanding.coding.keywords import (
    Fallback,
    KeywordCoder,
    RuleCoding,
    need_tier,
)
from huixiang.understanding.coding.mentions import ModelMention, find_mentions
from huixiang.understanding.model.model_file import Model
from huixiang.understanding.model.weights import Weigher
from huixiang.understanding.text.batch import Batch, RatedText
from huixiang.understanding.text.ngrams import Grams, Recipe
from huixiang.understanding.text.segment import Segmenter

_CHUNK = 2000
"""Rows worked on at once; bounds the memory whatever the batch."""
_TRUSTED = 0.65
"""How sure the whole text must be to speak for a clause that says nothing."""
_OVERRULES = 0.8
"""How sure the model must be to correct the polarity that a clause's words suggest."""
_DOUBTED = 0.5
"""How sure a rule stays that the whole text and its rating speak against."""
_MIDDLE = 3.0
_FEELINGS: Mapping[str | None, Polarity] = {
    None: Polarity.NEUTRAL,
    **{str(each): each for each in Polarity},
}
_OPPOSITE = {
    Polarity.NEGATIVE: Polarity.POSITIVE,
    Polarity.POSITIVE: Polarity.NEGATIVE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TextAnswer:
    """What is understood of one text.

    `not_codable` says why there is no coding. `polarities` is how it would feel about each theme, mentioned or not.
    """

    codings: tuple[Coding, ...]
    polarity: Polarity
    polarity_confidence: float
    suggested_department: str | None = None
    department_confidence: float = 0.0
    not_codable: NotCodable | None = None
    reasons: tuple[Why, ...] = ()
    polarities: Mapping[str, Polarity] = field(default_factory=dict)


_NOTHING_SAID = TextAnswer(
    codings=(),
    polarity=Polarity.NEUTRAL,
    polarity_confidence=0.0,
    not_codable=NotCodable.NO_WORDS,
    reasons=(why(CodingReason.NO_WORDS),),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What is understood of one feedback; fields as in `TextAnswer`."""

    feedback_id: str
    codings: tuple[Coding, ...]
    polarity: Polarity
    polarity_confidence: float
    suggested_department: str | None = None
    department_confidence: float = 0.0
    not_codable: NotCodable | None = None
    reasons: tuple[Why, ...] = ()


class Coder:
    """A codeframe and, where one was trained, a model."""

    def __init__(self, codeframe: Codeframe | None, model: Model | None) -> None:
        self._codeframe = codeframe
        self._model = model
        self._rules = KeywordCoder(codeframe) if codeframe else None
        words = model.words if model else self._rules.vocabulary if self._rules else ()
        self._segmenter = Segmenter(words)
        self._recipe = model.recipe if model else Recipe()

    @property
    def version(self) -> str:
        """Name what decides: the codeframe's version and the model's."""
        frame = self._codeframe.version if self._codeframe else "-"
        return f"codeframe {frame}, model {self._model.version if self._model else '-'}"

    def code(self, batch: Sequence[Feedback]) -> list[Understood]:
        """Return one answer for each feedback, in order."""
        texts = [
            RatedText(
                words=each.words,
                stars=each.rating.stars if each.rating else None,
                complains=each.channel is Channel.COMPLAINT,
            )
            for each in batch
        ]
        answers = self.code_texts(texts)
        return [
            Understood(
                feedback_id=feedback.feedback_id,
                codings=answer.codings,
                polarity=answer.polarity,
                polarity_confidence=answer.polarity_confidence,
                suggested_department=answer.suggested_department,
                department_confidence=answer.department_confidence,
                not_codable=answer.not_codable,
                reasons=answer.reasons,
            )
            for feedback, answer in zip(batch, answers, strict=True)
        ]

    def code_texts(self, texts: Sequence[RatedText]) -> list[TextAnswer]:
        """Return one answer for each text, in order."""
        answers: list[TextAnswer] = []
        for start in range(0, len(texts), _CHUNK):
            answers += self._code_chunk(texts[start : start + _CHUNK])
        return answers

    def _code_chunk(self, texts: Sequence[RatedText]) -> list[TextAnswer]:
        batch = Batch(texts=texts, segmenter=self._segmenter, recipe=self._recipe)
        guesses = guess(self._model, batch)
        mentions: list[list[ModelMention]] = [[] for _ in texts]
        if self._model and self._model.mentions:
            mentions = find_mentions(
                self._model.mentions, batch, self._model.vocabulary
            )
        departments = self._with_words(batch, guesses.departments)
        weigher = self._weigher(batch, batch.clause_grams) if any(mentions) else None
        return [
            self._answer(batch, number, weigher, *each)
            for number, each in enumerate(
                zip(departments, guesses.polarities, mentions, strict=True)
            )
        ]

    def _weigher(self, batch: Batch, grams: Grams) -> Weigher | None:
        if self._model is None:
            return None
        return Weigher(
            words="".join(batch.words), grams=grams, vocabulary=self._model.vocabulary
        )

    def _with_words(self, batch: Batch, guesses: Sequence[Guess]) -> Sequence[Guess]:
        """Return departments, each with the words that speak most for it."""
        head = self._model.heads.get("department") if self._model else None
        weigher = self._weigher(batch, batch.grams)
        if head is None or weigher is None:
            return guesses
        told = []
        for number, each in enumerate(guesses):
            column = head.classes.index(each.answer or "")
            words = weigher.heaviest(number, number, head.weights[:, column])
            reason = replace(each.reason, words=words) if each.reason else None
            told.append(each._replace(reason=reason))
        return told

    def _answer(
        self,
        batch: Batch,
        number: int,
        weigher: Weigher | None,
        department: Guess,
        polarity: Guess,
        mentions: Sequence[ModelMention],
    ) -> TextAnswer:
        if not batch.words[number].strip():
            return _NOTHING_SAID
        feeling = _FEELINGS[polarity.answer]
        reason = polarity.reason or why(CodingReason.NO_FEELING)
        codings: list[Coding] = []
        if self._rules or mentions:
            told = feeling if polarity.chance >= _TRUSTED else Polarity.NEUTRAL
            codings = self._codings(
                batch, number, Fallback(polarity=told, reason=reason), mentions, weigher
            )
            stars = batch.texts[number].stars
            codings = [_beside_text(each, polarity, stars) for each in codings]
        return TextAnswer(
            codings=tuple(codings),
            polarity=feeling,
            polarity_confidence=polarity.chance,
            suggested_department=department.answer,
            department_confidence=department.chance,
            not_codable=None if codings else NotCodable.NO_THEME,
            reasons=(department.reason, reason) if department.reason else (reason,),
            polarities=_polarities(codings, mentions) if codings or mentions else {},
        )

    def _codings(
        self,
        batch: Batch,
        number: int,
        fallback: Fallback,
        mentions: Sequence[ModelMention],
        weigher: Weigher | None,
    ) -> list[Coding]:
        """Return the rules' codings, checked against the model, and the model's own."""
        original = batch.texts[number].words
        by_rule: list[RuleCoding] = []
        if self._rules:
            by_rule = self._rules.code(
                original, batch.words[number], batch.clauses[number], fallback
            )
        by_theme = {each.theme: each for each in mentions if each.is_told}
        known = {each.coding.theme for each in by_rule}
        joined = [
            self._checked(each, by_theme.get(each.coding.theme)) for each in by_rule
        ]
        own = [
            self._by_model(batch, number, mention, weigher)
            for mention in by_theme.values()
            if mention.theme not in known
        ]
        return self._most_specific(joined + own)

    def _most_specific(self, codings: list[Coding]) -> list[Coding]:
        """Leave out a parent that rests on the same words as one of its children."""
        frame = self._codeframe
        if frame is None:
            return codings
        covered = {
            (parent, child.span)
            for child in codings
            if child.theme in frame.by_id
            for parent in frame.ancestors(child.theme)
        }
        return [
            each
            for each in codings
            if not any(
                each.theme == parent
                and each.span[0] < span[1]
                and span[0] < each.span[1]
                for parent, span in covered
            )
        ]

    def _checked(self, rule: RuleCoding, mention: ModelMention | None) -> Coding:
        """Set a rule's coding beside the model's: agreement, dissent, or correction."""
        coding = rule.coding
        if self._model is None or self._model.mentions is None:
            return coding
        if mention is None:
            silent = coding.theme in self._model.mentions.themes
            return _because(coding, CodingReason.MODEL_SILENT) if silent else coding
        told: dict[str, Fact] = {
            "polarity": mention.polarity,
            "chance": round(mention.polarity_probability, 2),
        }
        if mention.polarity == coding.polarity:
            sure = max(coding.confidence, mention.probability)
            agreed = _because(coding, CodingReason.MODEL_AGREES, **told)
            return replace(agreed, confidence=sure)
        if not _overrules(rule, mention):
            return _because(coding, CodingReason.MODEL_DISAGREES, **told)
        polarity = Polarity(mention.polarity)
        theme = self._codeframe.by_id.get(coding.theme) if self._codeframe else None
        before = coding.polarity.value
        corrected = _because(coding, CodingReason.MODEL_CORRECTS, before=before, **told)
        return replace(
            corrected,
            polarity=polarity,
            confidence=mention.polarity_probability,
            need_tier=need_tier(theme, polarity),
        )

    def _by_model(
        self, batch: Batch, number: int, mention: ModelMention, weigher: Weigher | None
    ) -> Coding:
        first, last = (batch.clauses[number][each] for each in mention.clauses)
        original = batch.texts[number].words
        start, end = _trim(original, first.start, last.end)
        theme = self._codeframe.by_id.get(mention.theme) if self._codeframe else None
        polarity = Polarity(mention.polarity)
        return Coding(
            theme=mention.theme,
            polarity=polarity,
            evidence=original[start:end],
            span=(start, end),
            confidence=min(1.0, mention.probability),
            coder=CoderKind.MODEL,
            coder_id=self._model.version if self._model else "",
            need_tier=need_tier(theme, polarity),
            reasons=self._why(batch, number, mention, weigher),
        )

    def _why(
        self, batch: Batch, number: int, mention: ModelMention, weigher: Weigher | None
    ) -> tuple[Why, ...]:
        """Return the chances, what they had to reach, and the words that weigh most."""
        theme = why(CodingReason.THEME_CHANCE, chance=round(mention.probability, 2))
        feeling = why(
            CodingReason.FEELING_CHANCE,
            polarity=mention.polarity,
            chance=round(mention.polarity_probability, 2),
        )
        head = self._model.mentions if self._model else None
        if head is None or weigher is None:
            return theme, feeling
        together = mention.probability * mention.polarity_probability
        least = why(
            CodingReason.TOGETHER,
            chance=round(together, 2),
            least=round(mention.least, 2),
        )
        rows = [batch.clause_starts[number] + each for each in mention.clauses]
        column = head.themes.index(mention.theme)
        about = weigher.heaviest(rows[0], rows[1], head.theme_weights[:, column])
        way = head.polarities.index(mention.polarity)
        others = head.window_weights.mean(axis=1)
        felt = weigher.heaviest(rows[0], rows[1], head.window_weights[:, way] - others)
        told = ((CodingReason.THEME_WORDS, about), (CodingReason.FEELING_WORDS, felt))
        words = (why(code, said) for code, said in told if said)
        return (theme, feeling, least, *words)


def _beside_text(coding: Coding, text: Guess, stars: float | None) -> Coding:
    """Doubt a rule where the whole text and its rating both say the opposite."""
    if coding.coder is not CoderKind.RULE or stars is None:
        return coding
    opposite = _OPPOSITE.get(coding.polarity)
    rated = Polarity.POSITIVE if stars > _MIDDLE else Polarity.NEGATIVE
    if opposite is None or text.answer != opposite or rated is not opposite:
        return coding
    if text.chance < _OVERRULES or stars == _MIDDLE:
        return coding
    doubted = _because(
        coding,
        CodingReason.TEXT_DISAGREES,
        polarity=opposite.value,
        chance=round(text.chance, 2),
        stars=stars,
    )
    return replace(doubted, confidence=min(coding.confidence, _DOUBTED))


def _because(coding: Coding, code: CodingReason, **facts: Fact) -> Coding:
    """Return the coding with one more reason."""
    return replace(coding, reasons=(*coding.reasons, why(code, **facts)))


def _overrules(rule: RuleCoding, mention: ModelMention) -> bool:
    return not rule.carries_tone and mention.polarity_probability >= _OVERRULES


def _polarities(
    codings: Sequence[Coding], mentions: Sequence[ModelMention]
) -> dict[str, Polarity]:
    """Return a feeling for each theme: the balanced one, a rule's where a rule spoke."""
    by_model = {each.theme: Polarity(each.balanced) for each in mentions}
    by_rule = {
        coding.theme: coding.polarity
        for coding in codings
        if coding.coder is CoderKind.RULE
    }
    return by_model | by_rule


def _trim(original: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and punctuation around it."""
    while end > start + 1 and not original[end - 1].isalnum():
        end -= 1
    while start < end - 1 and not original[start].isalnum():
        start += 1
    return start, end
