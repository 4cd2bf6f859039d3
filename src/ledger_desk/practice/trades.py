"""Trades of the county with their industry codes (GB/T 4754-2017) and the words of their names."""

from __future__ import annotations

from dataclasses import dataclass

FIRM, STALL, COOP, FARM = "企业", "个体工商户", "农民专业合作社", "家庭农场"


@dataclass(frozen=True)
class Trade:
    """One trade.

    Attributes:
        code: Industry code, four digits, of ``industries.tsv``.
        weight: How common it is in the county.
        words: Words of a company's or a cooperative's name.
        stalls: Words of a stall's name; empty where there are none.
        kinds: Kinds of enterprise with their weights.
        business: Main business as a clerk would write it.
    """

    code: str
    weight: int
    words: tuple[str, ...]
    stalls: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    business: str


_LAND = ((COOP, 5), (FARM, 3), (FIRM, 2))
_WORKS = ((FIRM, 8), (STALL, 2))
_SHOP = ((STALL, 8), (FIRM, 2))

TRADES = (
    Trade("0164", 12, ("茶叶", "有机茶", "高山茶"), (), _LAND, "茶叶种植、采摘"),
    Trade("1530", 9, ("茶业", "茶叶加工", "名茶"), ("茶厂", "炒茶坊"), _WORKS, "绿茶、红茶加工"),
    Trade("5226", 6, ("茶叶销售", "茶酒商贸"), ("茶庄", "茶行", "茶叶店"), _SHOP, "茶叶、酒水零售"),
    Trade("0161", 8, ("板栗", "油栗"), (), _LAND, "板栗种植"),
    Trade("1373", 4, ("板栗食品", "山珍食品"), ("栗子加工坊",), _WORKS, "板栗仁、板栗粉加工"),
    Trade("0162", 6, ("油茶", "茶籽"), (), _LAND, "油茶种植"),
    Trade("1331", 4, ("山茶油", "粮油"), ("榨油坊",), _WORKS, "山茶油压榨"),
    Trade("0179", 4, ("中药材", "苍术", "银杏"), (), _LAND, "中药材种植"),
    Trade("0142", 3, ("食用菌", "香菇"), (), _LAND, "香菇、木耳种植"),
    Trade("0321", 3, ("生态养殖", "土鸡养殖"), (), _LAND, "土鸡养殖"),
    Trade("0412", 2, ("稻渔", "水产养殖"), (), _LAND, "稻田养鱼虾"),
    Trade("6130", 7, ("民宿", "乡宿"), ("民宿", "客栈", "农家院"), _SHOP, "民宿住宿、农家餐"),
    Trade("6110", 2, ("酒店", "宾馆"), (), ((FIRM, 1),), "住宿、会议、餐饮"),
    Trade("7291", 3, ("红色旅行社", "研学旅行"), (), ((FIRM, 1),), "红色旅游、研学组团"),
    Trade("7869", 3, ("红色旅游开发", "景区管理"), (), ((FIRM, 1),), "红色旅游景点运营"),
    Trade("6210", 8, ("餐饮", "餐饮管理"), ("土菜馆", "饭庄", "农家菜馆"), _SHOP, "正餐服务"),
    Trade("6220", 4, ("快餐",), ("面馆", "早餐店", "小吃店"), _SHOP, "快餐小吃"),
    Trade("3021", 3, ("新型建材", "水泥制品"), ("水泥制品厂",), _WORKS, "水泥预制件生产"),
    Trade("3031", 3, ("页岩砖", "新型墙材"), ("砖厂",), _WORKS, "页岩砖、砌块生产"),
    Trade("5165", 4, ("建材", "建材商贸"), ("建材经营部", "板材经营部"), _SHOP, "建材批发"),
    Trade("2041", 3, ("竹业", "竹木工艺"), ("竹编坊",), _WORKS, "竹制品加工"),
    Trade("2110", 2, ("家具", "木业"), ("木器厂",), _WORKS, "实木家具制造"),
    Trade("1830", 3, ("服饰", "制衣"), ("制衣坊",), _WORKS, "来料加工服装"),
    Trade("4790", 2, ("建筑工程", "建设"), (), ((FIRM, 1),), "房屋建筑施工"),
    Trade("5431", 3, ("物流", "运输"), ("货运部",), _WORKS, "普通货物运输"),
    Trade("5212", 5, ("商贸", "超市"), ("超市", "便民店"), _SHOP, "日用百货零售"),
    Trade("5292", 3, ("电子商务", "网络科技"), ("电商服务部",), _WORKS, "农产品网上销售"),
    Trade("5960", 1, ("中药材仓储",), (), ((FIRM, 1),), "中药材仓储"),
    Trade("6513", 1, ("软件科技",), (), ((FIRM, 1),), "软件开发"),
    Trade("8111", 3, ("汽车服务",), ("汽修厂", "汽车修理部"), _SHOP, "汽车修理"),
)  # fmt: skip
