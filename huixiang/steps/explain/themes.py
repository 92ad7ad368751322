"""Say what an issue was called in earlier versions of the codeframe."""

from collections.abc import Iterator

from huixiang.domain.bridge import IssueSuccession
from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork


def earlier_names(uow: UnitOfWork, issue_id: str) -> Iterator[Bilingual]:
    """Yield how an issue came to its theme: renamed, or joined by other issues."""
    for each in uow.codeframes.successions_of(issue_id):
        version, theme = each.to_version, each.old_theme
        if each.has_joined and each.continues_as == issue_id:
            yield Bilingual(
                zh=f"  问题 {each.issue_id}（原主题 {theme}）自码框版本 {version} 起并入它。",
                en=f"  Issue {each.issue_id} (theme {theme} then) has been part of it "
                f"since codeframe version {version}.",
            )
        elif not each.has_joined:
            yield Bilingual(
                zh=f"  码框版本 {version} 之前它的主题叫 {theme}。",
                en=f"  Before codeframe version {version} its theme was called {theme}.",
            )


def joined_issue(uow: UnitOfWork, key: str) -> IssueSuccession | None:
    """Return what became of an issue that another one has taken in."""
    successions = uow.codeframes.successions_of(key)
    return next((e for e in successions if e.issue_id == key and e.has_joined), None)


def joined_words(each: IssueSuccession) -> Bilingual:
    """Say where an issue went on."""
    return Bilingual(
        zh=f"问题 {each.issue_id}（主题 {each.old_theme}）在码框版本 "
        f"{each.to_version} 中合并，历史与行动项都在问题 {each.continues_as} 上继续。",
        en=f"Issue {each.issue_id} (theme {each.old_theme}) was merged by codeframe "
        f"version {each.to_version}; its past and its items go on as issue "
        f"{each.continues_as}.",
    )
