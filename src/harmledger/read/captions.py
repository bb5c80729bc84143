"""Captions and their credits, as they stand in plain text: a line that says it is a picture's, or ends in its credit.

Comes in: one line. Goes out: whether it is a caption, or where a caption in brackets stands in it. A sentence that only
speaks of a picture is no caption.
"""

from __future__ import annotations

import re

from harmledger.read.lines import is_open

CAPTION_CHARS = 600
"""Longest caption looked for; newspapers' seldom pass 400 characters."""

_AGENCIES = (
    r"(?:AFP|REUTERS|Reuters|AP|A\.P\.|Associated Press|Getty(?: Images)?|GETTY(?: IMAGES)?|EPA(?:-EFE)?|EFE|Anadolu(?: Agency)?|AA|Xinhua"
    r"|SANA|TASS|Tass|Sputnik|RIA Novosti|Shutterstock|Alamy|Zuma|Handout|HANDOUT|handout|[Ss]ocial media|[Ss]creen ?(?:grab|shot)"
    r"|White Helmets|Wikimedia(?: Commons)?|Bloomberg|UPI|DPA|dpa|ANSA|IRNA|Tasnim|Fars|Mehr|Maan|WAFA|Wafa|Flash90|Rudaw"
    r"|North Press|NPA|ANHA|Hawar(?: News)?|UN Photo|UNHCR|UNICEF|ICRC|CENTCOM|DVIDS|Twitter|Facebook|Telegram|YouTube"
    r"|رويترز|[اأ] ?ف ?ب|فرانس برس|[اأ]سوشيتد برس|[اأ] ?ب|الأناضول|الاناضول|سانا|وفا|غيتي|جيتي|شينخوا|وكالات|سبوتنيك|الجزيرة"
    r"|إنترنت|انترنت|تويتر|فيسبوك|تلغرام|تيليغرام|يوتيوب|مواقع التواصل(?: الاجتماعي)?|الدفاع المدني(?: السوري)?|الخوذ البيضاء|نورث برس)"
)
_OPENING = re.compile(
    r"(?:file |archive |stock |illustrative |handout )?(?:photos?|pictures?|images?|pics?|photograph|video|graphic|map|illustration|screenshot|credit)"
    r"(?: caption| credit| source| courtesy| by)?s? ?[:|©]"
    r"|(?:image|media|photo|picture|video) (?:caption|source|credit|copyright)\b"
    r"|file ?[-–—:]|\(file\)|illustrative\b.{0,20}:"
    r"|an? (?:video ?grab|frame ?grab|screen ?grab|screenshot|still image|still frame|handout (?:photo|picture|image)|file (?:photo|picture|image)|"
    r"(?:combination|combo) (?:of|picture|photo)|satellite (?:image|photo|picture) (?:shows|taken|released|provided)|(?:photo|picture|image|grab) "
    r"(?:taken|released|provided|made|grabbed|obtained|shows))"
    r"|(?:this|in this) (?:\w+[ -]){0,4}?(?:photo|picture|image|grab|screenshot|photograph|handout)(?:,? (?:\w+ ){0,6})?"
    r"(?:taken|released|provided|shows|showing|made|grabbed|obtained|from|posted|issued|distributed)\b"
    r"|(?:صورة|صور) (?:أرشيفية|ارشيفية|تعبيرية|توضيحية|متداولة|من الأرشيف|نشرها|نشرتها|تظهر)|أرشيف(?:ية)?\b|الصورة ?:|تعبيرية$|مصدر الصورة|رمزية$",
    re.IGNORECASE,
)
_ENDING = re.compile(
    rf"[(\[][^()\[\]]{{0,90}}\b{_AGENCIES}\b[^()\[\]]{{0,40}}[)\]]\.?$"
    r"|[(\[](?i:(?:file |archive |handout )?(?:photo|image|pic(?:ture)?|photograph|credit|video|via|courtesy)s?)\b[^()\[\]]{0,90}[)\]]\.?$"
    r"|[(\[](?i:file|archives?|illustrative|أرشيف|أرشيفية|ارشيف|تعبيرية)[)\]]\.?$"
    r"|\b(?i:photo|photograph|image|credit|picture|pic|photo credit|image credit)s? ?(?::|by\b|courtesy|©) ?[^.:]{2,60}\.?$"
    r"|\b(?i:(?:file|archive|handout) (?:photo|pic|picture|image|footage)s?)\.?$"
    rf"|(?:[|/©–—-]|\.) ?{_AGENCIES}(?: ?/ ?[\w .'-]{{2,40}})?$"
    rf"|\b(?:REUTERS|AP Photo|AFP PHOTO|AFP|EPA|AP|Getty Images|Xinhua) ?/ ?[\w .'-]{{2,50}}\)?\.?$"
    r"|\bGetty Images\b[^.]{0,40}$|\[[^\[\]]{2,60}/[^\[\]]{2,40}\]$"
    r"|[-–—/] ?(?:أرشيف|ارشيف|أرشيفية|تعبيرية)$|[-–—] ?[A-Z][\w' ]{2,25} ?/ ?(?:archive|file|handout)$",
)
_CREDIT_TAIL = re.compile(r"\([^()]{2,45}\)$|(?:\s[-–—]|[–—]) ?[^\d\W][^\d.،,:–—-]{2,30}$")
_BRACKETED = re.compile(
    r"\((?:file |archive |handout )?(?:photo|picture|image|caption|pic)s?\b[^()]{3,400}\)|\(صور[ةه]?\b[^()]{8,300}\)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:image|photo|picture|video|caption|media|الصورة|صورة|فيديو)(?: caption)?s? ?:?$", re.IGNORECASE)
ENDING_CHARS = 160
"""How much of a line's end is searched for a credit."""

CREDITED_SENTENCES = 3
"""Most sentences of a line that its credit makes a caption; a longer one is a report signed by its agency."""

_SENTENCE_END = re.compile(r"[.!?؟][\"'”’»)]*\s")
_CREDIT_WORDS = ("photo", "image", "picture", "credit", "courtesy", "handout", "file pic", "footage", "getty", "reuters/", "reuters /", "afp/", "afp /", "epa/", "صور", "أرشيف")  # fmt: skip


def is_caption(line: str) -> bool:
    """Says it is a picture's, or ends in a credit."""
    if len(line) > CAPTION_CHARS:
        return False
    return _OPENING.match(line) is not None or _ends_in_credit(line)


def _ends_in_credit(line: str) -> bool:
    """Looked for only where the end can be one: it is open, closes a bracket or speaks of a picture."""
    ending = line[-ENDING_CHARS:]
    if ending[-2:].strip(".")[-1:] not in (")", "]") and not is_open(ending):
        lowered = ending.lower()
        if not any(word in lowered for word in _CREDIT_WORDS):
            return False
    return _ENDING.search(ending) is not None and len(_SENTENCE_END.findall(line)) < CREDITED_SENTENCES


def is_caption_label(line: str) -> bool:
    """A bare `Image:` that stands before a caption."""
    return len(line) < 20 and _LABEL.match(line) is not None


def may_be_caption(line: str) -> bool:
    """An open line above the article that ends in what can be a credit: `… – North Press`, `… (Civil Defence)`."""
    return 20 <= len(line) <= CAPTION_CHARS and is_open(line) and _CREDIT_TAIL.search(line) is not None


def find_bracketed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Captions that stand in round brackets in running text: `(Photo: smoke rises … by AFP)`."""
    if text.find("(", start, end) < 0:
        return []
    return [match.span() for match in _BRACKETED.finditer(text, start, end)]
