"""The reviewer's desk: one feedback after the other, one key for each decision."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import click

from huixiang.app import App
from huixiang.cli.decisions import by_hand, decided
from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import WithdrawReview
from huixiang.domain.coding.review import Queued
from huixiang.domain.text import Language
from huixiang.errors import Busy
from huixiang.steps.acts.decisions import note_of
from huixiang.steps.review.draft import ReviewDraft, draft_of, themes_called
from huixiang.steps.review.reviews import (
    follow_reviews,
    new_review,
)
from huixiang.wording.coding.review import (
    ASK_THEME,
    DONE,
    HELP,
    KEYS,
    NO_SUCH_THEME,
    NOTHING_TO_UNDO,
    TAKEN_BACK,
    WAITS,
    card,
    mention_lines,
)

ACCEPT, SKIP, BACK, QUIT = "accept", "skip", "back", "quit"
_CLOSED = ("", "\x03", "\x04", "q")
"""A closed pipe, Ctrl-C, Ctrl-D and the key: the desk is left the same way."""
_SHOWN = 12


@dataclass
class ReviewDesk:
    """A sitting: who reviews, what was decided, how keys are read."""

    app: App
    reviewer: str
    passed: list[tuple[int, str | None]] = field(default_factory=list)
    """Where the reviewer has been, and the review made there; None: skipped."""

    @property
    def _language(self) -> Language:
        return self.app.settings.language

    def sit(self, queued: Sequence[Queued]) -> None:
        """Show one after the other until all are done or the reviewer leaves."""
        place = 0
        while 0 <= place < len(queued):
            click.echo(
                f"\n{card(queued[place], place + 1, len(queued), self._language)}"
            )
            ended, draft = self._decide(queued[place])
            if ended == QUIT:
                break
            place = self._next(place, ended, draft, queued[place])

    def _next(self, place: int, ended: str, draft: ReviewDraft, queued: Queued) -> int:
        if ended == BACK:
            return self._take_back(place)
        made = None if ended == SKIP else self._keep(draft, queued)
        self.passed.append((place, made))
        return place + 1

    def _decide(self, queued: Queued) -> tuple[str, ReviewDraft]:
        """Read keys until the draft is accepted, skipped, or left."""
        draft = draft_of(queued.candidate, self.app.rulebook.codeframe)
        self._show(draft, queued)
        click.echo(f"  {KEYS.get(self._language)}")
        while True:
            key = _read_key()
            if key in _CLOSED:
                return QUIT, draft
            if key in {"a", "\r", "\n"}:
                return ACCEPT, draft
            if key == "s":
                return SKIP, draft
            if key == "u" and draft.before is None:
                return BACK, draft
            draft = self._changed(draft, key)
            self._show(draft, queued)

    def _changed(self, draft: ReviewDraft, key: str) -> ReviewDraft:
        if key.isdigit() and key != "0":
            return draft.choose(int(key) - 1)
        simple: dict[str, Callable[[], ReviewDraft]] = {
            "p": draft.with_next_polarity,
            "n": draft.without_current,
            "u": draft.undone,
        }
        if key in simple:
            return simple[key]()
        if key in {"t", "+"}:
            theme = self._ask_theme()
            change = draft.with_theme if key == "t" else draft.with_added
            return change(theme) if theme else draft
        click.echo(f"  {HELP.get(self._language)}")
        return draft

    def _ask_theme(self) -> str | None:
        """Ask until one theme is meant; nothing said changes nothing."""
        while words := _read_line(ASK_THEME.get(self._language)):
            found = themes_called(words, self.app.rulebook.codeframe)
            if len(found) == 1:
                return found[0]
            click.echo(self._which(found))
        return None

    def _which(self, found: Sequence[str]) -> str:
        """Name the themes that may be meant."""
        if not found:
            return f"  {NO_SUCH_THEME.get(self._language)}"
        frame = self.app.rulebook.codeframe
        return "\n".join(
            f"    {frame.name(each, self._language)} ({each})"
            for each in found[:_SHOWN]
        )

    def _show(self, draft: ReviewDraft, queued: Queued) -> None:
        frame = self.app.rulebook.codeframe
        for line in mention_lines(
            draft.mentions, draft.chosen, queued.candidate, frame, self._language
        ):
            click.echo(line)

    def _keep(self, draft: ReviewDraft, queued: Queued) -> str:
        """Keep a decision at once: whatever happens next, it was made."""
        review = new_review(
            queued.candidate.feedback_id,
            draft.mentions,
            reviewer=self.reviewer,
            at=self.app.now(),
            seen=queued.candidate.codings,
        )
        new = by_hand(
            TargetKind.FEEDBACK,
            review.feedback_id,
            note_of(review),
            by=self.reviewer,
        )
        decided(self.app, new)
        return review.review_id

    def _take_back(self, place: int) -> int:
        if not self.passed:
            click.echo(f"  {NOTHING_TO_UNDO.get(self._language)}")
            return place
        before, review_id = self.passed.pop()
        if review_id is not None:
            new = by_hand(
                TargetKind.REVIEW, review_id, WithdrawReview(), by=self.reviewer
            )
            decided(self.app, new)
            click.echo(f"  {TAKEN_BACK.get(self._language)}")
        return before

    def close(self) -> None:
        """Let codings follow what was decided, and say how much that was."""
        n_applied = follow(self.app)
        words = DONE.get(self._language)
        n = sum(made is not None for _, made in self.passed)
        skipped = len(self.passed) - n
        click.echo(words.format(n=n, skipped=skipped, applied=n_applied or 0))
        if n_applied is None:
            click.echo(WAITS.get(self._language), err=True)


def follow(app: App) -> int | None:
    """Let codings follow the reviews now; None where another run is writing."""
    try:
        with app.running("review", None) as run:
            n_settled = follow_reviews(run.context, run.equipment.router)
            run.facts["n_settled"] = n_settled
            return n_settled
    except Busy:
        return None


def _read_key() -> str:
    """Return one key; from a pipe the first character of a line, an empty one: Enter."""
    if sys.stdin.isatty():
        try:
            return click.getchar()
        except (EOFError, KeyboardInterrupt):
            return ""
    line = sys.stdin.readline()
    return line.strip()[:1] or "\n" if line else ""


def _read_line(question: str) -> str:
    click.echo(f"  {question}", nl=not sys.stdin.isatty())
    return sys.stdin.readline().strip()
