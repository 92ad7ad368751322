"""What people call an event that many tell of."""

from collections.abc import Sequence

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.text import Bilingual
from huixiang.wording.language import LANGUAGES, Language, b
from huixiang.wording.names import UNNAMED_EVENT


def event_title(
    rulebook: Rulebook, key: IssueKey | None, names: Sequence[str]
) -> Bilingual:
    """Return names, place and theme of an event, as far as they are known."""
    zh, en = (_title(rulebook, key, names, language) for language in LANGUAGES)
    return b(zh or UNNAMED_EVENT.zh, en or UNNAMED_EVENT.en)


def _title(
    rulebook: Rulebook, key: IssueKey | None, names: Sequence[str], language: Language
) -> str:
    parts = [name.upper() for name in names[:2]]
    if key is not None:
        if key.unit != NOWHERE:
            parts.append(key.unit)
        if key.touchpoint != NOWHERE:
            parts.append(rulebook.journey.name(key.touchpoint, language))
        parts.append(rulebook.codeframe.name(key.theme, language))
    return " · ".join(dict.fromkeys(parts))
