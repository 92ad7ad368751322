"""What would count as success: fixed when an item opens, and never moved after."""

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.action import ActionItem
from huixiang.domain.proof.verdict import Criterion, Metric
from huixiang.verification.engine.design import METRICS, STANDARD, Design


def criterion_for(rulebook: Rulebook, metric: Metric) -> Criterion:
    """Return the criterion that these rules fix for an item opening now."""
    rules = rulebook.alerts
    stars = metric is Metric.MEAN
    return Criterion(
        metric=metric,
        minimum_effect=(
            rules.minimum_effect if stars else METRICS[metric].minimum_effect
        ),
        horizon_days=rules.follow_up_days,
        alpha=STANDARD.criterion.alpha,
    )


def changed_criterion(rulebook: Rulebook, item: ActionItem) -> Criterion | None:
    """Return what the rules would fix today where that is another bar; else None."""
    today, fixed = criterion_for(rulebook, item.criterion.metric), item.criterion
    same = (today.minimum_effect, today.horizon_days) == (
        fixed.minimum_effect,
        fixed.horizon_days,
    )
    return None if same else today


def design_of(criterion: Criterion) -> Design:
    """Return the design that judges by *criterion*."""
    return Design(
        metric=criterion.metric,
        horizon_days=criterion.horizon_days,
        minimum_effect=criterion.minimum_effect,
        alpha=criterion.alpha,
    )
