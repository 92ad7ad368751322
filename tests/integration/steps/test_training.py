"""Train: challenger against champion, corrections as labels, both kept and explained."""

import dataclasses
import json

import pytest

from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import PromoteModel
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.review import Mention
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.acts.decisions import note_of
from huixiang.steps.codeframe.models import version_points
from huixiang.steps.codeframe.train import train_model
from huixiang.steps.explain.reviews import model_lines
from huixiang.steps.review.reviews import new_review
from huixiang.understanding.model.labels import LabelledRow, read_rows
from huixiang.understanding.training.learning import SPLIT, held_apart
from tests.workbench import NOON, Said, act_on

GOOD, BAD = ("很香", "好喝", "热情", "很快"), ("凉了", "难喝", "冷淡", "太久")
N = 260
THINGS = ("咖啡", "拿铁", "店员", "排队", "牛奶", "面包")


def label(home, *, spoilt=False):
    """Write labelled sentences; *spoilt*: those to be learned from say the opposite."""
    (home / "labels").mkdir(exist_ok=True)
    with (home / "labels" / "labels.jsonl").open("w", encoding="utf-8") as file:
        for number in range(N):
            is_bad = bool(number % 2)
            words = (BAD if is_bad else GOOD)[number // 12 % 4]
            text = f"{THINGS[number // 2 % 6]}{words}，第{number}次来"
            if (
                spoilt
                and not held_apart([LabelledRow(id=number, title="", text=text)])[1]
            ):
                is_bad = not is_bad
            feeling = "negative" if is_bad else "positive"
            line = {"id": number, "text": text, "polarity": feeling}
            file.write(json.dumps(line) + "\n")


def train(desk):
    with desk.run(flow="train") as context:
        return train_model(context)


def models(desk):
    with desk.app.store.reading() as uow:
        return {each.model_id: each for each in version_points(uow)}


def told(desk, model_id):
    with desk.app.store.reading() as uow:
        lines = model_lines(uow, uow.models.get(model_id), desk.app.settings.zone)
        return "\n".join(line.en for line in lines)


def test_the_first_model_is_used_corrections_teach_the_next_the_same_again_nobody(
    desk, monkeypatch
):
    monkeypatch.setattr("huixiang.steps.codeframe.train.CURVE", (0.5,))
    label(desk.home)
    facts = train(desk)

    assert (facts["promoted"], facts["why"]) == (True, "first_model")
    rows = read_rows(desk.home / "labels" / "labels.jsonl")
    assert facts["n_held_out"] == len(held_apart(rows)[1]) > 0
    assert facts["n_learned"] == N - facts["n_held_out"]
    page = (desk.home / facts["page"]).read_text(encoding="utf-8")
    assert facts["model"] in page
    (only,) = models(desk).values()
    assert (only.is_active, only.split) == (True, SPLIT)
    assert only.heads["polarity"].value > 0.9

    desk.hear([Said(number="1", at=NOON, words="咖啡很香，第0次来", theme=None)])
    said = Mention(theme="coffee", polarity=Polarity.POSITIVE)
    review = new_review("fb_1", [said], reviewer="小王", at=NOON)
    review = dataclasses.replace(review, polarity=Polarity.NEGATIVE)
    act_on(desk, TargetKind.FEEDBACK, "fb_1", note_of(review))
    facts = train(desk)

    assert facts["n_corrections"] == 1
    assert facts["n_learned"] + facts["n_held_out"] == N
    assert len(models(desk)) == 2

    before = desk.rows()
    again = train(desk)
    champion = next(key for key, each in models(desk).items() if each.is_active)
    assert again["model"] == facts["model"]
    assert champion == facts["model"]
    assert (again["why"], desk.rows()) == ("same_model", before)


def test_a_worse_challenger_is_kept_and_not_used_until_a_person_says_so(
    desk, monkeypatch
):
    monkeypatch.setattr("huixiang.steps.codeframe.train.CURVE", ())
    label(desk.home)
    champion = train(desk)["model"]
    label(desk.home, spoilt=True)
    facts = train(desk)
    challenger = facts["model"]

    assert (facts["promoted"], facts["why"]) == (False, "worse_overall")
    found = models(desk)
    assert found[champion].is_active
    assert not found[challenger].was_promoted
    assert "Worse overall" in told(desk, challenger)

    why = PromoteModel(reason="the labels were wrong")
    act_on(desk, TargetKind.MODEL, challenger, why)
    assert models(desk)[challenger].is_active
    assert not models(desk)[champion].is_active
    assert "put to use by 小王" in told(desk, challenger)


def test_there_must_be_something_to_learn_from(desk):
    with pytest.raises(ConfigurationError, match="has no labelled file"):
        train(desk)


def test_only_a_kept_model_can_be_put_to_use(desk):
    because = PromoteModel(reason="because")
    with pytest.raises(NotFound, match="huixiang model list"):
        act_on(desk, TargetKind.MODEL, "model_none", because)
