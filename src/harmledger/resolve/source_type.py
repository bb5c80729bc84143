"""What kind of source somebody is: by the registry where it knows them, else by the nouns that name them."""

from __future__ import annotations

import re

from harmledger.domain import SpeakerType
from harmledger.resources.registry import ActorKind, Entry

TYPE_OF_KIND = {
    ActorKind.STATE: SpeakerType.GOVERNMENT,
    ActorKind.GOVERNMENT: SpeakerType.GOVERNMENT,
    ActorKind.MINISTRY: SpeakerType.GOVERNMENT,
    ActorKind.POLICE: SpeakerType.GOVERNMENT,
    ActorKind.MILITARY: SpeakerType.MILITARY,
    ActorKind.COALITION: SpeakerType.MILITARY,
    ActorKind.ARMED_GROUP: SpeakerType.ARMED_GROUP,
    ActorKind.MONITOR: SpeakerType.MONITOR,
    ActorKind.NGO: SpeakerType.MONITOR,
    ActorKind.OUTLET: SpeakerType.MEDIA,
    ActorKind.INTERNATIONAL: SpeakerType.INTERNATIONAL,
    ActorKind.MEDICAL: SpeakerType.MEDICAL,
    ActorKind.PERSON: SpeakerType.OTHER,
}
_NOUNS: tuple[tuple[SpeakerType, str, str], ...] = (
    (
        SpeakerType.ANONYMOUS,
        (
            r"anonym\w*|condition of anonymity|who (?:declined|asked not)"
        ),
        r"",
    ),
    (
        SpeakerType.MEDICAL,
        (
            r"doctors?|dr|medics?|medical|hospitals?|clinics?|nurses?|paramedics?|surgeons?|physicians?|"
            r"ambulance|health (?:worker|staff)\w*|rescue\w*|civil defen[cs]e|first responders?|morgue|"
            r"red (?:cross|crescent)|white helmets"
        ),
        r"طبي|طبيب|أطباء|مسعف|مستشفى|مشفى|مشافي|الدفاع المدني|الهلال الأحمر|الصليب|إنقاذ|إسعاف|منقذ",
    ),
    (
        SpeakerType.MONITOR,
        (
            r"monitors?|monitoring|watchdogs?|observatory|rights (?:group|organi[sz]ation|activist)s?|"
            r"documentation|network for human rights"
        ),
        r"مرصد|لحقوق الإنسان|توثيق",
    ),
    (
        SpeakerType.ARMED_GROUP,
        (
            r"rebels?|insurgents?|militants?|militia\w*|fighters?|guerrillas?|armed (?:group|faction)s?|"
            r"gunmen|opposition (?:commander|military)"
        ),
        r"فصائل|فصيل|ميليشي|مليشي|مسلح",
    ),
    (
        SpeakerType.MILITARY,
        (
            r"army|military|commanders?|general|colonel|brigadier|major|lieutenant|air force|troops|"
            r"soldiers?|armed forces|navy|pentagon|coalition"
        ),
        r"عسكري|الجيش|قيادي|ضابط|عقيد|عميد|لواء|القوات",
    ),
    (
        SpeakerType.INTERNATIONAL,
        (
            r"UN|U\.N\.|united nations|peacekeepers|international (?:organi[sz]ation|committee)s?"
        ),
        r"الأمم المتحدة|أممي",
    ),
    (
        SpeakerType.MEDIA,
        (
            r"correspondents?|reporters?|journalists?|news|media|tv|television|radio|agency|agencies|"
            r"newspapers?|channels?|outlets?|broadcasters?|press|website|daily|footage|videos?"
        ),
        r"مراسل|وكالة|قناة|صحيف|إعلام|موقع|شبكة|راديو|تلفزيون|إذاعة",
    ),
    (
        SpeakerType.GOVERNMENT,
        (
            r"ministry|minister|government|governor\w*|governorate|officials?|authorities|police|president|"
            r"mayor|municipality|administration|council|diplomats?|ambassador|secretary|state department|"
            r"spokes\w+|security (?:source|force)s?|intelligence|prosecutors?|senators?|lawmakers?|"
            r"directorate"
        ),
        r"وزارة|وزير|حكوم|محافظ|مسؤول|شرطة|السلطات|رئيس|أمني|بلدية|إدارة|مجلس",
    ),
    (
        SpeakerType.WITNESS,
        (
            r"witness\w*|eyewitness\w*|eye witness\w*|residents?|villagers?|locals|activists?|neighbou?rs?|"
            r"relatives?|famil(?:y|ies)|survivors?|inhabitants|people|friends?|colleagues?|father|mother|"
            r"brother|sister|cousin|uncle|son|daughter|wife|husband|civilians?|displaced|refugees?"
        ),
        r"ناشط|نشطاء|شهود|أهالي|سكان|أهل|أقارب|ذوي|مواطن",
    ),
    (
        SpeakerType.OTHER,
        (
            r"NGOs?|aid (?:group|agency|worker)s?|charit\w+|foundation|organi[sz]ation"
        ),
        r"منظمة|مؤسسة",
    ),
    (
        SpeakerType.ANONYMOUS,
        (
            r"sources?|officials?"
        ),
        r"مصدر|مصادر",
    ),
)  # fmt: skip
"""English and Arabic words that tell what kind of source is named, the more telling first."""
_TELLING = tuple(
    (kind, re.compile(rf"\b(?:{english})\b" + (f"|{arabic}" if arabic else ""), re.IGNORECASE))
    for kind, english, arabic in _NOUNS
)


def classify_source(wording: str, described: str, organisation: Entry | None) -> SpeakerType:
    """The type of a source, by its words, those of its introduction, and the organisation it speaks for."""
    words = f"{described} {wording}"
    kind, telling = _TELLING[0]
    if telling.search(words):
        return kind
    if organisation:
        return TYPE_OF_KIND[organisation.kind]
    return next((kind for kind, telling in _TELLING if telling.search(words)), SpeakerType.OTHER)
