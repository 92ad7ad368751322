"""What an issue was called in earlier versions of the codeframe."""

from collections.abc import Iterator

from huixiang.domain.coding.bridge import IssueSuccession
from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording import explanations as words


def earlier_names(uow: UnitOfWork, issue_id: str) -> Iterator[Bilingual]:
    """Yield how an issue came to its theme: renamed, or joined by other issues."""
    for each in uow.codeframes.successions_of(issue_id):
        if each.has_joined and each.continues_as == issue_id:
            yield words.joined_by(each)
        elif not each.has_joined:
            yield words.formerly_called(each)


def joined_issue(uow: UnitOfWork, key: str) -> IssueSuccession | None:
    """Return what became of an issue that another one has taken in."""
    successions = uow.codeframes.successions_of(key)
    return next((e for e in successions if e.issue_id == key and e.has_joined), None)
