"""Hold a played demo's verdicts against what was planted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.app import App
from huixiang.domain.proof.verdict import StoredVerdict
from huixiang.sample.story import STORY, Truth

RIGHT: Mapping[Truth, frozenset[str]] = {
    Truth.WORKED: frozenset({"improved"}),
    Truth.NOTHING: frozenset({"not_improved", "inconclusive"}),
    Truth.WORSE: frozenset({"worse"}),
    Truth.UNKNOWABLE: frozenset({"inconclusive"}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedFix:
    """What was said of one planted issue; `plain` is the plain before/after."""

    theme: str
    truth: Truth
    verdict: str
    plain: str

    @property
    def is_right(self) -> bool:
        """Whether the verdict is true.

        A fix that did nothing must moreover have fooled the plain comparison.
        """
        fooled = self.truth is not Truth.NOTHING or self.plain == "improved"
        return self.verdict in RIGHT[self.truth] and fooled


def findings(app: App) -> Iterator[JudgedFix]:
    """Yield the first final verdict on every planted issue that asks for one."""
    with app.store.reading() as uow:
        items = {item.issue_id: item.item_id for item in reversed(uow.items.find())}
        verdicts = {each: uow.verdicts.of_item(each) for each in items.values()}
    for planted in STORY:
        if planted.truth in RIGHT:
            rows = verdicts.get(items.get(planted.key.issue_id, ""), [])
            verdict, plain = _said(rows)
            yield JudgedFix(
                theme=planted.key.theme,
                truth=planted.truth,
                verdict=verdict,
                plain=plain,
            )


def _said(verdicts: Sequence[StoredVerdict]) -> tuple[str, str]:
    final = next((each for each in verdicts if each.final), None)
    if final is None:
        return ("no verdict" if verdicts else "no item"), "-"
    plain = final.verdict.plain_comparison
    return final.kind.value, plain.verdict.value if plain else "-"
