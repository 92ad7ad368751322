"""Commands about the codeframe: its graph, its versions, the bridges between them."""

import click


@click.group("codeframe")
def codeframe_group() -> None:
    """统一码框：知识图谱、版本、过桥。The codeframe: graph, versions, bridges."""


COMMANDS = (codeframe_group,)
