"""Names that a rewriter puts in the place of another: states, peoples, agencies, armies, parties, companies, alliances.

Written for this package from general knowledge; far from complete, and biased towards the states that publish and are
accused in reports on influence operations. What is not here may still be known by its capitals, digits or Latin letters.
"""

from __future__ import annotations

SPACED = """
afghanistan afghan africa african albania albanian algeria algerian america american americans argentina argentine armenia
armenian asia asian australia australian australians austria austrian azerbaijan azerbaijani bahrain bangladesh bangladeshi
belarus belarusian belgium belgian bolivia bolivian bosnia bosnian brazil brazilian britain british briton britons bulgaria
bulgarian cambodia cambodian canada canadian canadians chile chilean china chinese colombia colombian congo congolese croatia
croatian cuba cuban cyprus cypriot czech czechia denmark danish dutch ecuador egypt egyptian england english eritrea estonia
estonian ethiopia ethiopian europe european europeans finland finnish france french georgia georgian germany german germans
ghana greece greek guatemala haiti honduras hungary hungarian iceland india indian indians indonesia indonesian iran iranian
iranians iraq iraqi ireland irish israel israeli israelis italy italian jamaica japan japanese jordan jordanian kazakhstan
kazakh kenya kenyan korea korean koreans kosovo kuwait kyrgyzstan laos latvia latvian lebanon lebanese libya libyan
lithuania lithuanian macau malaysia malaysian mali malta mexico mexican moldova moldovan mongolia mongolian morocco moroccan
mozambique myanmar burma burmese nepal nepalese netherlands nicaragua niger nigeria nigerian norway norwegian oman pakistan
pakistani palestine palestinian palestinians panama paraguay peru peruvian philippines philippine filipino filipinos poland
portugal portuguese qatar qatari romania romanian russia russian russians rwanda saudi scotland scottish senegal
serbia serbian singapore singaporean slovakia slovak slovenia somalia somali spain spanish sudan sudanese sweden swedish
switzerland swiss syria syrian taiwan taiwanese tajikistan tanzania thailand thai tibet tibetan tibetans tunisia tunisian
turkey turkish turkmenistan uganda ukraine ukrainian ukrainians uruguay uyghur uyghurs uighur uzbekistan uzbek venezuela
venezuelan vietnam vietnamese wales welsh xinjiang yemen yemeni zambia zimbabwe balkan baltic crimea crimean donbas gaza
beijing moscow washington london paris berlin kyiv kiev tehran pyongyang seoul tokyo taipei delhi brussels jerusalem ankara
caracas havana guangdong shanghai wuhan shenzhen
usa uk uae prc roc dprk ussr nato asean brics opec unesco interpol pentagon kremlin
zhongnanhai cia fbi nsa dhs doj fsb gru svr mss mps pla ccp cpc kgb mossad gchq cisa csis dod wto
microsoft google amazon facebook twitter tiktok bytedance huawei zte tencent alibaba baidu weibo kaspersky mandiant
fireeye crowdstrike symantec qianxin qihoo nvidia tesla samsung boeing airbus lockheed raytheon gazprom
rosneft wagner sputnik xinhua cgtn cctv bbc cnn reuters bloomberg
democrat democrats democratic republican republicans tory tories hamas hezbollah taliban isis falun
"""
"""Words of spaced scripts, in the form of `tokens`."""

SPACED_PHRASES = (
    "united states", "united kingdom", "united nations", "united arab emirates", "european union", "south korea",
    "north korea", "south africa", "south sudan", "south african", "north korean", "south korean", "saudi arabia",
    "saudi arabian", "new zealand", "hong kong", "sri lanka", "sri lankan", "costa rica", "el salvador", "puerto rico",
    "czech republic", "burkina faso", "ivory coast", "sierra leone", "papua new guinea", "new york", "middle east",
    "white house", "five eyes", "falun gong", "qi an xin", "recorded future", "red cross", "world health organization",
    "fox news", "south china sea", "inner mongolia",
)  # fmt: skip
"""The same of several words; one part swapped, as in North Korea and South Korea, swaps the whole."""

DENSE = """
中国 美国 俄罗斯 俄国 英国 法国 德国 日本 韩国 朝鲜 北韩 南韩 印度 巴基斯坦 伊朗 伊拉克 以色列 巴勒斯坦 乌克兰 白俄罗斯 波兰 加拿大 澳大利亚 澳洲 新西兰
台湾 香港 澳门 西藏 新疆 内蒙古 蒙古 越南 泰国 缅甸 老挝 柬埔寨 菲律宾 马来西亚 新加坡 印度尼西亚 印尼 阿富汗 叙利亚 土耳其 沙特阿拉伯 沙特 埃及 利比亚
苏丹 埃塞俄比亚 肯尼亚 尼日利亚 南非 巴西 阿根廷 智利 秘鲁 墨西哥 古巴 委内瑞拉 意大利 西班牙 葡萄牙 希腊 荷兰 比利时 瑞士 瑞典 挪威 芬兰 丹麦 奥地利 匈牙利
捷克 斯洛伐克 罗马尼亚 保加利亚 塞尔维亚 立陶宛 爱沙尼亚 拉脱维亚 爱尔兰 格鲁吉亚 亚美尼亚 阿塞拜疆 哈萨克斯坦 欧洲 欧盟 亚洲 非洲 北约 联合国 东盟 五眼联盟
中方 美方 俄方 英方 日方 印方 台方 欧方 韩方 中共 中国人 美国人 俄罗斯人 日本人 台湾人 香港人 华人 藏人 维吾尔
北京 上海 广东 武汉 深圳 莫斯科 华盛顿 伦敦 巴黎 柏林 基辅 东京 首尔 平壤 台北 德黑兰 耶路撒冷 布鲁塞尔 白宫 克里姆林宫 五角大楼 中南海
国家安全部 国安部 公安部 外交部 国防部 国务院 中央情报局 中情局 联邦调查局 国家安全局 国安局 国土安全部 司法部 解放军 战略支援部队 共产党 民主党 共和党 国民党 民进党
联邦安全局 对外情报局 摩萨德 世卫组织 世界卫生组织 世界贸易组织 法轮功
华为 中兴 腾讯 阿里巴巴 百度 字节跳动 抖音 微博 微信 微软 谷歌 苹果公司 亚马逊 脸书 推特 特斯拉 英特尔 三星 奇安信 奇虎 三六零 曼迪昂特 火眼 卡巴斯基 赛门铁克
新华社 人民日报 环球时报 央视 路透社 法新社 美联社 彭博社
大学 银行 集团 公司 政府 委员会 情报局 基金会 研究院 研究所
ロシア アメリカ 米国 中國 韓国 北朝鮮 ウクライナ イギリス
"""
"""The same of Chinese and Japanese; the last lines of Chinese hold words in which names of bodies end."""
