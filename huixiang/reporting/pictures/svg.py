"""Marks of a picture as plain SVG: numbers, our own colours and escaped text.

No name, id or link is written, hence nothing that could clash, load or differ between
two runs. Pictures say nothing aloud; `described` puts their words beside them.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from huixiang.domain.text import Bilingual

INK, MUTED, HAIR, GRID = "#1d2733", "#667085", "#dfe4ea", "#eef1f4"
ACCENT, BAR, REST = "#1f5f8b", "#e3e8ee", "#8fa1b0"
GOOD, DOUBTFUL, BAD = "#1a7f4b", "#a15c07", "#b42318"

FONT_SIZE = 12


def short(number: float) -> str:
    """Write a length to a tenth of a pixel."""
    return f"{round(number, 1) + 0:g}"


def mark(name: str, **attributes: float | str | None) -> Markup:
    """Return one mark; `stroke_width` becomes `stroke-width`, None is left out."""
    written = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"),
            value if isinstance(value, str) else short(value),
        )
        for key, value in attributes.items()
        if value is not None
    )
    return Markup("<{}{}/>").format(Markup(name), written)  # noqa: S704 - our own names


def label(words: str, **attributes: float | str | None) -> Markup:
    """Return text at a place."""
    opening = mark("text", **attributes)[:-2]
    return Markup("{}>{}</text>").format(opening, words)


def group(marks: Iterable[Markup], **attributes: float | str | None) -> Markup:
    """Return marks that share what *attributes* say."""
    opening = mark("g", **attributes)[:-2]
    return Markup("{}>{}</g>").format(opening, Markup("").join(marks))


def picture(
    width: float, height: float, marks: Iterable[Markup], css: str | None = None
) -> Markup:
    """Return a picture of a fixed size; screen readers pass it by."""
    opening = mark(
        "svg",
        aria_hidden="true",
        class_=css,
        width=width,
        height=height,
        viewBox=f"0 0 {short(width)} {short(height)}",
    )[:-2]
    return Markup("{}>{}</svg>").format(opening, Markup("").join(marks))


def described(drawn: Markup, words: Bilingual) -> Markup:
    """Return a picture with what it shows in words, for those who cannot see it."""
    return Markup(
        '<span class="unseen" lang="zh-CN">{}</span>'
        '<span class="unseen" lang="en">{}</span>{}'
    ).format(escape(words.zh), escape(words.en), drawn)
