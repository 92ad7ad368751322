"""The codeframe over time: versions, bridges, its graph, the models trained for it."""

from collections.abc import Sequence

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.bridge import CrossedBridge
from huixiang.domain.coding.training import VersionPoint
from huixiang.reporting.pictures.codeframe_graph import Graph, graph_of
from huixiang.steps.codeframe.models import version_points
from huixiang.store.engine import Store
from huixiang.store.queries.coding.codeframes import UsedVersion


def used_versions(store: Store) -> Sequence[UsedVersion]:
    """Return the versions that this workspace has used, oldest first."""
    with store.reading() as uow:
        return uow.codeframes.versions()


def crossed_bridges(store: Store) -> Sequence[CrossedBridge]:
    """Return every crossed bridge, in the order of their crossing."""
    with store.reading() as uow:
        return uow.codeframes.bridges()


def knowledge_graph(store: Store, rulebook: Rulebook) -> Graph:
    """Return symptom → cause → department, with the root causes noted so far."""
    names = {key: each.name for key, each in rulebook.departments.items()}
    with store.reading() as uow:
        causes = uow.codeframes.root_causes()
    return graph_of(rulebook.codeframe, names, causes)


def kept_models(store: Store) -> Sequence[VersionPoint]:
    """Return the models that were kept, with their held-out figures, oldest first."""
    with store.reading() as uow:
        return version_points(uow)
