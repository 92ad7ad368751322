"""One feedback on the desk of a reviewer: every key makes a new draft, none is lost."""

from dataclasses import dataclass, replace

from huixiang.domain.coding.codeframe import Codeframe, Polarity
from huixiang.domain.coding.review import Candidate, Mention

_NEXT = {
    Polarity.NEGATIVE: Polarity.NEUTRAL,
    Polarity.NEUTRAL: Polarity.POSITIVE,
    Polarity.POSITIVE: Polarity.NEGATIVE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewDraft:
    """What would be decided if the reviewer accepted now; `before` is for undo."""

    mentions: tuple[Mention, ...]
    chosen: int = 0
    before: "ReviewDraft | None" = None

    @property
    def current(self) -> Mention | None:
        """The mention that keys speak of."""
        return self.mentions[self.chosen] if self.mentions else None

    def choose(self, number: int) -> "ReviewDraft":
        """Speak of another mention from now on."""
        return replace(self, chosen=number) if number < len(self.mentions) else self

    def with_theme(self, theme: str) -> "ReviewDraft":
        """Give the current mention another theme; join it with one that is there."""
        if self.current is None:
            return self.with_added(theme)
        changed = replace(self.current, theme=theme)
        return self._changed(_once(self._put(changed)))

    def with_next_polarity(self) -> "ReviewDraft":
        """Turn the current mention's polarity: negative, neutral, positive."""
        if self.current is None:
            return self
        polarity = _NEXT[self.current.polarity]
        return self._changed(self._put(replace(self.current, polarity=polarity)))

    def without_current(self) -> "ReviewDraft":
        """Say that the current theme is not there."""
        rest = (*self.mentions[: self.chosen], *self.mentions[self.chosen + 1 :])
        return self._changed(rest) if self.mentions else self

    def with_added(
        self, theme: str, polarity: Polarity = Polarity.NEGATIVE
    ) -> "ReviewDraft":
        """Add a theme that nobody saw, and speak of it from now on."""
        if any(each.theme == theme for each in self.mentions):
            return self
        added = (*self.mentions, Mention(theme=theme, polarity=polarity))
        return replace(self._changed(added), chosen=len(added) - 1)

    def undone(self) -> "ReviewDraft":
        """Return the draft as it was before the last change."""
        return self.before or self

    def _put(self, mention: Mention) -> tuple[Mention, ...]:
        return tuple(
            mention if number == self.chosen else each
            for number, each in enumerate(self.mentions)
        )

    def _changed(self, mentions: tuple[Mention, ...]) -> "ReviewDraft":
        last = max(len(mentions) - 1, 0)
        return ReviewDraft(
            mentions=mentions, chosen=min(self.chosen, last), before=self
        )


def _once(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Keep the last of mentions of the same theme."""
    return tuple({each.theme: each for each in mentions}.values())


def draft_of(candidate: Candidate, codeframe: Codeframe) -> ReviewDraft:
    """Return a draft that takes the machine at its word, where the theme still exists."""
    said = {
        each.theme: Mention(
            theme=each.theme,
            polarity=each.polarity,
            evidence=each.evidence,
            span=each.span,
        )
        for each in candidate.codings
        if each.theme in codeframe.by_id
    }
    return ReviewDraft(mentions=tuple(said.values()))


def themes_called(words: str, codeframe: Codeframe) -> list[str]:
    """Return the themes that *words* may mean: an id or a name, else parts of them."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    names = {
        theme.id: {theme.id.casefold(), theme.name.zh, theme.name.en.casefold()}
        for theme in codeframe.themes
    }
    exact = [key for key, known in names.items() if wanted in known]
    return exact or [
        key for key, known in names.items() if any(wanted in each for each in known)
    ]
