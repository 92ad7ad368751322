"""What people call themes, departments, places and channels."""

from collections.abc import Mapping

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.records.feedback import Channel
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b


def theme_name(rulebook: Rulebook, theme: str) -> Bilingual:
    """Return a theme's name; its id where the frame no longer has it."""
    found = rulebook.codeframe.by_id.get(theme)
    return found.name if found else b(theme, theme)


def department_name(rulebook: Rulebook, department: str) -> Bilingual:
    """Return a department's name; its id where the rules no longer have it."""
    found = rulebook.departments.get(department)
    return found.name if found else b(department, department)


def named_place(rulebook: Rulebook, key: str) -> Bilingual | None:
    """Return the name of a touchpoint or unit, None where the record named none."""
    return None if key == NOWHERE else place_name(rulebook, key)


def place_name(rulebook: Rulebook, key: str) -> Bilingual:
    """Return a touchpoint's name; units are names already."""
    for stage in rulebook.journey.stages:
        for touchpoint in stage.touchpoints:
            if touchpoint.id == key:
                return touchpoint.name
    if key == NOWHERE:
        return b("未注明", "not named")
    return b(key, key)


def issue_name(rulebook: Rulebook, theme: str, touchpoint: str, unit: str) -> Bilingual:
    """Return what people call an issue: its theme and where."""
    places = (named_place(rulebook, key) for key in (touchpoint, unit))
    names = [theme_name(rulebook, theme), *(each for each in places if each)]
    return Bilingual(
        zh=" · ".join(each.zh for each in names),
        en=" · ".join(each.en for each in names),
    )


CHANNELS: Mapping[Channel, Bilingual] = {
    Channel.SURVEY: b("问卷", "survey"),
    Channel.APP_STORE: b("应用商店", "app store"),
    Channel.CALL_CENTER: b("呼叫中心", "call centre"),
    Channel.CHAT: b("在线客服", "chat"),
    Channel.EMAIL: b("邮件", "e-mail"),
    Channel.COMMUNITY: b("社区", "community"),
    Channel.STORE: b("门店", "shop"),
    Channel.SOCIAL: b("社交媒体", "social media"),
    Channel.COMPLAINT: b("投诉", "complaints"),
    Channel.OTHER: b("其他", "other"),
}


def channel_name(channel: Channel) -> Bilingual:
    """Return what people call a channel."""
    return CHANNELS[channel]


UNNAMED_EVENT = b("多人说同一件事", "the same told by many")
"""What is hot, where neither words nor a theme name it."""
