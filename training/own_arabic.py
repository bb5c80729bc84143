"""Reports of our own in Arabic, made as `own_reports` makes the English ones: invented events, every sentence written here (CC0)."""

from __future__ import annotations

import random
from typing import Any

from training.own_world import SEED, Build, Cast, Claim, People, Sentence, World, claim, compose, make_world, marked

LANDS = {
    "سوريا": [
        "معرة مصرين",
        "تل أبيض",
        "هجين",
        "عربين",
        "الشدادي",
        "البوكمال",
        "سراقب",
        "جسر الشغور",
        "القورية",
        "الباغوز",
    ],
    "اليمن": ["حيس", "المخا", "عبس", "زبيد", "صرواح", "الضالع", "حرض"],
    "العراق": ["هيت", "القائم", "تلعفر", "بيجي", "راوة", "سنجار"],
    "السودان": ["الفاشر", "نيالا", "كادوقلي", "ود مدني", "الأبيض"],
    "ليبيا": ["ترهونة", "مرزق", "غريان", "بني وليد"],
    "غزة": ["جباليا", "دير البلح", "خان يونس", "بيت لاهيا", "النصيرات", "رفح"],
}
STRIKERS = [
    "طيران النظام",
    "الطيران الروسي",
    "طائرات التحالف الدولي",
    "التحالف العربي",
    "الجيش الإسرائيلي",
    "طائرة مسيرة تركية",
    "مروحيات الجيش",
    "الطيران الحربي",
    "قوات النظام",
    "مدفعية الجيش التركي",
]
GROUND = [
    "مسلحين مجهولين",
    "عناصر تنظيم داعش",
    "قوات سوريا الديمقراطية",
    "قوات الدعم السريع",
    "ميليشيا الحوثي",
    "فصائل موالية لتركيا",
    "قوات الأمن",
    "هيئة تحرير الشام",
    "الميليشيات الإيرانية",
]
SOURCES = ["المرصد السوري لحقوق الإنسان", "مصادر محلية", "ناشطون", "مصدر طبي", "الدفاع المدني", "وزارة الصحة", "شبكة حقوقية", "شهود عيان", "وكالة الأنباء الرسمية", "مراسلنا", "مصدر أمني", "الهلال الأحمر", "مدير المستشفى", "الأمم المتحدة"]  # fmt: skip
COUNTS: list[People] = [
    ("مدنيان", "civilian", None), ("مدنيين اثنين", "civilian", None), ("ثلاثة مدنيين", "civilian", None), ("خمسة أشخاص", "unknown", None), ("4 أطفال", "civilian", "children"), ("طفلين", "civilian", "children"),
    ("امرأتين", "civilian", "women"), ("15 شخصاً", "unknown", None), ("عشرات المدنيين", "civilian", None), ("عدد من الأشخاص", "unknown", None), ("ما لا يقل عن 12 مدنياً", "civilian", None), ("أكثر من 20 شخصاً", "unknown", None),
    ("نحو 30 مدنياً", "civilian", None), ("سبعة من عائلة واحدة", "civilian", "family"), ("6 مسعفين", "civilian", "health workers"), ("9 نازحين", "civilian", None), ("عدة مزارعين", "civilian", None),
    ("شخصين", "unknown", None), ("ثمانية عمال", "civilian", None), ("٧ مدنيين", "civilian", None), ("صحفيين اثنين", "civilian", "journalists"),
]  # fmt: skip
ONES = [("طفل", "civilian", "children"), ("طفلة", "civilian", "children"), ("امرأة", "civilian", "women"), ("شاب", "civilian", None), ("مدني", "civilian", None), ("رجل مسن", "civilian", "elderly"), ("شخص", "unknown", None), ("صحفي", "civilian", "journalists")]  # fmt: skip
FIGHTERS = [
    "3 عناصر",
    "عنصرين",
    "خمسة مقاتلين",
    "جنديان",
    "عدد من المسلحين",
    "ما لا يقل عن 14 مقاتلاً",
    "أربعة جنود",
    "17 عنصراً",
    "قيادي",
    "عشرات العناصر",
    "ضابط",
]
HURT = ["3 آخرين", "عشرة آخرين", "آخرين", "12 آخرين بجروح", "أربعة آخرين", "آخر", "العشرات", "نحو 25 شخصاً"]
NOISE = [
    "وتشهد المنطقة هدوءاً حذراً منذ أسابيع.", "ودخلت 14 شاحنة مساعدات إلى المدينة.", "وأدى القصف إلى تدمير 6 منازل ومدرسة.", "ولم تتبن أي جهة المسؤولية عن الهجوم.", "وتوقفت المحادثات بعد 5 ساعات دون نتيجة.",
    "واستهدفت الغارات 3 مقرات ومستودعاً.", "ويبلغ عدد سكان البلدة نحو 40 ألف نسمة.", "ونقل المصابون إلى المشافي القريبة.", "وسقط قتلى وجرحى من الطرفين دون ذكر حصيلة.", "ونفق عدد من المواشي جراء القصف.",
    "وقال الوزير إن العمل سيبدأ خلال 10 أيام.", "وارتفعت أسعار الخبز في الأسواق.", "واتهم الطرفان بعضهما بخرق الهدنة.",
]  # fmt: skip
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
CAST = Cast(lands=LANDS, strikers=STRIKERS, ground=GROUND, sources=SOURCES, published_days=range(4))


def _told(w: World) -> str:
    back = {0: "اليوم", 1: "أمس"}.get((w.published - w.day).days)
    plain = [f"يوم {DAYS[w.day.weekday()]}", f"{DAYS[w.day.weekday()]}", f"في {w.day.day}/{w.day.month}/{w.day.year}"]
    return w.chance.choice([*plain, f"{back} {DAYS[w.day.weekday()]}"] if back else plain)


def _count(w: World) -> Claim:
    words, kind, group = w.chance.choice(COUNTS)
    return {"words": words, "people": ("", kind, group)}


def killed_by(w: World) -> Sentence:
    c, hurt = _count(w), w.chance.choice(HURT)
    verb = w.chance.choice(["مقتل", "استشهاد", "سقوط", "مصرع"])
    means, what = w.chance.choice(
        [
            ("airstrike", "غارة جوية شنها"),
            ("artillery/shelling", "قصف مدفعي نفذه"),
            (None, "استهداف من"),
            ("airstrike", "غارات ل"),
        ]
    )
    text = f"{w.source}: {verb} [killed|{c['words']}] وإصابة [injured|{hurt}] في {what} {w.striker} على {w.place} {_told(w)}."
    base = {"actor": w.striker, "source": w.source, "means": means, "victims": None}
    return text, [claim(w, c["people"], **base), claim(w, ("", "unknown", None), **base)]


def was_killed(w: World) -> Sentence:
    c, one = _count(w), w.chance.choice(ONES)
    text = f"قُتل [killed|{c['words']}] وأُصيب [injured|{one[0]}] {_told(w)} إثر قصف {w.striker} بلدة {w.place}، بحسب {w.source}."
    base = {"actor": w.striker, "source": w.source, "victims": None}
    return text, [claim(w, c["people"], **base), claim(w, one, **base)]


def told_by(w: World) -> Sentence:
    c = _count(w)
    verb = w.chance.choice(["أفاد", "قال", "ذكر", "أكد", "أعلن"])
    text = f"و{verb} {w.source} أن [killed|{c['words']}] قتلوا برصاص {w.ground} في {w.place} {_told(w)}."
    return text, [claim(w, c["people"], actor=w.ground, source=w.source, means="shooting", victims=None)]


def mine(w: World) -> Sentence:
    one = w.chance.choice(ONES)
    hurt = w.chance.choice(HURT)
    text = f"استشهد [killed|{one[0]}] وأصيب [injured|{hurt}] جراء انفجار لغم أرضي في محيط {w.place} {_told(w)}."
    base = {"means": "mine/explosive remnant", "victims": None}
    return text, [claim(w, one, **base), claim(w, ("", "unknown", None), **base)]


def fighters(w: World) -> Sentence:
    words = w.chance.choice(FIGHTERS)
    text = f"قتل [killed|{words}] من {w.ground} في اشتباكات قرب {w.place}، وفق ما نقل {w.source}."
    return text, [claim(w, ("", "combatant", None), source=w.source, when=None, means="ground attack", victims=None)]


def parts(w: World) -> Sentence:
    total = f"{w.chance.randrange(11, 60)} شخصاً"
    one = w.chance.choice(ONES)
    text = f"ارتفعت حصيلة ضحايا القصف على {w.place} إلى [killed|{total}]، بينهم [killed/part|{w.chance.randrange(3, 9)} أطفال] و[killed/part|{one[0]}]، حسب {w.source}."
    base = {"source": w.source, "when": None, "victims": None}
    return text, [
        claim(w, ("", "unknown", None), **base),
        claim(w, ("", "civilian", "children"), **base),
        claim(w, one, **base),
    ]


def since(w: World) -> Sentence:
    total = f"{w.chance.randrange(200, 9000)} مدنياً"
    text = f"ووثق {w.source} مقتل [killed/cumulative|{w.chance.choice(['', 'أكثر من '])}{total}] في {w.land} منذ عام {w.published.year - 1}."
    return text, [claim(w, ("", "civilian", None), place=w.land, source=w.source, when=None, victims=None)]


def arrested(w: World) -> Sentence:
    c = _count(w)
    text = f"اعتقلت {w.ground} [detained|{c['words']}] خلال حملة دهم في {w.place} {_told(w)}، كما خطف [detained|{w.chance.choice(ONES)[0]}] على يد مجهولين."
    return text, [claim(w, c["people"], actor=w.ground, victims=None), claim(w, ("", "unknown", None), victims=None)]


def headline(w: World) -> Sentence:
    c = _count(w)
    text = w.chance.choice(
        [
            f"مقتل [killed|{c['words']}] بقصف على {w.place}",
            f"إصابة [injured|{c['words']}] بانفجار في {w.place}",
            f"[killed|{c['words']}] ضحايا غارة جوية على {w.place}",
        ]
    )
    return text, [claim(w, c["people"], when=None, victims=None)]


def rubble(w: World) -> Sentence:
    text = f"ولا يزال [missing|{w.chance.choice(['عدد من الأشخاص', '5 أشخاص', 'ستة مدنيين'])}] تحت الأنقاض في {w.place}، فيما نزح [displaced|{w.chance.choice(['آلاف المدنيين', 'نحو 3000 شخص', 'مئات العائلات'])}] من المنطقة."
    return text, [claim(w, ("", "unknown", None), when=None, victims=None) for _ in range(2)]


def denied(w: World) -> Sentence:
    c = _count(w)
    text = f"ونفى {w.striker} مقتل [killed/denied|{c['words']}] في {w.place}."
    return text, [claim(w, c["people"], actor=w.striker, when=None, victims=None)]


def two_towns(w: World) -> Sentence:
    c, d = _count(w), _count(w)
    text = f"وقضى [killed|{c['words']}] في {w.place}، بينما قتل [killed|{d['words']}] في {w.other} {_told(w)}."
    return text, [claim(w, c["people"], victims=None), claim(w, d["people"], place=w.other, victims=None)]


BUILDS: tuple[Build, ...] = (
    killed_by,
    was_killed,
    told_by,
    mine,
    fighters,
    parts,
    since,
    arrested,
    headline,
    rubble,
    denied,
    two_towns,
)


def reports(count: int) -> list[dict[str, Any]]:
    """So many Arabic reports, the same on every run."""
    return [
        compose(make_world(random.Random(SEED + n), CAST), BUILDS, lambda w: w.chance.choice(NOISE), f"own-ar-{n}")
        for n in range(count)
    ]


if __name__ == "__main__":
    print(*map(marked, reports(12)), sep="\n\n---\n\n")
