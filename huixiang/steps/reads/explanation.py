"""Why something is as it is."""

from zoneinfo import ZoneInfo

from huixiang.configuration.rulebook import Rulebook
from huixiang.steps.equipment import Equipment
from huixiang.steps.explain.by_id import Asked, Explanation, explain_id
from huixiang.store.engine import Store


def explained(
    store: Store, rulebook: Rulebook, equipment: Equipment, zone: ZoneInfo, key: str
) -> Explanation:
    """Return why the feedback, issue, item, message, verdict or model *key* is so."""
    with store.reading() as uow:
        asked = Asked(
            uow=uow,
            rulebook=rulebook,
            router=equipment.router,
            alerts=equipment.alerts,
            zone=zone,
        )
        return explain_id(key, asked)
