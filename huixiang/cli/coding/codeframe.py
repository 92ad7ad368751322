"""Commands about the codeframe: its graph, its versions, the bridges between them."""

import dataclasses
from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, emit, home_option, print_json, show, table
from huixiang.domain.coding.bridge import (
    CrossedBridge,
    Disagreement,
    MoveAgreement,
    disagreement,
)
from huixiang.domain.text import LANGUAGES, Language, code_of


class LanguageChoice(click.Choice[Language]):
    """One of the languages; the spelling of older scripts is understood."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Language:
        """Return the code of the language."""
        return super().convert(code_of(value), param, ctx)


@click.group("codeframe")
def codeframe_group() -> None:
    """统一码框：知识图谱、版本、过桥。The codeframe: graph, versions, bridges."""


@codeframe_group.command("graph")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "dot", "svg", "html"]),
    default="text",
    show_default=True,
    help="文字树、JSON、Graphviz 或图片。A text tree, JSON, Graphviz, or a picture.",
)
@click.option(
    "--language",
    type=LanguageChoice(LANGUAGES),
    help="语言（默认 HUIXIANG_LANGUAGE）。The language (default HUIXIANG_LANGUAGE).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写进文件。Write it to a file.",
)
@home_option
@as_json
def graph(
    form: str,
    language: Language | None,
    out: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """症状 → 原因 → 部门。Symptom → cause → department: the knowledge graph."""
    text = _drawn("json" if as_json else form, language, home)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        click.echo(out)


def _drawn(form: str, language: Language | None, home: Path | None) -> str:
    import json

    from huixiang.app import open_app
    from huixiang.reporting.pictures import codeframe_graph, codeframe_picture
    from huixiang.steps.reads.codeframe import knowledge_graph

    app = open_app(home).prepare()
    found = knowledge_graph(app.store, app.rulebook)
    if form == "json":
        plain = codeframe_graph.as_json(found)
        return json.dumps(plain, ensure_ascii=False, indent=2)
    draw = {
        "text": codeframe_graph.as_text,
        "dot": codeframe_graph.as_dot,
        "svg": codeframe_picture.as_svg,
        "html": codeframe_picture.as_html,
    }[form]
    return draw(found, language or app.settings.language)


@codeframe_group.command("versions")
@home_option
@as_json
def versions(home: Path | None, as_json: bool) -> None:
    """用过的版本。The versions this workspace has used."""
    from huixiang.app import open_app
    from huixiang.steps.reads.codeframe import used_versions

    app = open_app(home).prepare()
    rows = used_versions(app.store)
    current = app.rulebook.codeframe.version
    shown = [
        {
            "version": row.version,
            "first_used": row.first_used_at,
            "n_codings": row.n_codings,
            "content": row.content_hash[:12],
            "current": "✓" if row.version == current else "",
        }
        for row in rows
    ]
    emit(
        shown,
        ("version", "first_used", "n_codings", "content", "current"),
        json_wanted=as_json,
    )


@codeframe_group.command("diff")
@click.argument("old")
@click.argument("new")
@home_option
@as_json
def diff(old: str, new: str, home: Path | None, as_json: bool) -> None:
    """两个版本（版本号或文件）差在哪里。What differs between two versions or files."""
    from huixiang.app import open_app
    from huixiang.steps.codeframe.versions import changes, named_frame

    app = open_app(home).prepare()
    found = changes(named_frame(app.store, old), named_frame(app.store, new))
    if as_json:
        print_json(found)
        return
    rows = [
        {
            "change": each.change,
            "what": each.what,
            "id": each.id,
            "fields": "\n".join(
                f"{field}: {_words(left)} → {_words(came)}"
                for field, (left, came) in each.fields.items()
            ),
        }
        for each in found
    ]
    show(table(rows, ("change", "what", "id", "fields")))


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "–"
    if hasattr(value, "zh"):
        return f"{value.zh} / {value.en}"
    return "–" if value is None else str(value)


@codeframe_group.command("bridge")
@home_option
@as_json
def bridge(home: Path | None, as_json: bool) -> None:
    """版本之间的桥：两边编码差多少。Bridges between versions, and their error."""
    from huixiang.app import open_app
    from huixiang.steps.reads.codeframe import crossed_bridges

    bridges = crossed_bridges(open_app(home).prepare().store)
    if as_json:
        print_json([_bridge_row(each) for each in bridges])
        return
    for each in bridges:
        holds = "✓" if each.holds else "✗"
        click.echo(
            f"{each.from_version} → {each.to_version} {holds}  "
            f"{_share(each.disagreement)} (≤ {each.max_error:.0%})  "
            f"{each.first_on} … {each.last_on}, n = {each.n_feedback}"
        )
        show(table([_figure(figure) for figure in each.figures], _FIGURES))


_FIGURES = ("old", "new", "kind", "n", "n_disagree", "error", "shares")


def _bridge_row(bridge: CrossedBridge) -> dict[str, Any]:
    error = bridge.disagreement
    return {
        **dataclasses.asdict(bridge),
        "crossed_on": bridge.last_on,
        "n": bridge.n_mentions,
        "error": error.value if error else None,
        "low": error.low if error else None,
        "high": error.high if error else None,
        "holds": bridge.holds,
    }


def _figure(figure: MoveAgreement) -> dict[str, Any]:
    shares = figure.shares if len(figure.new) > 1 else {}
    error = disagreement(figure.n_disagree, figure.n)
    return {
        "kind": figure.kind,
        "n": figure.n,
        "n_disagree": figure.n_disagree,
        "old": ", ".join(figure.old),
        "new": ", ".join(figure.new) or "–",
        "error": _share(error),
        "shares": "  ".join(f"{name} {share:.0%}" for name, share in shares.items()),
    }


def _share(error: Disagreement | None) -> str:
    if error is None:
        return "–"
    return f"{error.value:.1%} ({error.low:.1%} … {error.high:.1%})"


COMMANDS = (codeframe_group,)
