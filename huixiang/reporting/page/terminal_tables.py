"""Plain tables for a terminal; column widths count Chinese characters as two."""

import rich.box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from huixiang.domain.proof.ledger import Equation, Ledger
from huixiang.domain.proof.verdict import InconclusiveReason, Verdict, VerdictKind
from huixiang.domain.text import Bilingual, Language
from huixiang.reporting import summary
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.wording import figures, terms
from huixiang.wording.report import headings, sheets
from huixiang.wording.report import summary as summary_words


def _table(
    title: Bilingual, columns: list[Bilingual], language: Language, flexible: set[int]
) -> Table:
    table = Table(
        title=title.get(language),
        title_justify="left",
        title_style="bold",
        box=rich.box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for place, column in enumerate(columns):
        table.add_column(
            column.get(language), overflow="fold", no_wrap=place not in flexible
        )
    return table


def ledger_table(ledger: Ledger, language: Language) -> Table:
    """Return every equation with both of its sides, term by term."""
    columns = [
        headings.EQUATION,
        headings.SCOPE,
        headings.CAME_IN,
        headings.IS_NOW,
        headings.BOTH_SIDES,
    ]
    table = _table(sheets.LEDGER, columns, language, {0, 1, 2, 3})
    for equation in ledger.equations:
        table.add_row(
            Text(terms.term(equation.name).get(language)),
            Text(terms.scope(equation.scope).get(language)),
            Text(side(equation.left, language)),
            Text(side(equation.right, language)),
            Text(balance(equation), style="" if equation.holds else "bold red"),
        )
    return table


def side(parts: tuple[tuple[str, int], ...], language: Language) -> str:
    """Write one side of an equation."""
    return " + ".join(
        f"{terms.term(name).get(language)} {figures.count(n)}" for name, n in parts
    )


def balance(equation: Equation) -> str:
    """Write both totals with the sign that stands between them."""
    sign = "=" if equation.holds else "≠"
    left, right = equation.left_total, equation.right_total
    return f"{figures.count(left)} {sign} {figures.count(right)}"


def verdict_table(report: Report, language: Language) -> Table:
    """Return one row for every fix under verification, the plain comparison beside it."""
    columns = [
        headings.ITEM,
        headings.THEME,
        headings.OPENED,
        headings.FIXED_ON,
        headings.PLAIN,
        headings.VERDICT,
        headings.EFFECT_INTERVAL,
    ]
    first, last = report.period.first, report.period.last
    title = summary_words.verdicts_of(first, last)
    table = _table(title, columns, language, {1})
    for group in summary.groups(report).judged.values():
        for item in group:
            table.add_row(*(Text(cell) for cell in verdict_cells(item, language)))
    return table


def verdict_cells(item: ItemResult, language: Language) -> list[str]:
    """Write the cells of one verdict; days without the year, the title has it."""
    verdict = item.judged
    if verdict is None:
        return []
    return [
        item.item_id,
        item.theme.get(language),
        f"{item.opened_on:%m-%d}",
        f"{item.resolved_on:%m-%d}" if item.resolved_on else figures.NO_FIGURE,
        _plain_comparison(verdict, language),
        terms.VERDICTS[verdict.kind].get(language),
        _effect(verdict),
    ]


def reason_lines(report: Report, language: Language) -> list[str]:
    """Say why the inconclusive ones are, one line for each reason."""
    because: dict[InconclusiveReason, list[str]] = {}
    for item in summary.groups(report).judged[VerdictKind.INCONCLUSIVE]:
        if item.judged and item.judged.reason:
            because.setdefault(item.judged.reason, []).append(item.item_id)
    kind = terms.VERDICTS[VerdictKind.INCONCLUSIVE].get(language)
    return [
        f"{kind}: {terms.REASONS[reason].get(language)}: {', '.join(because[reason])}"
        for reason in sorted(because)
    ]


def _effect(verdict: Verdict) -> str:
    if verdict.effect is None:
        return figures.NO_FIGURE
    metric = verdict.criterion.metric
    interval = figures.interval(verdict.effect, metric)
    return f"{figures.signed(verdict.effect.value, metric)} {interval}"


def _plain_comparison(verdict: Verdict, language: Language) -> str:
    if verdict.plain_comparison is None:
        return figures.NO_FIGURE
    metric = verdict.criterion.metric
    kind = terms.VERDICTS[verdict.plain_comparison.verdict].get(language)
    return f"{kind} {figures.signed(verdict.plain_comparison.effect.value, metric)}"


def closing(report: Report, language: Language) -> RenderableType:
    """Return what the end of a run shows: the ledger, the verdicts, one sentence."""
    parts: list[RenderableType] = [ledger_table(report.ledger, language)]
    if summary.scoreboard(report).n_judged:
        parts.append(verdict_table(report, language))
    parts += [Text(line) for line in reason_lines(report, language)]
    parts.append(Text(summary.headline(report).get(language)))
    contrast = summary.contrast(report)
    if contrast:
        parts.append(Text(contrast.get(language)))
    return Group(*parts)
