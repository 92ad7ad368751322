"""Write a new theme into codeframe.yaml without touching a word of the rest."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import yaml

from huixiang.errors import ConfigurationError

_BOM = "\ufeff"
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTheme:
    """What a person says of a theme that is new."""

    theme_id: str
    name_zh: str
    name_en: str
    keywords: tuple[str, ...]
    parent: str | None = None
    touchpoint: str | None = None
    owner: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Edit:
    """Replace the text from `start` to `end`."""

    start: int
    end: int
    text: str


def with_theme(
    content: str, theme: NewTheme, used: Collection[str]
) -> tuple[str, str, str]:
    """Return codeframe.yaml with *theme* as its last, and the old and new version.

    The version is raised to one not in *used*, and a bridge leads from the old one to
    it, so that trends go on. Raise ConfigurationError where the file is laid out so
    that nothing can be added by text.
    """
    text = content.removeprefix(_BOM).replace("\r\n", "\n")
    top = _top(text)
    before = str(top["version"].value)
    after = next_version(before, used)
    edits = [  # where two meet at the end of the file, the first stands last
        _bridge_edit(text, top.get("bridges"), before, after),
        _appended(text, _themes(top), _theme_lines(theme)),
        _version_edit(text, top["version"], after),
    ]
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    text = text.replace("\n", "\r\n") if "\r\n" in content else text
    return (_BOM if content.startswith(_BOM) else "") + text, before, after


def next_version(version: str, used: Collection[str]) -> str:
    """Return the version with its last number raised to one nobody used."""
    if not _LAST_NUMBER.search(version):
        version = f"{version}.0"
    while True:
        version = _LAST_NUMBER.sub(_one_more, version)
        if version not in used:
            return version


def _one_more(match: re.Match[str]) -> str:
    return str(int(match[0]) + 1).zfill(len(match[0]))


def _top(text: str) -> dict[str, yaml.Node]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise _by_hand("the file is not a block of keys")
    top = {str(key.value): value for key, value in root.value}
    if not isinstance(top.get("version"), yaml.ScalarNode):
        raise _by_hand("it has no version")
    return top


def _themes(top: dict[str, yaml.Node]) -> yaml.SequenceNode:
    themes = top.get("themes")
    if not isinstance(themes, yaml.SequenceNode) or themes.flow_style:
        raise _by_hand("its themes are not a list with one theme under the other")
    return themes


def _by_hand(why: str) -> ConfigurationError:
    return ConfigurationError(
        f"codeframe.yaml cannot be added to by command: {why}; write the theme by hand"
    )


def _version_edit(text: str, node: yaml.Node, version: str) -> _Edit:
    start, end = node.start_mark.index, node.end_mark.index
    quote = text[start] if text[start] in "\"'" else '"'
    return _Edit(start=start, end=end, text=f"{quote}{version}{quote}")


def _bridge_edit(
    text: str, bridges: yaml.Node | None, before: str, after: str
) -> _Edit:
    line = f'- {{ from_version: "{before}", to_version: "{after}" }}'
    if bridges is None:
        gap = "" if text.endswith("\n") else "\n"
        return _Edit(start=len(text), end=len(text), text=f"{gap}bridges:\n  {line}\n")
    if not isinstance(bridges, yaml.SequenceNode) or bridges.flow_style:
        raise _by_hand("its bridges are not a list with one bridge under the other")
    return _appended(text, bridges, [line])


def _appended(text: str, items: yaml.SequenceNode, lines: Iterable[str]) -> _Edit:
    """Add lines below the last item, after the comment that ends its last line."""
    last = max(leaf.end_mark.index for leaf in _leaves(items))
    end = text.find("\n", last - 1 if text[last - 1 : last] == "\n" else last)
    indent = " " * items.start_mark.column
    added = "".join(f"{indent}{line}\n" for line in lines)
    if end < 0:
        return _Edit(start=len(text), end=len(text), text=f"\n{added}")
    return _Edit(start=end + 1, end=end + 1, text=added)


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield what stands in the text itself; blocks end only where the next begins."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        yield node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield from _leaves(value)
    else:
        for value in node.value:
            yield from _leaves(value)


def _theme_lines(theme: NewTheme) -> Iterator[str]:
    yield f"- id: {_word(theme.theme_id)}"
    if theme.parent:
        yield f"  parent: {_word(theme.parent)}"
    yield f"  name: {{ zh: {_word(theme.name_zh)}, en: {_word(theme.name_en)} }}"
    yield f"  keywords: [{', '.join(map(_word, theme.keywords))}]"
    if theme.touchpoint:
        yield f"  touchpoint: {_word(theme.touchpoint)}"
    if theme.owner:
        yield f"  owner: {_word(theme.owner)}"


def _word(value: str) -> str:
    """Write a value as it may stand inside a flow collection."""
    listed = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=float("inf")
    )
    return listed.strip()[1:-1]
