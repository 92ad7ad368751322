"""The model in use; one that is refused raises an alarm, and rules code alone."""

from dataclasses import dataclass
from pathlib import Path

from huixiang.errors import ModelRefused
from huixiang.store.engine import Store
from huixiang.understanding.model.model_file import Model, load
from huixiang.wording.warnings import model_not_used


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelInUse:
    """The model that decides, if any, and why the one that should does not."""

    model: Model | None = None
    alarm: str = ""


def model_in_use(store: Store, home: Path, codeframe_version: str) -> ModelInUse:
    """Return the active model of the workspace in *home*."""
    with store.reading() as uow:
        kept = uow.models.active()
    if kept is None:
        return ModelInUse()
    try:
        model = load(home / kept.folder, codeframe_version=codeframe_version)
    except ModelRefused as error:
        return ModelInUse(alarm=model_not_used(error))
    return ModelInUse(model=model)
