"""Tables that people copy from."""

import io

import pytest
from rich.console import Console

from huixiang.cli.output import table


@pytest.mark.parametrize("shown", ["ai_0123456789abcdef", "item:ai_0123456789abcdef"])
def test_an_id_stays_on_one_line_however_narrow_the_table_is(shown):
    names = ("item", "kind", "status", "department", "theme")
    row = dict.fromkeys(names, "some-longer-word") | {"item": shown}
    out = io.StringIO()
    Console(file=out, width=60).print(table([row], names))

    assert shown in out.getvalue()
