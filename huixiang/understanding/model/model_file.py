"""Keep a trained model as data: arrays and a manifest with the hash of every file."""

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from huixiang.errors import ModelRefused
from huixiang.understanding.model.linear import Head, MentionHead, Vocabulary
from huixiang.understanding.text.ngrams import Recipe

FORMAT = "huixiang-model/1"
MANIFEST = "manifest.json"
ARRAYS = "arrays.npz"


@dataclass(frozen=True, kw_only=True)
class Model:
    """What training gives: one vocabulary, and a head for each kind of label."""

    recipe: Recipe
    vocabulary: Vocabulary
    heads: Mapping[str, Head]
    mentions: MentionHead | None = None
    words: tuple[str, ...] = ()
    codeframe_version: str | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


def save(model: Model, folder: Path) -> Model:
    """Write *model* into *folder* and return it with its version; same in, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = _arrays(model)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    content = buffer.getvalue()
    manifest = _manifest(model, {ARRAYS: _digest(content)})
    (folder / ARRAYS).write_bytes(content)
    (folder / MANIFEST).write_text(_text(manifest), encoding="utf-8")
    return dataclasses.replace(model, version=manifest["version"])


def load(folder: Path, *, codeframe_version: str | None = None) -> Model:
    """Read a model; refuse what is missing, damaged, foreign or for another codeframe."""
    manifest = _read_manifest(folder)
    trained_for = manifest["codeframe_version"]
    if (
        None not in (codeframe_version, trained_for)
        and codeframe_version != trained_for
    ):
        raise ModelRefused(
            f"{folder}: trained for codeframe {trained_for}, the workspace has "
            f"{codeframe_version}; run `huixiang train` again"
        )
    content = _read_checked(folder, manifest["files"])
    try:
        return _model(manifest, content)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ModelRefused(
            f"{folder}: its parts do not fit together ({error}); train it again"
        ) from error


def _arrays(model: Model) -> dict[str, Any]:
    arrays: dict[str, Any] = {
        "keys": model.vocabulary.keys,
        "idf": model.vocabulary.idf,
    }
    for name, head in sorted(model.heads.items()):
        arrays |= {f"{name}.{key}": value for key, value in _parts(head).items()}
    if model.mentions:
        arrays |= {
            f"mentions.{key}": value for key, value in _parts(model.mentions).items()
        }
    return arrays


def _parts(head: Head | MentionHead) -> dict[str, Any]:
    """Return the arrays of a head."""
    fields = (
        (each.name, getattr(head, each.name)) for each in dataclasses.fields(head)
    )
    return {name: value for name, value in fields if isinstance(value, np.ndarray)}


def _names(head: Head | MentionHead) -> dict[str, list[str]]:
    fields = (
        (each.name, getattr(head, each.name)) for each in dataclasses.fields(head)
    )
    return {name: list(value) for name, value in fields if isinstance(value, tuple)}


def _manifest(model: Model, files: Mapping[str, str]) -> dict[str, Any]:
    manifest = {
        "format": FORMAT,
        "files": dict(files),
        "recipe": dataclasses.asdict(model.recipe),
        "heads": {name: _names(head) for name, head in sorted(model.heads.items())},
        "mentions": _names(model.mentions) if model.mentions else None,
        "words": list(model.words),
        "codeframe_version": model.codeframe_version,
        "figures": model.figures,
        "libraries": dict(model.libraries),
    }
    return manifest | {"version": _version(manifest)}


def _version(manifest: Mapping[str, Any]) -> str:
    """Return a name that changes whenever anything in the manifest does."""
    rest = {key: value for key, value in manifest.items() if key != "version"}
    return "model_" + _digest(_text(rest).encode())[:12]


def _text(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelRefused(
            f"{path}: no readable model manifest; give the folder that `huixiang train` wrote"
        ) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelRefused(
            f"{path}: not of format {FORMAT}; train it again with this version"
        )
    if manifest.get("version") != _version(manifest):
        raise ModelRefused(
            f"{path}: the manifest was changed after training; train it again"
        )
    return manifest


def _read_checked(folder: Path, files: Mapping[str, str]) -> bytes:
    """Return the arrays' bytes, once every listed file has the hash it should have."""
    contents = {}
    for name, digest in files.items():
        try:
            contents[name] = (folder / Path(name).name).read_bytes()
        except OSError as error:
            raise ModelRefused(
                f"{folder / name}: missing; copy the whole folder or train again"
            ) from error
        if _digest(contents[name]) != digest:
            raise ModelRefused(
                f"{folder / name}: does not match its hash; it is damaged or not the one trained"
            )
    return contents[ARRAYS]


def _model(manifest: Mapping[str, Any], content: bytes) -> Model:
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    vocabulary = Vocabulary(keys=arrays["keys"], idf=arrays["idf"])
    heads = {
        name: Head(**_head_parts(arrays, name, names))
        for name, names in manifest["heads"].items()
    }
    mentions = manifest["mentions"]
    return Model(
        recipe=Recipe(**manifest["recipe"]),
        vocabulary=vocabulary,
        heads=heads,
        mentions=MentionHead(**_head_parts(arrays, "mentions", mentions))
        if mentions
        else None,
        words=tuple(manifest["words"]),
        codeframe_version=manifest["codeframe_version"],
        figures=manifest["figures"],
        libraries=manifest["libraries"],
        version=manifest["version"],
    )


def _head_parts(
    arrays: Mapping[str, Any], name: str, names: Mapping[str, list[str]]
) -> dict[str, Any]:
    prefix = f"{name}."
    parts = {
        key.removeprefix(prefix): value
        for key, value in arrays.items()
        if key.startswith(prefix)
    }
    return parts | {key: tuple(value) for key, value in names.items()}
