"""The sheets of the workbook: their names, and why one is empty."""

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

NOT_HELD_OUT = b("没有留出的标注可比", "no held-out labels to compare on")
NO_MODEL = b(
    "还没有训练过模型，全部由规则编码；把标注放进 labels/，运行 huixiang run train。",
    "No model was trained, rules code everything; put labelled rows into "
    "labels/ and run huixiang run train.",
)
POWER = b("能否看出", "Power")
NOTHING_PLANNED = b(
    "还没有行动项做过事前估算；新开的改进项都会做。",
    "No item was planned for yet; every newly opened improvement is.",
)
SIDE_EFFECTS = b("副作用", "Side effects")
NO_SIDE_EFFECTS = b(
    "没有发现整改伤及其他主题或部门。",
    "No fix was found to harm another theme or department.",
)
FOLLOW_UP_SURVEY = b("客户回访", "Follow-up survey")
NOBODY_RATED_AGAIN = b(
    "还没有被答复过的客户再次评分；问卷来源带上客户编号，这里就有结论。",
    "No customer who was answered has rated again; a survey source with "
    "customer ids is all it takes.",
)
MODELS = b("模型", "Models")
ALL_OF_THEM = b("（全部）", "(all)")
CODEFRAME_BRIDGE = b("码框桥接", "Codeframe bridge")
NO_BRIDGE = b(
    "码框没有换过版本，趋势无需桥接。",
    "The codeframe has kept its version; no trend needs a bridge.",
)
YES = b("是", "yes")
ACTION_ITEMS = b("行动项", "Action items")
NO_JOURNEY = b(
    "还没有旅程地图：在 rules/journey.yaml 写下阶段与触点，这里就能看出哪里听不到声音。",
    "No journey map yet: write stages and touchpoints into rules/journey.yaml, "
    "and this shows where nobody is heard.",
)
NO_GOALS = b(
    "还没有目标：在 rules/goals.yaml 写下指标、范围、目标值和日期，进度就会出现在这里。",
    "No goals yet: write metric, scope, target and date into rules/goals.yaml, "
    "and progress appears here.",
)
EVERYTHING = b("全部", "Everything")
PERIODS = b("各期", "Periods")
NO_PERIOD = b(
    "还没有满一期的数据；收到第一批反馈后，这里逐月列出。",
    "No period yet; once feedback has come in, each month gets a row.",
)
SERVICE_LEVELS = b("时限", "Service levels")
NOTHING_DUE = b(
    "本期没有到期的行动项，谈不上按时与否。",
    "No item fell due in this period, so there is nothing to be in time for.",
)
PING_PONG = b("来回转派", "Ping-pong")
NO_PING_PONG = b(
    "没有部门说过“不归我管”：派单规则把每一项都派对了地方。",
    "No department said “not mine”: the rules sent each item to the right one.",
)
SCORECARDS = b("成绩单", "Scorecards")
NO_FIX_REPORTED = b(
    "还没有部门报告整改完成；成绩只记经验收改善的整改。",
    "No department has reported a fix; only verified improvements will count.",
)
COVERAGE = b("覆盖", "Coverage")
GOALS = b("目标", "Goals")
MATURITY = b("成熟度", "Maturity")
TOP_ISSUES = b("主要问题", "Top issues")
DEPARTMENTS = b("部门", "Departments")
LEDGER = b("台账", "Ledger")
SOURCES = b("来源", "Sources")
QUARANTINE = b("隔离", "Quarantine")
NO = b("否", "NO")
CAME_IN = b("进来的", "came in")
IS_NOW = b("现在所在", "is now")
WEEKLY_FIGURES = b("逐周数据", "Weekly figures")
NO_ITEMS = b("还没有行动项。", "No items yet.")
RECORDS_QUOTED = b("引用的原声", "Records quoted")
NOTHING_QUOTED = b("没有引用原声。", "Nothing is quoted.")
NO_RATINGS = b(
    "带评分的反馈还太少，算不出主题对评分的影响；给一个来源配上 rating 字段即可。",
    "Too little feedback carries a rating to tell what moves it; map a "
    "source's rating field to change that.",
)
NO_STAGES = b(
    "还看不出旅程上的情绪：需要旅程地图（rules/journey.yaml）和带触点的反馈。",
    "Emotion along the journey cannot be told yet: it takes a journey map "
    "(rules/journey.yaml) and feedback that names a touchpoint.",
)
DRIVERS = b("驱动因素", "Drivers")
NEED_TIERS = b("需求层级", "Need tiers")
EMOTION = b("旅程情绪", "Emotion")
HOT_ISSUES = b("热点", "Hot issues")
NOTHING_HOT = b(
    "近 7 天没有许多人同时在说的事件。", "No event told by many in the last 7 days."
)
EMERGING = b("新话题", "Emerging")
NOTHING_NEW = b(
    "没有待决的新话题；huixiang codeframe emerging 随时可查。",
    "No new topic waits for a decision; huixiang codeframe emerging looks for them.",
)
EXPECTATION_AND_EFFORT = b("预期与费力", "Expectation and effort")
NO_EXPECTATIONS = b(
    "还没有反馈说到预期落差或费力程度。",
    "No feedback speaks of expectations or effort yet.",
)
OVERVIEW = b("概览", "Overview")


def whole_stage(stage: Bilingual) -> Bilingual:
    """Name a stage of the journey where no touchpoint is known."""
    return b(f"{stage.zh}（整个阶段）", f"{stage.en} (whole stage)")
