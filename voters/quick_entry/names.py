"""Whether a piece of text can be a person's name."""

import re

from delegates.names import LONGEST_NAME

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶"
    "程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱江尹薛闫阎段雷侯龙史陶贺毛"
    "郝顾龚邵万覃武钱戴严莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟"
    "应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴"
    "丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌裘亓母幸揭郏"
)
_COMPOUND_SURNAMES = """
欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司空 夏侯 轩辕 端木 南宫
独孤 呼延 闻人 申屠 钟离 澹台 公冶 太史 单于 完颜 濮阳 淳于 百里 东郭 西门 拓跋 赫连
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())

#: Everyday matters that begin with a surname and are no names.
_NOT_NAMES = """
路灯 路面 路边 路段 路口 路基 路牌 路况 路窄 路坏 路烂 路断 路滑 马路 田里 田地 田埂 田边
田水 石头 石桥 石板 石子 石料 房子 房屋 房顶 房租 房产 房产证 金额 高压线 高压电 高龄 高速
高速路 高铁 高温 安全 安置 安置房 安置费 安置点 安装 方便 方案 方面 时间 时候 时常 常年 常常
全村 全家 全组 全部 全都 农田 农村 农民 农药 农机 农合 农业 农资 农户 农家乐 农忙 林权
林权证 林地 林木 林子 林场 江边 江水 池塘 池子 井盖 井水 井里 管道 管网 管子 管理 管理费
盖板 盖房 盖房子 车子 车位 车站 车祸 车速 车辆 车多 成绩 成本 成天 解决 解释 文件 文化 文书
文明 文广 明年 明天 明确 来信 来访 来电 来年 国土 国家 国道 平时 平整 平安 计划 计生 权证
边沟 边坡 边界 谷子 麦子 花木 花费 楼房 楼上 楼道 楼梯 豆子 毛病 毛竹 白天 白蚁 温度 游客
游泳 游步道 原来 原因 原件 关于 关心 关系 关闭 应该 应急 严重 包括 包工头 包地 连续 连夜
连接 单位 单车 单子 左右 左边 向上 向导 曲折 余款 余钱 申请 申报 申诉 申领 党员 党费 党建
党委 师资 师傅 商店 商户 商品 商铺 支付 支路 支部 支书 支持 支架 位置 位子 强烈 强制 强占
强拆 相邻 相关 初中 初三 门口 门前 门面 门诊 门卫 云梯 容易 祖坟 祖屋 祖宅 海拔 海选 养老
和解 都要 都在 都去 甘蔗 甘草 柴火 柴油 米价 米饭 皮肤 皮带 蓝天 麻烦 麻将 谈话 封路 封山
封闭 查看 查询 查处 查账 冷水 冷库 费用 费钱 官司 官网 宣传 索赔 索要 索道 区域 区里 区间
厉害 满意 满地 满街 练车 廉租房 阳光 阳沟 阳台 阳历 乐队 付款 付钱 付清 付费 易涝 易滑 易堵
章程 康复 温室 符合 童车 童工 凌晨 盛夏 成立 成片 曾经 任务 任意 万一 白条 苗木 苗圃 苗款
牛羊 牛棚 牛圈 羊圈 羊群 马上 马蜂 黄沙 黄泥 黄土 黄水 雷雨 雷击 龙头 龙灯 石灰 石场 桂花
梅雨 梅花 华侨 景区 景点 宁可 尚未 包裹 向阳 丰收 普通 普查 普遍 花钱 甘薯 温泉 沙子 沙石
沙场 荣誉 明明 班车 班级 班次 原先 原地 储蓄 储水 师生 钟点 钱款 武装 武警 常见 常规
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PLAIN = re.compile(f"[{_HAN}]{{2,4}}")
_DOTS = "·•・‧∙･"
_DOTTED = re.compile(f"[{_HAN}]+(?:[{_DOTS}][{_HAN}]+)+")
_SENTENCE = re.compile("[不没了的是吗呢吧啊很被把让们这那]")
_PLACE_OR_OFFICE = re.compile(
    "(?:村|组|社区|镇|乡|县|队|站|所|办|局|室|院|路|中心|公司|学校|小学|中学|政府)$"
)


def proper_name(text: str) -> str:
    """The name with the separator · (U+00B7), whichever dot was typed."""
    return re.sub(f"[{_DOTS}]", "·", text)


def can_be_name(text: str) -> bool:
    """2–4 Han characters that are no everyday matter and no place, or parts joined by ·."""
    if is_dotted(text):
        return True
    return bool(
        _PLAIN.fullmatch(text)
        and text not in NOT_NAMES
        and not _SENTENCE.search(text)
        and not _PLACE_OR_OFFICE.search(text)
    )


def can_be_labelled_name(text: str) -> bool:
    """After 姓名: any text without digits and sentence words, up to 50 characters."""
    return (
        len(text) <= LONGEST_NAME
        and not _SENTENCE.search(text)
        and not any(character.isdigit() for character in text)
    )


def is_dotted(text: str) -> bool:
    return len(text) <= LONGEST_NAME and _DOTTED.fullmatch(text) is not None


def looks_like_name(text: str) -> bool:
    """Can be a name and begins with a surname, or has the separator."""
    if not can_be_name(text):
        return False
    if is_dotted(text):
        return True
    if text[:2] in COMPOUND_SURNAMES and len(text) >= 3:
        return True
    return text[0] in SURNAMES and len(text) <= 3 and text[:2] not in NOT_NAMES
