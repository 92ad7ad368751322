"""Words that bind sentences together and say nothing of what they are about.

Some files come with them, some were stripped of them; a head that asks whose a text is
reads past them, so that both look alike.
"""

_TEXT = """
的 地 得 了 着 过 是 在 有 和 与 及 以及 或 或者 并 并且 而 而且 但 但是 可 可是 然而 不过 虽然 尽管 因 因为 由于 所以 因此 于是 如果 假如 要是 只要 只有 除非 否则 既 既然
即 即使 就 才 也 都 还 还是 又 再 更 更加 很 非常 太 最 十分 特别 比较 已 已经 曾 曾经 正 正在 将 将要 会 能 能够 可以 可能 应 应该 应当 要 必须 需 需要 想 希望 望 请 恳请
让 使 令 叫 把 被 给 对 对于 关于 向 从 自 自从 到 至 由 按 按照 根据 依据 通过 经 经过 为 为了 以 于 比 跟 同 同时 随着 除了 除
我 我们 你 你们 您 他 他们 她 她们 它 它们 自己 本人 大家 人家 谁 什么 哪 哪里 哪个 哪些 这 这个 这些 这样 这里 这么 那 那个 那些 那样 那里 那么 此 该 其 其他 其它 其中 某
各 各种 每 每个 任何 所有 一切 某些 有些 一些 一个 一种 一样 一直 一下 一点 几 几个 多少 很多 许多 多次 不少 有的 吗 呢 吧 啊 呀 哦 嘛 啦 哈 哪怕 所 者 之 之一 之后 之前
以后 以前 以来 以上 以下 等 等等 上 下 里 中 内 外 前 后 时 时候 期间 当 当时 现在 目前 如今 今天 然后 后来 最后 首先 其次 另 另外 此外 再次 总之 而是 就是 只是 只 仅 仅仅
不仅 不但 甚至 连 却 竟 竟然 居然 到底 究竟 难道 为何 为什么 怎么 怎样 怎么样 如何 何时 是否 能否 可否 有没有 不是 没有 没 不 无 未 不能 不会 不要 不得 不可 别 如 如此
如下 例如 比如 像 好像 似乎 其实 实际 实在 确实 真的 真 基本 基本上 完全 根本 尤其 主要 一般 经常 常常 仍 仍然 依然 始终 从来 立即 马上 尽快 赶快 开始 继续 进行 出来
起来 下来 下去 上来 来 去 做 说 看 看到 知道 觉得 认为 以为 感觉 谢谢 感谢 您好 你好 尊敬 有关 相关 左右 大约 大概 第 个 们 么 们的
一 二 三 四 五 六 七 八 九 十 两 0 1 2 3 4 5 6 7 8 9 10
a an the and or but of to in on at by for with from as is are was were be been am i you he she it we they my your his her its our their
this that these those there here so if then than not no do does did have has had will would can could should
"""
WORDS = tuple(_TEXT.split())
