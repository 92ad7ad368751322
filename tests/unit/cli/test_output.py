"""Tables that people copy from."""

import io

from rich.console import Console

from huixiang.cli.output import table


def test_an_id_stays_on_one_line_however_narrow_the_table_is():
    names = ("item", "kind", "status", "department", "theme")
    row = dict.fromkeys(names, "some-longer-word") | {"item": "ai_0123456789abcdef"}
    out = io.StringIO()
    Console(file=out, width=60).print(table([row], names))

    assert "ai_0123456789abcdef" in out.getvalue()
