"""What people call themes, departments, places and channels."""

from collections.abc import Mapping

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.feedback import Channel
from huixiang.domain.issue import NOWHERE
from huixiang.domain.text import Bilingual


def theme_name(rulebook: Rulebook, theme: str) -> Bilingual:
    """Return a theme's name; its id where the frame no longer has it."""
    found = rulebook.codeframe.by_id.get(theme)
    return found.name if found else Bilingual(zh=theme, en=theme)


def department_name(rulebook: Rulebook, department: str) -> Bilingual:
    """Return a department's name; its id where the rules no longer have it."""
    found = rulebook.departments.get(department)
    return found.name if found else Bilingual(zh=department, en=department)


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
        return Bilingual(zh="未注明", en="not named")
    return Bilingual(zh=key, en=key)


def issue_name(rulebook: Rulebook, theme: str, touchpoint: str, unit: str) -> Bilingual:
    """Return what people call an issue: its theme and where."""
    places = (named_place(rulebook, key) for key in (touchpoint, unit))
    names = [theme_name(rulebook, theme), *(each for each in places if each)]
    return Bilingual(
        zh=" · ".join(each.zh for each in names),
        en=" · ".join(each.en for each in names),
    )


CHANNELS: Mapping[Channel, Bilingual] = {
    Channel.SURVEY: Bilingual(zh="问卷", en="survey"),
    Channel.APP_STORE: Bilingual(zh="应用商店", en="app store"),
    Channel.CALL_CENTER: Bilingual(zh="呼叫中心", en="call centre"),
    Channel.CHAT: Bilingual(zh="在线客服", en="chat"),
    Channel.EMAIL: Bilingual(zh="邮件", en="e-mail"),
    Channel.COMMUNITY: Bilingual(zh="社区", en="community"),
    Channel.STORE: Bilingual(zh="门店", en="shop"),
    Channel.SOCIAL: Bilingual(zh="社交媒体", en="social media"),
    Channel.COMPLAINT: Bilingual(zh="投诉", en="complaints"),
    Channel.OTHER: Bilingual(zh="其他", en="other"),
}


def channel_name(channel: Channel) -> Bilingual:
    """Return what people call a channel."""
    return CHANNELS[channel]


UNNAMED_EVENT = Bilingual(zh="多人说同一件事", en="the same told by many")
"""What is hot, where neither words nor a theme name it."""
