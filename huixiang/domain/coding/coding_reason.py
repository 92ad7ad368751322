"""Why a text is coded as it is: codes with facts; the sentences are made in wording."""

import enum

from huixiang.domain.reason import Fact, Reason


class CodingReason(enum.StrEnum):
    """What a coding, or the answer about a whole text, rests on.

    Words of the text stand in the reason's `words`, everything else in its facts.
    """

    # the codeframe's rules
    RULE = "rule"  # facts: rule
    CARRIED_TONE = "carried_tone"  # a word of the theme that carries it; facts: weight
    TONE = "tone"  # a word of feeling; facts: weight
    NEGATED = "negated"
    NEIGHBOUR = "neighbour"  # the tone is that of a clause beside it
    IRONY = "irony"
    # the model
    THEME_CHANCE = "theme_chance"  # facts: chance
    FEELING_CHANCE = "feeling_chance"  # facts: polarity, chance
    TOGETHER = "together"  # facts: chance, least
    THEME_WORDS = "theme_words"
    FEELING_WORDS = "feeling_words"
    MODEL_AGREES = "model_agrees"  # facts: polarity, chance
    MODEL_DISAGREES = "model_disagrees"  # facts: polarity, chance
    MODEL_CORRECTS = "model_corrects"  # facts: before, polarity, chance
    MODEL_SILENT = "model_silent"  # it does not see the theme
    # the whole text
    TEXT_DISAGREES = "text_disagrees"  # facts: polarity, chance, stars
    TEXT_BY_MODEL = "text_by_model"  # facts: polarity, chance
    TEXT_BY_FEELING = "text_by_feeling"  # facts: polarity, chance
    NO_FEELING = "no_feeling"
    NO_WORDS = "no_words"
    DEPARTMENT_BY_MODEL = "department_by_model"  # facts: department, chance
    # the optional language model
    LANGUAGE_AGREES = "language_agrees"  # facts: polarity, chance
    LANGUAGE_DISAGREES = "language_disagrees"  # facts: polarity, chance
    LANGUAGE_CORRECTS = "language_corrects"  # facts: before, polarity, chance
    LANGUAGE_SILENT = "language_silent"
    LANGUAGE_ONLY = "language_only"  # facts: chance
    LANGUAGE_UNHEARD = "language_unheard"  # silent, unreadable or beyond the budget
    MENTION_MALFORMED = "mention_malformed"  # so it was ignored
    MENTION_OF_NO_THEME = "mention_of_no_theme"  # so it was ignored
    MENTION_NOT_IN_TEXT = "mention_not_in_text"  # so it was ignored; facts: theme
    # people
    REVIEW = "review"  # facts: review
    INSTEAD_OF = "instead_of"  # facts: polarity, coder, by
    # what an earlier version wrote and nothing here says any more
    KEPT = "kept"


Why = Reason[CodingReason]

CONTRADICTIONS = frozenset(
    {
        CodingReason.MODEL_DISAGREES,
        CodingReason.TEXT_DISAGREES,
        CodingReason.LANGUAGE_DISAGREES,
    }
)
"""Somebody says the opposite, and the coding stands."""
DISSENT = CONTRADICTIONS | {
    CodingReason.MODEL_CORRECTS,
    CodingReason.LANGUAGE_CORRECTS,
}
"""Rules, model, rating or language model did not say the same."""
SILENCE = frozenset({CodingReason.MODEL_SILENT, CodingReason.LANGUAGE_SILENT})
"""A model does not see what the coding says."""


def why(code: CodingReason, words: str = "", /, **facts: Fact) -> Why:
    """Return a reason."""
    return Reason(code=code, facts=facts, words=words)


class NoIssueReason(enum.StrEnum):
    """Why a negative coding waits for a person instead of joining an issue."""

    LOW_CONFIDENCE = "low_confidence"
    TOUCHPOINT_DISAGREES = "touchpoint_disagrees"  # the theme happens elsewhere
