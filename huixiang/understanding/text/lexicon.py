"""Words of feeling, written for this project: Chinese and English, by what they do."""

import functools
from collections.abc import Mapping

POSITIVE = """
好 很好 真好 最好 棒 赞 点赞 优秀 优质 优雅 优越 优良 满意 不错 喜欢 喜爱 爱 热爱 舒服 舒适 舒心 舒坦 干净 整洁 清洁 卫生
方便 便利 便捷 快捷 快速 迅速 神速 及时 准时 准点 高效 顺利 顺畅 流畅 畅通 稳定 平稳 安静 宁静 宽敞 明亮 亮堂 开阔 漂亮 美观 美丽 好看 帅
精美 精致 精细 大气 高档 豪华 上档次 时尚 热情 热心 亲切 友好 友善 和气 和善 礼貌 有礼 客气 周到 贴心 细心 细致 用心 耐心 负责 认真 专业 敬业 体贴 温馨
温暖 暖心 感动 感谢 谢谢 感激 辛苦 给力 靠谱 可靠 放心 安心 省心 省事 省力 实惠 划算 超值 值得 物美价廉 便宜 合理 公道 优惠 良心 实在 厚道 诚信
好吃 美味 可口 鲜美 新鲜 香 香脆 酥脆 嫩 鲜嫩 入味 正宗 地道 劲道 爽口 好喝 清爽 清新 丰富 丰盛 充足 足够 齐全 完善 完备 到位 俱全
好用 实用 耐用 结实 牢固 扎实 厚实 轻便 轻巧 灵敏 灵活 清晰 清楚 强劲 充沛 强大 出色 出众 突出 卓越 完美 一流 一级棒 顶级 极致 惊喜 惊艳 开心 高兴 愉快 愉悦 快乐
享受 幸福 欣慰 满足 推荐 力荐 强烈推荐 回购 再来 还会来 会再来 下次还来 支持 信赖 信任 好评 五星 五分 满分 杠杠 没得说 没话说 没毛病 无可挑剔 挑不出毛病 名不虚传 物超所值 性价比高
解决了 修好了 改进 改善 提高 提升 进步 好转 恢复 升级 合适 合身 合脚 适合 合口味 柔软 顺滑 细腻 透气 保暖 凉爽 省油 节能 环保 安全 健康 巴适 安逸 nice 赞赏 表扬 称赞 佩服 妙
不得了 停不下来 爽 酷 牛 可爱 萌 正品 真品 正版 正规 规范 透明 公平 公正 讲究 有序 井井有条 一尘不染 宾至如归 童叟无欺 胜过 超过预期 超出预期 刚刚好 恰到好处 心旷神怡 津津有味 赏心悦目 无微不至
量大 量足 足量 量多 热乎 热乎乎 香喷喷 过瘾 带劲 够味 软糯 正点 回头客 老顾客 老客户 常来 常点 还会点 继续支持 加油 赠送 赠品 送了 免费 包邮 完好 无损 严实 牢靠 好用不贵 顺手 灵光 静音 省钱 大方 显瘦 百搭 洋气 高端 值了 太值 很值 真值 一如既往
good great excellent amazing awesome fantastic wonderful perfect nice friendly helpful polite kind clean comfortable comfy spacious quiet fast quick
efficient smooth easy convenient delicious tasty fresh yummy love loved like liked enjoy enjoyed best better superb outstanding pleasant happy satisfied
recommend recommended thank thanks professional reliable impressive attentive courteous affordable worth beautiful lovely stylish prompt punctual welcoming
"""

NEGATIVE = """
差 很差 太差 最差 差劲 差评 坏 坏了 烂 垃圾 糟 糟糕 糟心 恶劣 恶心 恶臭 难吃 难喝 难闻 难看 难用 难受 难找 难懂 难堪 难以忍受 难以接受 讨厌 厌恶 反感 失望 绝望 后悔 郁闷 无语 无奈 气愤 生气 愤怒 气人 气死 恼火
不满 投诉 举报 抱怨 吐槽 坑 坑人 坑爹 坑货 骗 骗人 骗子 欺骗 欺诈 忽悠 虚假 假货 假的 冒牌 山寨 次品 残次 劣质 伪劣 黑店 黑心 宰客 宰人 乱收费 漫天要价 霸王条款 强制消费 套路 误导
脏 脏乱 脏兮兮 邋遢 油腻 腻 臭 臭味 异味 霉味 发霉 霉 腥 馊 变质 过期 苍蝇 蟑螂 头发 拉肚子 腹泻 呕吐 吐了 吵 吵闹 嘈杂 噪音 异响 刺耳 刺鼻 刺眼 潮 潮湿 阴暗 昏暗 破 破旧 破烂 破损 陈旧 老旧 老化 简陋 寒酸 粗糙 偏僻
慢 太慢 缓慢 拖沓 拖延 拖拉 延误 延迟 晚点 迟到 迟迟 迟缓 超时 等了 久等 排队 排长队 拥挤 拥堵 堵塞 堵车 挤 混乱 乱 乱糟糕 乱七八糟 麻烦 繁琐 复杂 费劲 费力 费时 折腾 啰嗦
冷漠 冷淡 冷冰冰 傲慢 粗鲁 粗暴 凶 敷衍 推诿 推卸 踢皮球 扯皮 不理 不管 没人管 没人理 不理人 无人问津 爱理不理 爱答不理 爱搭不理 置之不理 不闻不问 不作为 乱作为 甩脸色 白眼 骂人 辱骂 歧视 吼
故障 毛病 问题 缺陷 瑕疵 失灵 失效 失败 崩溃 闪退 死机 卡顿 卡死 卡 蓝屏 黑屏 白屏 掉线 断线 断网 掉漆 掉色 褪色 起球 开线 开胶 脱胶 变形 断裂 裂 开裂 漏 漏水 漏油 漏电 渗水 生锈 锈 划痕 刮花 磨损 抖动 顿挫 熄火 抛锚 自燃 失控
打不开 打不通 用不了 不能用 没法用 无法使用 连不上 充不进 看不懂 听不懂 找不到 打不着 没反应 没用 不管用 不好使 不制冷 不亮 不守时 不认路 不打招呼 没效果 失踪 丢失 丢了 弄丢 丢件 少件 漏发 发错 送错 错误 搞错 弄错 出错
贵 太贵 死贵 昂贵 天价 不值 浪费 亏 上当 受骗 缩水 偷工减料 短斤少两 缺斤少两 掉价 降价 贬值 涨价 太少 太小 太短 太窄 太硬 太咸 太甜 太辣 太淡 太油 太吵 太挤 太冷 太热 太闷 太乱 太脏 太烂 太贵 太差劲 偏咸 偏小 偏高 偏贵 偏硬 偏慢 偏少 狭窄 狭小 局促 闷热
咸 淡而无味 没味道 没味 寡淡 凉了 冷了 冰凉 凉的 硬邦邦 干巴巴 生的 夹生 糊了 焦了 老了 坨了 疼 痛 腰疼 头晕 晕 危险 隐患 害怕 担心 吓人 可怕 恐怖 伤害 受伤 过敏 刺激 损失 赔 拒绝 拒不 拒赔 拒保 刁难 为难 骚扰 威胁 逼 强迫
可怜 可惜 遗憾 悲剧 悲催 倒霉 心寒 心塞 心烦 心累 扫兴 无聊 尴尬 坑货 呵呵 离谱 过分 缺德 无良 无耻 不要脸 丢人 丢脸 鸡肋 累赘 摆设 形同虚设 名不副实 言而无信 出尔反尔 说话不算数 不了了之 石沉大海 遥遥无期 一塌糊涂 一团糟 不堪 不敢恭维 不尽人意 不尽如人意 差强人意 大打折扣 打折扣
不如 不及 比不上 比不了 没法比 大不如前 下降 退步 倒退 变差 恶化 减配 缩减 降低 没谁了 好样的 不合格 不达标 不干净 不卫生 不新鲜 不合理 不方便 不舒服 不专业 不耐烦 不友好 不礼貌 不人性化 不靠谱 不值得 不推荐 不满意 不清不楚 不明不白 不会再来 再也不来 再也不会 不会再买 不会再去 不想再来 不给开 不给退 不给换 不退款 不发货 不到账 未解决 没解决 没有解决 没处理 没有处理 不处理 不解决 未处理
洒 洒了 撒了 漏了 少送 漏送 没送 少给 没给 冷掉 凉透 难嚼 塞牙 不熟 没熟 半生 苦 馊味 剩饭 隔夜 量少 好少 半天 催 催单 退货 退款 退换 换货 返修 维修 修理 报修 关机 再也 不会再点 不点了 不买了 慎买 别买 千万别 劝退 避雷 踩雷 翻车 坏掉 坏的 死掉 烂掉 烂的 掉了 断了 裂了 破了 缺斤 短缺 缺少 少了 漏发 失灵 发烫 烫手 异味重 味道大 毛糙 线头 色差 偏色 扎人 臃肿 显胖 太薄 很薄 太假 竟然 居然 到底 什么玩意 玩意 无良商家 奸商 敷衍了事 坑钱 白买 白花 白等 白跑 没法吃 吃不下 咽不下 扔了 扔掉 倒掉
扰民 污染 违规 违法 违建 乱停 占道 噪声 脏水 污水 臭气 油烟 停水 停电 拖欠 欠薪 克扣 烂尾 暴利 收费高 高额 泛滥 失职 渎职 腐败
bad terrible horrible awful worst worse poor rude dirty filthy slow cold noisy loud crowded cramped uncomfortable broken disgusting disappointing disappointed
disappoint delay delayed late lost missing damaged expensive overpriced waste useless fail failed fails crash crashes crashed bug bugs freeze unhelpful unfriendly
unprofessional ignored ignore confusing difficult hard problem problems issue issues complaint refund angry annoyed annoying frustrating frustrated upset hate
smelly stale tasteless bland scam cheat cheated stuck wrong mess chaos chaotic long queue
"""

NEUTRAL = """
一般 一般般 还行 还可以 马马虎虎 中规中矩 凑合 普通 普普通通 平平 过得去 将就 不好不坏 凑活 无功无过 average okay ok so-so acceptable
"""

NEGATORS = """
不 没 没有 无 未 非 别 根本不 完全不 一点都不 一点也不 并非 并不 并没有 从不 从未 从来不 从来没 从来没有 毫无 毫不 绝不 决不 不是 不太 不够 不怎么 不算 算不上 谈不上 称不上 说不上 不会 不能 无法 难以 缺乏 缺少 不可 不再 不用 不必 无需
not no never without isn't wasn't aren't weren't don't doesn't didn't won't can't cannot couldn't wouldn't hardly nothing less
"""

INTENSIFIERS = """
很 太 非常 特别 十分 极 极其 极为 超 超级 超赞 最 真 真的 真是 相当 格外 尤其 更 更加 还 挺 蛮 好 实在 简直 根本 完全 绝对 简直 巨 贼 死 忒 老 very so too really extremely super absolutely totally much
"""

SOFTENERS = "有点 有些 有一点 稍微 稍 略 略微 偏 比较 还算 一点 a_bit slightly somewhat"

NOT_FEELINGS = """
好像 好几 好多 好久 好不容易 刚好 正好 只好 最好是 好的话 不好意思 爱好 友好城市 好歹 好奇 好在 还好 幸好 做好 办好 你好 您好 最后 差不多 差一点 差点 出差 时差 时间差 差价 差额 补差 便宜行事
问题不大 没问题 没有问题 没什么问题 毫无问题 没有任何问题 香港 香山 香水 香菇 安全带 安全门 安全座椅 安全出口 安全气囊 卫生间 卫生巾 卫生纸 卫生局 卫生院 环保局 环保部门 健康码 快乐水 快递 快餐 快车 慢性 高速 高铁 高峰 高中 高兴 大家 大概 大堂 大厅 大学 大众 大约 大部分 大小 多少 多久 小时 小区 小哥 小姐 小伙 小学 小心 小米
不到 没到一 没多久 没几天 没过多久 不出 不但 不仅 不只 不光 不过 不论 不管是 不同 不久 不知 不得不 不得不说 不可谓不 不妨 不料 不然 不禁 不止 不停 无论 无线 无人机 没想到 没得说 没话说 没毛病 没的说 没准 非常 除非 非要 未来 未必 未免 别人 别的 别家 别墅 特别 级别 区别 分别 性别 识别 个别 类别 别克
老师 老板 老人 老婆 老公 老家 老百姓 老款 老款式 死机 超市 超过 超出 超时 真正 最近 最后 最终 更换 更新 更改 还有 还是 还款 还给 退还 归还 还要 还没 还会 还来 还能 还想 还在 蛮横 挺直 只是 极速 坏处 好处 卡车 信用卡 会员卡 银行卡 卡片 卡座 打卡 刷卡 房卡 办卡 卡通 卡路里 萌芽 牛肉 牛奶 牛排 蜗牛 赔付 痛快 破费 吐司 潮流 潮州 潮汕 挤奶 裂变 漏斗 妙招 乱码 凶手 锈钢 不锈钢
麻辣 麻将 香味 香精 爱人 爱心 亲爱 可爱 恋爱 爱车 没有任何 没有什么 no_doubt not_only
"""

PHRASES_POSITIVE = """
没问题 没有问题 没什么问题 毫无问题 没有任何问题 问题不大 没得说 没话说 没的说 没毛病 挑不出毛病 不得不说很棒 不能更好 不能再好 没有更好 不负众望 不虚此行 不亏 不赖 不差 不坏 不咸不淡 不油不腻 不贵 不麻烦 不愧 毫不费力 毫不逊色 不输 刚好 正好
没让我失望 没让人失望 没有让我失望 从来没让人失望 没有失望 不失所望 不后悔 不可谓不 痛快 快乐 not_bad no_problem no_problems no_issue no_issues no_complaints can't_wait
"""

PHRASES_NEGATIVE = """
好不容易 不好意思说 没人接 没人管 没人理 没人应 没人处理 没人解决 没人负责 没有人管 没有人理 无人接听 无人处理 没有广播 没有热水 没有中文 没有按时 没有反应 没有打扫 没有找到 没有回复 没有回应 没有通知 没有通风 没有座位 没有位置 没有信号 没有网络 没有任何解释 没有解释 没有道歉 没有结果 没有下文 没有答复 没有着落
不给 不让 不肯 不予 不愿 不接 不通 不灵 不准 不对 不见 不回 不全 不熟 不匀 不牢 不一致 不一样 不符 不兑现 不承认 不认账 不到位 不及格 不起作用 不知所云 不知道怎么 不明 不详 不足 不良 不实 不顺 不便 不适 不公 不妥 不当 不佳 不齐 不平 不稳 不冷 不热 不动 不了 没了 没到 没收到 没送到 没赶上 没座位 没信号 没网 没水 没电 没空调 没暖气 没热水 没纸 没货 缺货 断货 无货 无人 无效 无果 无味 未收到 未送达 未到账 未果 至今 仍未 仍然没 还没 迟迟不 始终没 一直没 一直不 没完没了 not_working doesn't_work didn't_work never_works no_one nobody no_response no_reply no_hot_water
"""

DIMENSIONS: Mapping[str, int] = {
    "高": 1, "大": 1, "多": 1, "长": 1, "久": 1, "重": 1, "远": 1, "强": 1, "宽": 1, "足": 1, "厚": 1, "快": 1,
    "增加": 1, "上涨": 1, "上升": 1, "high": 1, "higher": 1, "big": 1, "large": 1,
    "低": -1, "小": -1, "少": -1, "短": -1, "轻": -1, "近": -1, "弱": -1, "窄": -1, "薄": -1, "减少": -1, "low": -1, "lower": -1, "small": -1, "few": -1,
}  # fmt: skip
"""Words of size: whether more or less of it is told; what is measured decides the rest."""

BETTER_MORE = """
性价比 分量 份量 菜量 量 效率 空间 动力 质量 品质 力度 速度 颜值 精度 亮度 清晰度 续航 选择 品种 种类 花样 座位 房间 屏幕 优惠 折扣 回头率 满意度 好评 服务 水平 素质 档次 口碑 舒适度 配置 扭矩 马力 车位 味道 信号 品种 后备箱 素养 地方 车 床 大堂
portion value quality selection room seat choice
"""

WORSE_MORE = """
价格 价钱 收费 费用 票价 房价 运费 手续费 油耗 能耗 电耗 噪音 噪声 杂音 胎噪 风噪 声音 异味 味儿 味 气味 烟味 压力 延误 等待 等候 等 间隔 排队 人 队伍 时间 故障 毛病 问题 误差 难度 门槛 差距 风险 成本 消费 灰尘 蚊子 广告 脾气 架子 起步价 投入 距离 震动 抖动 顿挫 油烟 价位 首付 利息 花费 加价 车价 报价
price fee cost noise queue wait
"""


def _words(text: str) -> list[str]:
    """Split a table at white space; "_" stands for the space inside a phrase."""
    return [word.replace("_", " ") for word in text.split()]


@functools.cache
def table() -> Mapping[str, tuple[str, float]]:
    """Return every word with its kind and weight; later kinds win over earlier ones."""
    found: dict[str, tuple[str, float]] = {}
    found.update(dict.fromkeys(_words(POSITIVE), ("feel", 1.0)))
    found.update(dict.fromkeys(_words(NEGATIVE), ("feel", -1.0)))
    found.update({word: ("size", float(way)) for word, way in DIMENSIONS.items()})
    found.update(
        {word: ("boost", 1.3) for word in _words(INTENSIFIERS) if word not in found}
    )
    found.update(dict.fromkeys(_words(SOFTENERS), ("boost", 0.8)))
    found.update(dict.fromkeys(_words(NOT_FEELINGS), ("none", 0.0)))
    found.update(dict.fromkeys(_words(NEGATORS), ("not", -1.0)))
    found.update(dict.fromkeys(_words(NEUTRAL), ("flat", 0.0)))
    found.update(dict.fromkeys(_words(PHRASES_NEGATIVE), ("set", -1.0)))
    found.update(dict.fromkeys(_words(PHRASES_POSITIVE), ("set", 1.0)))
    return found


@functools.cache
def better_more() -> frozenset[str]:
    """Things of which more is better."""
    return frozenset(_words(BETTER_MORE))


@functools.cache
def worse_more() -> frozenset[str]:
    """Things of which more is worse."""
    return frozenset(_words(WORSE_MORE))


PREFIXES: Mapping[str, float] = {
    **dict.fromkeys(["很", "太", "非常", "真", "超", "最", "特别"], 1.3),
    **dict.fromkeys(
        [
            "不",
            "没",
            "没有",
            "无",
            "不太",
            "不够",
            "不是",
            "不怎么",
            "并不",
            "不是很",
            "不会",
            "从不",
            "未",
            "别",
        ],
        -0.8,
    ),
}
"""What a prefix does to the word after it, for the lexicon read as n-grams."""

ALONE: Mapping[str, float] = {"快": 1.0, "贵": -1.0, "很慢": -1.3, "太慢": -1.3}
"""Words of size that are judged without knowing what is measured."""
