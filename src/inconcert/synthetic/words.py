"""Word lists from which texts are made: nobody's words, no real person, no real place."""

from __future__ import annotations

REMARKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("The night bus", "Our corner bakery", "The neighbour's dog", "The last ferry", "My old bicycle",
         "The school choir", "The new librarian", "That stubborn lift", "Our kitchen window", "The street piano",
         "My sister's garden", "The tea stall", "The repair café", "This week's rain", "The evening class",
         "The chess club", "Our football side", "The paper boy", "The little museum", "The market band"),
        ("was late again", "smells of fresh paint", "finally came back", "made everybody laugh", "needs a new roof",
         "won a small prize", "was worth the walk", "went quiet at noon", "surprised the children", "kept us waiting",
         "looked better than ever", "lost its way", "sold out in no time", "started without us", "sang out of tune",
         "was a good idea", "asked for volunteers", "broke down once more", "stayed open late", "got a new sign"),
        ("by the old harbour", "behind the market hall", "on the hill", "near the tram stop", "at the town gate",
         "under the railway arch", "in the back yard", "across the bridge", "beside the mill pond", "at the fairground",
         "next to the post office", "on our street", "at the swimming baths", "by the water tower", "in the low town",
         "opposite the school"),
        ("this morning", "last night", "after work", "before the storm", "at lunch", "on the way home", "all weekend",
         "yet again", "for once", "while we waited", "at dusk", "before anyone noticed"),
        ("and {n} people stopped to look", "which makes it {n} times this year", "and I have {n} photos to prove it",
         "so I owe my aunt {n} cakes", "and nobody minded for {n} minutes", "with {n} of us in the rain",
         "and I walked {n} steps for it", "as I said {n} days ago", "for the price of {n} stamps",
         "and the queue was {n} long"),
    ),
    "zh": (
        ("夜班公交车", "街角的面包店", "隔壁家的小狗", "末班渡轮", "我那辆旧自行车", "学校合唱团", "新来的图书管理员", "那部老电梯",
         "楼下的茶摊", "广场上的钢琴", "姐姐的花园", "夜校的老师", "象棋俱乐部", "我们的球队", "小小的博物馆", "市场里的乐队"),
        ("今天早上", "昨天晚上", "下班以后", "暴雨之前", "午饭时间", "回家路上", "整个周末", "傍晚时分", "不知不觉", "难得一次"),
        ("在旧码头边", "在菜市场后面", "在山坡上", "在电车站旁", "在城门口", "在铁路桥下", "在后院里", "在水塔旁边", "在邮局隔壁", "在学校对面",
         "在游泳馆门口", "在老磨坊旁"),
        ("又迟到了", "闻起来像刚刷过漆", "终于回来了", "把大家都逗笑了", "得换新屋顶了", "得了个小奖", "值得走这一趟", "让孩子们吃了一惊",
         "让我们等了好久", "比以前更好看了", "一下子就卖光了", "又坏了一次", "开到很晚", "换了新招牌"),
        ("有{n}个人停下来看", "今年已经第{n}次了", "我拍了{n}张照片", "前后不过{n}分钟", "我们{n}个人淋着雨", "为此我走了{n}步",
         "{n}天前我就说过", "排队的有{n}个人"),
    ),
    "ru": (
        ("Ночной автобус", "Сосед с третьего этажа", "Последний паром", "Школьный хор", "Новый библиотекарь",
         "Старый лифт", "Уличный музыкант", "Наш шахматный клуб", "Местный музей", "Чайный киоск", "Вечерний курс",
         "Почтовый ящик", "Футбольный клуб", "Рыночный оркестр", "Дедушкин велосипед", "Городской сад"),
        ("сегодня утром", "вчера вечером", "после работы", "перед грозой", "в обед", "по дороге домой", "весь выходной",
         "в сумерках", "совсем незаметно", "впервые за год"),
        ("у старой пристани", "за рынком", "на холме", "возле остановки", "у городских ворот", "под железной дорогой",
         "во дворе", "за мостом", "у водонапорной башни", "рядом с почтой", "напротив школы", "у старой мельницы"),
        ("опять опоздал", "наконец вернулся", "всех рассмешил", "получил маленький приз", "удивил детей",
         "заставил нас ждать", "стал ещё лучше", "заблудился", "начал без нас", "снова сломался",
         "работал допоздна", "попросил о помощи"),
        ("и {n} человек остановились посмотреть", "и так уже {n} раз за год", "у меня есть {n} снимков",
         "и ждать пришлось {n} минут", "а нас под дождём было {n}", "и я прошёл ради этого {n} шагов",
         "как я и говорил {n} дней назад", "а очередь была в {n} человек"),
    ),
}  # fmt: skip
"""Remarks of ordinary people: who, what, where, when, and an aside with a number, in the order of the language."""

JOINTS: dict[str, tuple[str, str]] = {"en": (" ", "."), "zh": ("", "。"), "ru": (" ", ".")}
"""What stands between the parts of a sentence, and at its end."""

PLACES: dict[str, tuple[str, ...]] = {
    "en": ("Eastmoor", "Tarrowby", "Hollin Quay", "Velmouth", "Greyfold", "Ostrey", "Pennick Vale", "Marrowgate",
           "Sandlehurst", "Wexcombe Sands", "Nordle", "Applewick"),
    "zh": ("东岭湾", "白鹭汀", "云栈口", "清枫渡", "石榴坪", "雁回坡", "玉泉埠", "柳岸镇", "松月岭", "金穗洲"),
    "ru": ("Верхнезорье", "Тихоброд", "Ольхогорье", "Синелужье", "Каменобор", "Дальнепольск", "Ветроград",
           "Белореченье-на-Ольхе", "Новосветлое", "Рябинолесье"),
}  # fmt: skip

HEADLINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Harbour council", "Transport board", "Teachers' union", "Water company", "Regional court", "Farmers' league",
         "Hospital trust", "Port authority", "Student assembly", "Energy regulator", "Housing agency", "Film festival",
         "Football league", "Weather service", "Grain exchange", "Heritage office"),
        ("approves", "delays", "rejects", "defends", "reopens talks on", "publishes figures on", "drops plans for",
         "doubles spending on", "warns about", "votes on", "apologises over", "sets a date for"),
        ("the ferry timetable", "the new flood wall", "free school meals", "the night train", "rent limits",
         "the salt mine", "cheaper tickets", "the wind park", "the hospital wing", "the market roof", "bus lanes",
         "the dam repairs", "the tram extension", "harvest aid", "the stadium", "library hours"),
        ("after a long night", "despite protests", "for the second time", "before the holidays", "by a narrow majority",
         "amid rising costs", "to general surprise", "from next month", "after expert report", "under pressure"),
    ),
    "zh": (
        ("港口议会", "交通委员会", "教师联合会", "自来水公司", "地区法院", "农民合作社", "医院管理局", "港务局", "学生代表会", "能源监管处",
         "住房办公室", "电影节", "足球联赛", "气象台", "粮食交易所", "文物处"),
        ("批准", "推迟", "否决", "回应", "重新讨论", "公布", "取消", "追加投入", "提醒关注", "投票表决", "就此致歉", "敲定"),
        ("渡轮时刻表", "新防洪墙", "免费校餐", "夜间列车", "房租上限", "盐矿改造", "票价下调", "风电场", "医院新楼", "市场屋顶", "公交专用道",
         "水坝维修", "电车延长线", "秋收补贴", "体育场", "图书馆开放时间"),
        ("引发热议", "下月起实行", "居民反应不一", "专家意见公布后", "历时一整夜", "假期之前", "出乎意料", "成本上涨", "第二次表决", "以微弱多数"),
    ),
    "ru": (
        ("Совет порта", "Комитет по транспорту", "Союз учителей", "Водоканал", "Областной суд", "Союз фермеров",
         "Совет больницы", "Портовый надзор", "Студенческий сбор", "Жилищный отдел", "Кинофестиваль",
         "Футбольный союз", "Прогноз погоды", "Зерновой рынок", "Отдел наследия", "Надзор за энергией"),
        ("одобрил", "отложил", "отклонил", "отстоял", "снова обсудил", "раскрыл цифры про", "отменил", "поддержал",
         "назвал опасным", "вынес на голосование", "пересмотрел", "назначил на осень"),
        ("новый график паромов", "проект дамбы", "бесплатный обед в школе", "ночной поезд", "предел цен на жильё",
         "ремонт шахты", "дешёвый билет", "ветропарк", "новый корпус больницы", "ремонт рынка",
         "отдельный ряд автобусов", "ремонт плотины", "новый путь трамвая", "заём на урожай", "городской стадион",
         "режим библиотеки"),
        ("после долгой ночи", "несмотря на споры", "во второй раз", "перед праздником", "малым перевесом",
         "на фоне роста цен", "ко всеобщему удивлению", "со следующего месяца", "после доклада", "под давлением"),
    ),
}  # fmt: skip
"""Headlines: body, verb, matter, circumstance; a place is put in front."""

LEDES: dict[str, tuple[str, ...]] = {
    "en": ("Officials said the step follows {n} months of talks and takes effect at once, the wire reports",
           "The decision ends {n} weeks of dispute and was greeted with relief, according to the agency",
           "A report of {n} pages names the reasons; a spokesperson declined to give details, the wire adds"),
    "zh": ("有关方面表示，此举经过{n}个月的磋商，即日起生效，通讯社报道", "这一决定结束了{n}周的争议，各方表示欢迎，据通讯社消息",
           "一份{n}页的报告列出了理由，发言人未透露细节，通讯社补充说"),
    "ru": ("Решению предшествовали {n} месяцев переговоров, оно вступает в силу сразу, сообщает агентство",
           "Так закончились {n} недель споров, стороны довольны, передаёт агентство",
           "В докладе на {n} страниц названы причины; подробностей не привели, добавляет агентство"),
}  # fmt: skip
"""Second sentence of an agency dispatch, without its stop."""

APPEALS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Everyone must read this.", "They will not tell you this.", "Ask yourself why.", "Look who profits.",
         "The truth is out.", "Enough is enough.", "Do not look away.", "Remember this day."),
        ("The plan for the dam was written abroad", "The flood wall is a lie", "The ferry money has vanished",
         "The council sold the salt mine in secret", "The wind park poisons our wells", "The report was forged",
         "The experts were bought long ago", "The hospital wing was never built", "The vote was decided beforehand",
         "The grain is rotting while they feast"),
        ("and {n} documents prove it", "and {n} families pay for it", "after {n} months of silence",
         "as {n} witnesses confirm", "while {n} officials look the other way", "for a profit of {n} millions"),
        ("share before it disappears", "pass it on", "let the world know", "say no today", "stand up now",
         "spread the word", "wake up", "tell your friends"),
    ),
    "zh": (
        ("大家一定要看。", "他们不会告诉你。", "问问自己为什么。", "看看谁在获利。", "真相大白了。", "够了。", "不要装作没看见。", "记住这一天。"),
        ("水坝方案是境外写的", "防洪墙是个谎言", "渡轮的钱不见了", "议会偷偷卖了盐矿", "风电场污染了井水", "报告是伪造的", "专家早被收买了",
         "医院新楼根本没有建", "投票结果早就定了", "粮食烂了他们还在宴请"),
        ("有{n}份文件为证", "{n}户人家在买单", "沉默了{n}个月", "{n}名证人可以证实", "{n}名官员视而不见", "获利{n}百万"),
        ("趁没删快转", "请转发", "让世界知道", "今天就说不", "站出来", "传下去", "醒醒吧", "告诉你的朋友"),
    ),
    "ru": (
        ("Это должен прочитать каждый.", "Об этом вам не скажут.", "Спросите себя, почему.", "Смотрите, кому выгодно.",
         "Правда вышла наружу.", "Хватит.", "Не отводите глаза.", "Запомните этот день."),
        ("План плотины написан за границей", "Дамба — обман", "Деньги на паром исчезли", "Совет тайно продал шахту",
         "Ветропарк отравил колодцы", "Доклад подделан", "Экспертов давно купили", "Корпус больницы не построен",
         "Голосование решили заранее", "Зерно гниёт, пока они пируют"),
        ("это доказывают {n} документов", "за это платят {n} семей", "после {n} месяцев молчания",
         "подтвердили {n} свидетелей", "а {n} чиновников молчат", "ради {n} миллионов"),
        ("делитесь, пока не удалили", "передай дальше", "пусть узнает мир", "скажи нет сегодня", "вставай",
         "расскажи всем", "проснитесь", "скажи друзьям"),
    ),
}  # fmt: skip
"""Campaign texts: a call, a claim, an aside with a number, an urge."""

CHAINS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Copy this if", "Do not scroll past if", "Put this on your page if", "Only a few will repost this:"),
        ("you still miss", "you once danced at", "you learned to swim at", "your grandmother told you about",
         "you would walk home from"),
        ("the old ferry", "the summer fair", "the mill pond", "the first snow", "the corner cinema", "the tea stall",
         "the harbour lights", "the last tram"),
        ("and count to {n}", "and thank {n} people", "then name {n} friends", "and wait {n} days"),
    ),
    "zh": (
        ("复制这段话，如果", "别划走，如果", "转到你的主页，如果", "很少有人会转："),
        ("你还想念", "你曾经去过", "外婆给你讲过", "你小时候见过"),
        ("旧码头的渡轮", "夏天的集市", "磨坊的池塘", "第一场雪", "街角的电影院", "楼下的茶摊", "码头的灯火", "最后一班电车"),
        ("然后数到{n}", "然后感谢{n}个人", "然后点名{n}位朋友", "然后等{n}天"),
    ),
    "ru": (
        ("Скопируй, если", "Не листай дальше, если", "Поставь на страницу, если", "Немногие перепостят:"),
        ("ты помнишь", "ты видел в детстве", "бабушка рассказывала про", "тебе снится"),
        ("старый паром", "летний праздник", "пруд у мельницы", "первый снег", "кинотеатр на углу", "чайный киоск",
         "огни пристани", "последний трамвай"),
        ("и досчитай до {n}", "и поблагодари {n} человек", "и назови {n} друзей", "и подожди {n} дней"),
    ),
}  # fmt: skip
"""Chain posts that ordinary people copy from each other."""

TAG_MATTERS: dict[str, tuple[str, ...]] = {
    "en": ("Ferry", "FloodWall", "SchoolMeals", "NightTrain", "RentCap", "WindPark", "Dam", "Tram", "Harvest",
           "Stadium", "Library", "Choir"),
    "zh": ("渡轮", "防洪墙", "校餐", "夜车", "房租", "风电", "水坝", "电车", "秋收", "体育场", "图书馆", "合唱"),
    "ru": ("Паром", "Дамба", "Обеды", "НочнойПоезд", "Жильё", "Ветропарк", "Плотина", "Трамвай", "Урожай", "Стадион",
           "Библиотека", "Хор"),
}  # fmt: skip
"""Second half of a hashtag; a place comes first."""

ADJECTIVES = (
    "quiet", "amber", "windy", "salty", "early", "mossy", "paper", "velvet", "crooked", "sunny", "lunar", "humble",
    "rusty", "gentle", "spare", "northern", "copper", "hazy", "plain", "stray", "winter", "lucky", "slow", "bright",
)  # fmt: skip
NOUNS = (
    "harbour", "kettle", "bicycle", "sparrow", "lantern", "pebble", "teapot", "compass", "meadow", "otter", "bakery",
    "ladder", "violin", "thimble", "biscuit", "heron", "cellar", "almanac", "button", "willow", "radish", "beacon",
    "parcel", "walnut", "anchor", "puddle", "mitten", "clover", "saddle", "pickle", "turnip", "garden",
)  # fmt: skip
PAPERS = ("ledger", "courier", "gazette", "observer", "post", "chronicle", "tribune", "herald", "dispatch", "echo")
SYLLABLES = ("ka", "ve", "lo", "mi", "ra", "ten", "sul", "do", "nar", "pi", "gol", "wen", "tu", "sha", "bri", "ko")
"""Parts of handles, newspaper names and invented names."""

GIVEN_NAMES: tuple[str, ...] = (
    "Adam", "Alice", "Amir", "Anna", "Ben", "Carla", "Carlos", "Clara", "Daniel", "Diana", "Elena", "Emma", "Eric", "Fiona", "Frank",
    "George", "Grace", "Hannah", "Henry", "Igor", "Irene", "Isabel", "Ivan", "Jack", "James", "Jane", "Julia", "Karen", "Kevin", "Laura",
    "Leo", "Linda", "Lucas", "Maria", "Mark", "Martin", "Mary", "Nadia", "Nina", "Noah", "Olga", "Oscar", "Paul", "Peter", "Rachel",
    "Robert", "Rosa", "Samuel", "Sara", "Simon", "Sofia", "Thomas", "Victor", "Vera", "Walter",
)  # fmt: skip
SURNAMES: tuple[str, ...] = (
    "Adams", "Baker", "Bauer", "Bennett", "Brown", "Carter", "Clark", "Collins", "Cooper", "Cruz", "Davis", "Diaz", "Evans", "Fischer",
    "Foster", "Garcia", "Green", "Hall", "Harris", "Hughes", "Jackson", "Johnson", "Jones", "Keller", "King", "Kovacs", "Lee", "Lopez",
    "Martin", "Meyer", "Miller", "Moore", "Morgan", "Murphy", "Nelson", "Novak", "Parker", "Perez", "Petrov", "Reed", "Rossi", "Schmidt",
    "Silva", "Smith", "Stewart", "Taylor", "Turner", "Walker", "Weber", "White", "Wilson", "Wright", "Young",
)  # fmt: skip
