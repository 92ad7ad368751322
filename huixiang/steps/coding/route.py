"""Route: put negative codings on their issues and name who answers."""

from huixiang.routing.compile import Router
from huixiang.steps.context import Context
from huixiang.store.queries.coding.codings import Routed


def route_batch(context: Context, router: Router) -> int | None:
    """Route the next negative codings; return how many, None when none is left."""
    with context.store.reading() as uow:
        batch = uow.cases.unrouted(context.batch_size)
    if not batch:
        return None
    routed = [Routed(coding=each, route=router.route(each.case)) for each in batch]
    with context.transaction("route") as uow:
        uow.codings.place(routed, rulebook_hash=context.rulebook.hash)
    return len(routed)
