"""The sentences about mistakes in rules: what is wrong, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """What is wrong, and what to do; None: choose what the facts offer."""

    what: Bilingual
    todo: Bilingual | None = None


_CORRECT = b("改正这个值", "correct the value")
_ADD_COLUMN = b("加上 `column: …`", "add `column: …`")

SENTENCES: Mapping[ProblemCode, ProblemWords] = {
    ProblemCode.FILE_MISSING: ProblemWords(
        b("缺少这个文件", "this file is missing"),
        b("参照示例工作区补上", "add it; `huixiang init DIR` shows one"),
    ),
    ProblemCode.UNKNOWN_FILE: ProblemWords(b("不认识的文件", "no such rules file")),
    ProblemCode.FILE_EMPTY: ProblemWords(
        b("文件是空的", "the file is empty"),
        b("补上内容或删除它", "fill it in or delete it"),
    ),
    ProblemCode.FILE_TOO_LARGE: ProblemWords(
        b(
            "文件有 {n_bytes:,} 字节，上限 {limit:,}",
            "the file has {n_bytes:,} bytes, the limit is {limit:,}",
        ),
        b("检查是否放错了文件", "check that it is the file you meant"),
    ),
    ProblemCode.NOT_UTF8: ProblemWords(
        b("不是 UTF-8 编码", "the file is not UTF-8"),
        b("在编辑器里另存为 UTF-8", "save it as UTF-8 in your editor"),
    ),
    ProblemCode.NOT_YAML: ProblemWords(
        b("不是有效的 YAML（{reason}）", "not valid YAML ({reason})"),
        b(
            "检查这一行及上一行的缩进、冒号和引号",
            "check indentation, colons and quotes on this line and the one before",
        ),
    ),
    ProblemCode.CONTROL_CHARACTER: ProblemWords(
        b("含有 YAML 不允许的控制字符", "holds a control character that YAML forbids"),
        b("删除这个字符", "delete that character"),
    ),
    ProblemCode.SECOND_DOCUMENT: ProblemWords(
        b("一个文件里有两份文档（---）", "a second document (---) begins here"),
        b("合并成一份", "keep one document in a file"),
    ),
    ProblemCode.YAML_ALIAS: ProblemWords(
        b("不支持 YAML 别名（*{name}）", "YAML aliases (*{name}) are not supported"),
        b("把内容在这里写一遍", "write the content out at this place"),
    ),
    ProblemCode.YAML_TAG: ProblemWords(
        b("不支持 YAML 标签 {tag}", "the YAML tag {tag} is not supported"),
        b(
            "去掉它；含 ! * & 的文字请加引号",
            "remove it; put text with ! * & in quotes",
        ),
    ),
    ProblemCode.NESTED_TOO_DEEP: ProblemWords(
        b("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
        b("检查缩进和括号", "check indentation and brackets"),
    ),
    ProblemCode.KEY_IS_NO_WORD: ProblemWords(
        b("键必须是一个词", "a key must be one word"),
        b("检查冒号前面的内容", "check what stands before the colon"),
    ),
    ProblemCode.KEY_TWICE: ProblemWords(
        b(
            "{key!r} 写了两次（第一次在第 {line} 行）",
            "{key!r} is written twice (first on line {line})",
        ),
        b("只保留一个", "keep one of them"),
    ),
    ProblemCode.UNKNOWN_FIELD: ProblemWords(
        b("没有字段 {name!r}", "there is no field {name!r}")
    ),
    ProblemCode.MISSING_FIELD: ProblemWords(
        b("缺少字段 {name!r}", "the field {name!r} is missing"),
        b("加上 `{name}: …`", "add `{name}: …`"),
    ),
    ProblemCode.NOT_ALLOWED: ProblemWords(
        b("{place} 不能是 {given!r}", "{place} cannot be {given!r}")
    ),
    ProblemCode.NO_LIST: ProblemWords(
        b("{place} 应是列表", "{place} must be a list"),
        b("每项前面加 “- ”", 'start each entry with "- " on its own line'),
    ),
    ProblemCode.TEXT_FOR_LIST: ProblemWords(
        b("{place} 应是列表", "{place} must be a list"),
        b("写成 [{given}]", "write [{given}]"),
    ),
    ProblemCode.WRONG_TYPE: ProblemWords(
        b(
            "{place} 应是{wanted_type}，现在是{given_type}",
            "{place} must be {wanted_type}, it is {given_type}",
        ),
        _CORRECT,
    ),
    ProblemCode.REFUSED: ProblemWords(
        b("{reason}", "{reason}"), b("按说明改正", "correct it as it says")
    ),
    ProblemCode.BAD_VALUE: ProblemWords(
        b("{name!r} 的值不合理", "the value of {name!r} makes no sense"),
        b("应为：{wanted}", "it should be: {wanted}"),
    ),
    ProblemCode.NOT_FINITE: ProblemWords(
        b("{name!r} 的值不合理", "the value of {name!r} makes no sense"),
        b("应为：一个有限的数", "it should be: a finite number"),
    ),
    ProblemCode.BAD_PATTERN: ProblemWords(
        b(
            "模式 {pattern!r} 不能用：{reason}",
            "the pattern {pattern!r} cannot be used: {reason}",
        ),
        b(
            "按 RE2 语法改写（不支持环视和反向引用）",
            "write it in RE2 syntax (no look-around, no back-references)",
        ),
    ),
    ProblemCode.RATING_RANGE: ProblemWords(
        b(
            "评分范围 {low:g} 到 {high:g} 不在 1 到 5 之内，或前后颠倒",
            "a rating from {low:g} to {high:g} is not within 1 to 5, or reversed",
        ),
        b(
            "各种量表都先换算成 1 到 5",
            "every scale is brought to 1 … 5 first: use that",
        ),
    ),
    ProblemCode.UNKNOWN_NAME: ProblemWords(
        b("{defined_in} 里没有{thing} {name!r}", "{defined_in} has no {thing} {name!r}")
    ),
    ProblemCode.NO_SUITE: ProblemWords(
        b(
            "没有期望套件 expectations/{name}.json",
            "there is no suite expectations/{name}.json",
        )
    ),
    ProblemCode.NO_RULE: ProblemWords(
        b("没有规则 {name!r}", "there is no rule {name!r}")
    ),
    ProblemCode.NO_CAUSE: ProblemWords(
        b("codeframe.yaml 里没有原因 {name!r}", "codeframe.yaml has no cause {name!r}")
    ),
    ProblemCode.NO_PARENT: ProblemWords(
        b("没有上级主题 {name!r}", "there is no parent theme {name!r}")
    ),
    ProblemCode.NAME_TAKEN: ProblemWords(
        b(
            "{field} {name!r} 已在第 {line} 行用过",
            "{field} {name!r} is already used on line {line}",
        ),
        b("换一个名字", "give one of them another name"),
    ),
    ProblemCode.RESERVED_NAME: ProblemWords(
        b(
            "'default' 专指没有规则命中的情况",
            "'default' stands for the case that no rule matched",
        ),
        b("换一个名字", "choose another id"),
    ),
    ProblemCode.CAUSE_UNUSED: ProblemWords(
        b("没有主题提到原因 {name!r}", "no theme names the cause {name!r}"),
        b(
            "在主题里写 `causes: [{name}]`，或删除它",
            "write `causes: [{name}]` in a theme, or delete it",
        ),
    ),
    ProblemCode.DEPARTMENT_UNHEARD: ProblemWords(
        b(
            "部门 {name!r} 会收到行动项，却没有接收端",
            "the department {name!r} gets action items, but no endpoint",
        ),
        b(
            "加上 `endpoints: [名字]`，否则没人会知道",
            "add `endpoints: [name]`, or nobody is told of them",
        ),
    ),
    ProblemCode.ENDPOINT_UNUSED: ProblemWords(
        b(
            "没有部门使用接收端 {name!r}，它收不到部门简报",
            "no department uses the endpoint {name!r}, so it gets no digest of owners",
        ),
        b(
            "在 departments.yaml 里给部门加上它，或改成 `managers`",
            "name it in departments.yaml, or write `managers`",
        ),
    ),
    ProblemCode.RULE_SHADOWED: ProblemWords(
        b(
            "规则 {rule!r} 永远轮不到：前面的 {earlier!r} 总会先命中",
            "the rule {rule!r} can never win: {earlier!r} before it always does",
        ),
        b(
            "把它移到 {earlier!r} 之前，或删除它",
            "move it before {earlier!r}, or delete it",
        ),
    ),
    ProblemCode.TEST_EXPECTS_NOTHING: ProblemWords(
        b("这条测试什么也没有检查", "this test expects nothing"),
        b(
            "写明 rule、department 或 severity",
            "say which rule, department or severity",
        ),
    ),
    ProblemCode.ISSUE_HAS_NO_FIELD: ProblemWords(
        b(
            "问题汇集许多条反馈，没有单一的 {name!r}",
            "an issue gathers many feedbacks and has no {name!r}",
        ),
        b(
            "这里只用 theme、need_tier、touchpoint、unit",
            "use only theme, need_tier, touchpoint, unit here",
        ),
    ),
    ProblemCode.NO_TEXT_COLUMN: ProblemWords(
        b("没有说正文在哪一列", "no column is named for the text"), _ADD_COLUMN
    ),
    ProblemCode.SECRET_ITSELF: ProblemWords(
        b(
            "secret 应是环境变量的名字，不是密钥本身",
            "secret must be the name of a variable, never the secret itself",
        ),
        b(
            "把密钥放进 .env，这里写变量名；若已泄露请更换",
            "put the secret into .env and its name here; rotate it if it leaked",
        ),
    ),
    ProblemCode.PLAYBOOK_EMPTY: ProblemWords(
        b("方案没有步骤", "the playbook has no steps"),
        b("至少写一步", "write at least one step"),
    ),
    ProblemCode.BRIDGE_TO_ITSELF: ProblemWords(
        b(
            "过桥两端都是版本 {version!r}",
            "the bridge leads from version {version!r} to itself",
        ),
        b("to_version 写新的版本", "write the new version as to_version"),
    ),
    ProblemCode.BRIDGE_VALUE: ProblemWords(
        b("桥的 {name!r} 的值不合理", "the value of {name!r} makes no sense"),
        b("应为：{wanted}", "use {wanted}"),
    ),
    ProblemCode.THEME_STILL_THERE: ProblemWords(
        b(
            "主题 {theme!r} 写成已{move}，却还在码框里",
            "the theme {theme!r} is said to be {move}, yet still there",
        ),
        b(
            "从 themes 里删掉它，或把它也写进 new：[{theme}, …]",
            "delete it from themes, or name it in new as well: [{theme}, …]",
        ),
    ),
    ProblemCode.THEME_MOVED_TWICE: ProblemWords(
        b(
            "主题 {theme!r} 在同一座桥里出现两次",
            "the theme {theme!r} is moved twice by one bridge",
        ),
        b("合成一步写", "write it as one move"),
    ),
    ProblemCode.VERSION_CHANGED: ProblemWords(
        b(
            "码框变了，却还叫版本 {version!r}，已有编码用的是旧内容",
            "the codeframe has changed but is still called version {version!r}, "
            "and codings were made with the old content",
        ),
        b(
            "换一个新版本号，并写一座桥（bridges）；"
            "`huixiang codeframe diff {version} rules/codeframe.yaml` 列出改动",
            "give it a new version and write a bridge (bridges); "
            "`huixiang codeframe diff {version} rules/codeframe.yaml` lists what "
            "changed",
        ),
    ),
    ProblemCode.VERSION_NEVER_USED: ProblemWords(
        b(
            "这个工作区没有用过版本 {version!r}，桥不会被用到",
            "this workspace never used version {version!r}; the bridge is not crossed",
        )
    ),
    ProblemCode.THEME_GONE: ProblemWords(
        b(
            "主题 {theme!r} 不见了，桥没有说它去了哪里，按停用处理",
            "the theme {theme!r} is gone and the bridge does not say where to; it "
            "counts as retired",
        ),
        b(
            "在 moves 里写 {{old: [{theme}], new: [新主题]}}，停用就不写 new",
            "write {{old: [{theme}], new: [theme]}} in moves; no new: retired",
        ),
    ),
    ProblemCode.THEME_NOT_IN_VERSION: ProblemWords(
        b(
            "版本 {version!r} 里没有主题 {theme!r}",
            "version {version!r} has no theme {theme!r}",
        )
    ),
}
