"""Find the words of texts that no dictionary, codeframe or model knows."""

from collections.abc import Mapping, Sequence

import numpy as np

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.understanding.coding.keywords import KeywordCoder
from huixiang.understanding.model.base import base_model
from huixiang.understanding.model.model_file import Model
from huixiang.understanding.text.batch import Batch, RatedText
from huixiang.understanding.text.ngrams import Recipe
from huixiang.understanding.text.segment import Segmenter, is_dictionary_word

_SHORTEST, _LONGEST = 2, 4
"""Words of these lengths are character n-grams that every vocabulary is made of."""


def unseen_words(
    texts: Mapping[str, str], model: Model | None, codeframe: Codeframe
) -> dict[str, list[str]]:
    """Return, for each text by its key, the words that nothing has seen."""
    if not texts:
        return {}
    told = set(KeywordCoder(codeframe).vocabulary)
    segmenter = Segmenter(sorted(told))
    recipe = Recipe(char_max=_LONGEST, word_max=0, lead=0)
    made = [RatedText(words=words) for words in texts.values()]
    batch = Batch(texts=made, segmenter=segmenter, recipe=recipe)
    seen = _seen(batch, model)
    cut = segmenter.cut(batch.words)
    return {
        key: _unseen(cut[number], number, seen, told)
        for number, key in enumerate(texts)
    }


def _unseen(
    words: Sequence[str], row: int, seen: set[tuple[int, str]], told: set[str]
) -> list[str]:
    return list(
        dict.fromkeys(
            word
            for word in words
            if _SHORTEST <= len(word) <= _LONGEST
            and word.isalpha()
            and not word.isascii()
            and (row, word) not in seen
            and word not in told
            and not is_dictionary_word(word)
        )
    )


def _seen(batch: Batch, model: Model | None) -> set[tuple[int, str]]:
    """Return (row, n-gram) of what one of the vocabularies holds."""
    grams = batch.grams
    known = base_model().vocabulary.find(grams.key) >= 0
    if model is not None:
        known |= model.vocabulary.find(grams.key) >= 0
    offsets = np.cumsum([0, *map(len, batch.words)])
    found = set()
    for place in np.flatnonzero(known).tolist():
        row = int(grams.row[place])
        start, end = (
            int(each[place]) - offsets[row] for each in (grams.start, grams.end)
        )
        found.add((row, batch.words[row][start:end]))
    return found
