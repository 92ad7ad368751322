"""Say what an issue was called in earlier versions of the codeframe."""

from collections.abc import Iterator, Mapping
from typing import Any

from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork


def earlier_names(uow: UnitOfWork, issue_id: str) -> Iterator[Bilingual]:
    """Yield how an issue came to its theme: renamed, or joined by other issues."""
    for row in uow.codeframes.successions_of(issue_id):
        version, theme = row["to_version"], row["old_theme"]
        if row["issue_id"] != row["continues_as"] == issue_id:
            yield Bilingual(
                zh=f"  问题 {row['issue_id']}（原主题 {theme}）自码框版本 {version} 起并入它。",
                en=f"  Issue {row['issue_id']} (theme {theme} then) has been part of it "
                f"since codeframe version {version}.",
            )
        elif row["issue_id"] == row["continues_as"]:
            yield Bilingual(
                zh=f"  码框版本 {version} 之前它的主题叫 {theme}。",
                en=f"  Before codeframe version {version} its theme was called {theme}.",
            )


def joined_issue(uow: UnitOfWork, key: str) -> Mapping[str, Any] | None:
    """Return what became of an issue that another one has taken in."""
    rows = uow.codeframes.successions_of(key)
    return next(
        (r for r in rows if r["issue_id"] == key and r["continues_as"] != key), None
    )


def joined_words(row: Mapping[str, Any]) -> Bilingual:
    """Say where an issue went on."""
    return Bilingual(
        zh=f"问题 {row['issue_id']}（主题 {row['old_theme']}）在码框版本 "
        f"{row['to_version']} 中合并，历史与行动项都在问题 {row['continues_as']} 上继续。",
        en=f"Issue {row['issue_id']} (theme {row['old_theme']}) was merged by codeframe "
        f"version {row['to_version']}; its past and its items go on as issue "
        f"{row['continues_as']}.",
    )
