"""What a terminal would show of a table."""

import io

from rich.console import Console, RenderableType


def render_text(renderable: RenderableType, *, width: int = 120) -> str:
    """Return plain text without colours, no line wider than *width* cells."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    console.print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
