"""The page furniture that is flattened into plain texts: which lines are not the article's own words, and of what kind.

Comes in: one line. Goes out: its kind of furniture and how far it reaches, or None. Knows English and Arabic wordings
as content systems print them; the wordings are general to many outlets. Whether the lines around agree is judged in
`plain`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from harmledger.read.lines import fold


class Reach(Enum):
    """How much of the text a label takes with it."""

    LINE = auto()
    """Itself."""
    LIST = auto()
    """Itself and the headlines or chips that follow."""
    REST = auto()
    """Itself and all that follows."""


class Furniture(NamedTuple):
    """A kind of furniture and how far it reaches."""

    kind: str
    reach: Reach


LABEL_CHARS = 60
"""Longest line looked up as a label that stands by itself."""

NOTICE_CHARS = 500
"""Longest line that can be a notice (cookies, spam, comment policy, subscription)."""

OPENING_CHARS = 120
"""How much of a line of running text is compared with the openings of notices."""

_LABELS: dict[tuple[str, Reach], str] = {
    ("related links", Reach.LIST): """
        related, related news, related articles, related article, related stories, related story, related posts,
        related content, related items, related links, related reading, related coverage, read more, read also,
        also read, read next, see also, see more on, more on this story, more on this, more, more stories, more news,
        more articles, recommended, recommended stories, recommended for you, recommended articles, you may also like,
        you might also like, you may like, you may be interested in, most read, most popular, most viewed,
        most shared, most recent, trending, trending now, trending stories, latest, latest news, latest stories,
        latest articles, latest posts, latest videos, latest headlines, other news, other stories, other articles,
        editors' picks, editor's picks, editor's choice, editor's pick, top stories, top news, don't miss, up next,
        prev post, next post, previous post, previous article, next article, previous story, next story, previous,
        next, prev, in this section, from the web, around the web, promoted stories, what to read next,
        keep reading, continue reading, popular posts, popular news, popular, recent posts, recent news, recent,
        recent articles, similar posts, similar articles, must read, must reads, watch also, watch more, more videos,
        in pictures, show more, load more, view more, breaking news, headlines, featured, featured stories,
        also on site, in case you missed it, read this next, more top stories, the latest, further reading,
        اقرا ايضا, إقرا ايضا, اقرا المزيد, اقرا التالي, اقرا كذلك, اقرا, المزيد, عرض المزيد, شاهد ايضا, انظر ايضا,
        مقالات ذات صلة, مقالات متعلقة, مقالات مشابهة, مواضيع ذات صلة, مواضيع متعلقة, مواد ذات صلة, اخبار ذات صلة,
        اخبار متعلقة, اخبار مشابهة, اخبار اخرى, ذات صلة, متعلقات, موضوعات ذات صلة, موضوعات متعلقة, مرتبط, تقارير ذات صلة,
        الاكثر قراءة, الاكثر مشاهدة, الاكثر رواجا, الاكثر تداولا, الاكثر شعبية, الاكثر تفاعلا, الاكثر تعليقا, المميز,
        الاحدث, احدث الاخبار, احدث المقالات, اخر الاخبار, اخر المستجدات, اخر المقالات, اخر ما نشر من القسم, اخر ما نشر,
        اخترنا لك, اخترنا لكم, من الممكن ان يعجبك, قد يعجبك ايضا, قد يعجبك, ربما يعجبك, قد يهمك, قد يهمك ايضا, يهمك ايضا,
        السابق, التالي, المقال السابق, المقال التالي, الموضوع السابق, الموضوع التالي, الخبر السابق, الخبر التالي, المنشور السابق,
        المنشور التالي, تصفح المقالات, تصفح ايضا, خبر عاجل, عاجل, اهم الاخبار, اهم المواضيع, اهم التصنيفات, ابرز الاخبار,
        احدث منشورات الكاتب, المزيد من الاخبار, المزيد من الكاتب, المزيد حول, تابع القراءة, اكمل القراءة, القائمة البريدية""",
    ("share bar", Reach.LINE): """
        share, share this, share this article, share this story, share this post, share this page, share this news,
        share on facebook, share on twitter, share on x, share on whatsapp, share via email, share on social media,
        sharethis, shares, tweet, retweet, save, save article, print, print this page, print article, email, e-mail,
        email this, pin it, pin, pinterest, whatsapp, facebook, facebook messenger, twitter, telegram, linkedin, reddit,
        tumblr, copy link, url copied, link copied, copied, copied to clipboard, flipboard, messenger, viber, vk,
        vkontakte, instagram, youtube, tiktok, google+, google plus, bluesky, threads, mastodon, pocket, line, skype,
        like this, like loading, loading, like, likes, follow, follow us, follow us on, send, get link, listen,
        listen to this article, text size, font size, a, aa, aaa, bookmark, gift article, add to favorites, rss,
        share post, views, reads, pdf, comment, odnoklassniki, xing, mix, stumbleupon, digg, copy, share facebook,
        شارك, شاركها, شارك الان, شارك الان على, شارك هذا الموضوع, شارك المقال, شارك الخبر, شارك هذا المقال, شارك هذا,
        شارك على, شاركنا, مشاركة, مشاركه, مشاركة الخبر, مشاركة المقال, مشاركة عبر, المشاركة, للمشاركة, انشر, نشر, غرد,
        تويتر, تغريدة, فيسبوك, فيس بوك, واتساب, واتس اب, تلغرام, تليغرام, تلجرام, تيليجرام, ماسنجر, مسنجر, انستغرام,
        انستجرام, يوتيوب, لينكدان, لينكد ان, بينتيريست, تيك توك, سناب شات, طباعة, طباعه, البريد الالكتروني, بريد, ارسل,
        ارسال, نسخ الرابط, تم نسخ الرابط, انسخ الرابط, حفظ, اعجاب, اعجبني, تابعنا, تابعونا, تابعنا على, تابعونا على,
        متابع, متابعين, ابق على تواصل, ابقي على تواصل, استمع, حجم الخط, مشاهدة, زيارة, مشاهدات, اضغط هنا, ماذا تعتقد,
        معجب بهذه, جاري التحميل""",
    ("navigation", Reach.LINE): """
        home, homepage, menu, main menu, search, search for, skip to content, skip to main content, back to top,
        back to home, sections, all sections, go to, close, open menu, toggle navigation, breadcrumb, you are here,
        live, watch live, live tv, tv, e-paper, epaper, site map, sitemap, archives, archive, gallery, languages,
        الرئيسية, الصفحة الرئيسية, القائمة, بحث, البحث, ابحث, اغلاق, الانتقال الي المحتوي, تخطي الي المحتوي, اعلي الصفحة,
        الاقسام, الارشيف, البث المباشر, بث مباشر, خريطة الموقع, العودة للرئيسية, انت هنا""",
    ("comments", Reach.REST): """
        comments, comment, add a comment, add comment, write a comment, leave a comment, post a comment, your comment,
        post your comment, join the conversation, join the discussion, view comments, show comments, read comments,
        no comments, no comments yet, no comment, be the first to comment, discussion, reader comments, view all comments,
        facebook comments, load comments, hide comments, responses, replies, one comment, one response, have your say,
        what do you think, community guidelines, conversation,
        التعليقات, تعليقات, التعليق, تعليق, تعليق واحد, اضف تعليق, اضف تعليقا, اضف تعليقك, اكتب تعليقا, علق, لا تعليقات,
        لا يوجد تعليقات, لا توجد تعليقات, تعليقات القراء, شارك برايك, اترك ردا, ردود, تعليقات فيسبوك, تعليقات الفيسبوك""",
    (
        "comments",
        Reach.LINE,
    ): "comments are closed, comments are off, comments closed, comments off, التعليقات مغلقة, التعليقات مقفلة",
    ("reply form", Reach.REST): """
        leave a reply, leave a reply cancel reply, leave a comment cancel reply, cancel reply, post a reply, reply,
        leave your reply, leave a comment or suggestion, submit comment, post comment, submit a comment, write a reply,
        اترك تعليقا, اترك تعليقا الغاء الرد, اترك تعليقك, اترك رد, اترك ردا, اترك ردا الغاء الرد, دع تعليقا, الغاء الرد,
        دع تعليقا cancel reply, اترك تعليقا cancel reply, اترك ردا cancel reply, ارسال التعليق, كتابة تعليق""",
    (
        "reply form",
        Reach.LINE,
    ): "submit, your name, your email, name (required), email (required), website (optional), رد, الاسم, الموقع الالكتروني, الموقع",
    ("sign-in bar", Reach.LINE): """
        log in, login, log out, logout, sign in, sign up, sign out, register, create account, create an account,
        my account, forgot password, forgot your password, log in / sign up, sign in / register, account, join, join now,
        already a subscriber, already have an account, password, username, remember me, google+ photo, twitter picture,
        facebook photo, wordpress.com logo, gravatar, logo, connecting to %s, connecting to, log in to comment,
        تسجيل الدخول, تسجيل دخول, دخول, تسجيل الخروج, انشاء حساب, حساب جديد, نسيت كلمة المرور, كلمة المرور""",
    ("newsletter form", Reach.LINE): """
        subscribe, subscribed, subscribe now, newsletter, newsletters, our newsletter, daily newsletter, email address,
        your email address, enter your email, subscribe to our newsletter, subscribe to our mailing list,
        sign up for our newsletter, join our newsletter, join our mailing list, get our newsletter, email newsletter,
        stay connected, stay in touch, stay informed, stay updated, mailing list, get notifications,
        النشرة البريدية, النشرة الاخبارية, اشترك, اشترك الان, اشترك معنا, الاشتراك, ليصلك كل جديد, اشترك في النشرة البريدية,
        اشترك في نشرتنا البريدية, القائمة البريدية, نشرتنا البريدية""",
    ("advertisement", Reach.LINE): """
        advertisement, advertisements, advertising, ad, ads, sponsored, sponsored content, sponsored by, promoted,
        promoted content, story continues below, story continues below advertisement, article continues below,
        article continues below advertisement, article continues after advertisement, continue reading below,
        advertisement - scroll to continue, scroll to continue, report this ad, paid content, skip advertisement,
        skip ad, remove ads, donate, donate now, support us, support our work, become a member,
        اعلان, اعلانات, اعلان ممول, محتوي مدفوع, مساحة اعلانية, ادعم, ادعمنا, تبرع, تبرع الان""",
    ("tags", Reach.LIST): """
        tags, tag, topics, related topics, keywords, key words, filed under, categories, category, tagged, hashtags,
        in this story, people in this story, article tags, story tags, news tags, themes, related tags, see more on,
        الوسوم, وسوم, الوسوم المشهورة, كلمات مفتاحية, الكلمات المفتاحية, كلمات دلالية, الكلمات الدلالية, التصنيفات, تصنيفات,
        تاغات, الاوسمة, التصنيف, هاشتاغ, سمات, الدلالات, علامات, كلمات البحث""",
    ("footer", Reach.LINE): """
        about us, contact us, contact, privacy, privacy policy, terms of use, terms of service, terms & conditions,
        terms and conditions, all rights reserved, copyright, disclaimer, advertise with us, advertise, careers, faq,
        help, feedback, send feedback, report an error, corrections, about, the author, about the author, our team,
        من نحن, اتصل بنا, تواصل معنا, سياسة الخصوصية, شروط الاستخدام, جميع الحقوق محفوظة, حقوق النشر, اعلن معنا, عن الكاتب,
        الكاتب, عن الموقع, هيئة التحرير, حول الكاتب, كاتب المقال, للتواصل معنا, للاعلان""",
}

_WHOLE_LINES: tuple[tuple[str, Reach, tuple[str, ...]], ...] = (
    ("related links", Reach.LINE, (
        r"(?:also )?(?:read|see|watch|related|listen)(?: more| also| next| related)?(?: (?:stories|story|articles?|news|post|coverage))? ?[:|»>] ?\S",
    )),
    ("related links", Reach.LINE, (
        r"(?:read more|read also|also read|see also|watch) ?[-–>|»] ?\S",
        r"read (?:the )?full (?:story|article|report)\b.{0,60}$",
    )),
    ("related links", Reach.LIST, (
        r"more (?:in|from|on|about) \S+(?: \S+){0,3}$",
        r"(?:read|see) more (?:on|about|in) \S+(?: \S+){0,3}$",
        r"latest (?:from|in) \S+(?: \S+){0,2}$",
        r"(?:other|more) (?:news|stories) (?:from|in|on) \S+(?: \S+){0,2}$",
        r"المزيد (?:من|حول|عن|في) \S+(?: \S+){0,2}$",
    )),
    ("related links", Reach.LINE, (
        r"(?:[اإ]قر[اأ]|شاهد|انظر|طالع|للمزيد|ذات صله)(?: (?:ايضا|المزيد|كذلك|اكثر))? ?(?::|\.\.+|…|\|+) ?\S",
    )),
    ("share bar", Reach.LINE, (
        r"share (?:this )?(?:article |story |post |news )?(?:on|via|with|to) .{1,40}$",
        r"follow (?:us|me|him|her|them|@\w+) (?:on|at|via) .{1,60}$",
        r"(?:tweet|share|like|save|print|email|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|0|\|| )+$",
        r"مشاركه علي .{1,25}$",
        r"\d+ (?:shares?|views?|likes?|tweets?|reads|زياره|مشاهده|مشاهدات|قراءه|متابع)$",
        r"(?:views?|shares?|reads|hits|المشاهدات|عدد المشاهدات|الزيارات) ?:? ?[\d,.k]+$",
    )),
    ("comments", Reach.REST, (
        r"\d{1,5} (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) .{1,250})?$",
        r"comments? ?\(?\d{1,5}\)?$",
        r"(?:التعليقات|تعليقات) ?\(?\d{1,5}\)?$",
        r"\d{1,5} (?:تعليق|تعليقات|تعليقا|ردود)$",
    )),
    ("sign-in bar", Reach.LINE, (
        r"(?:twitter|facebook|google\+?|wordpress\.com) (?:picture|photo|logo|account)$",
    )),
    ("newsletter form", Reach.LINE, (
        r"(?:subscribe|sign up|signup|register) (?:to|for|here|now|today|and)\b.{0,160}$",
        r"[اإ]?شترك(?:وا)? (?:في|معنا|ب|الان)\b.{0,120}$",
    )),
    ("advertisement", Reach.LINE, (
        r"(?:please )?(?:support|donate to|contribute to) (?:our|us|independent|this)\b.{0,160}$",
    )),
    ("footer", Reach.LINE, (
        r".{0,60}\ball rights reserved",
        r".{0,40}جميع الحقوق محفوظه",
    )),
    ("author note", Reach.LINE, (
        r".{0,80}\b(?:follow|find) (?:him|her|them|me) (?:on|at) (?:twitter|x|facebook|instagram|linkedin)\b",
        r".{3,60} is (?:a|an|the) .{0,60}\b(?:reporter|correspondent|writer|journalist|editor|columnist|producer)\b.{0,30}\b(?:at|for|with|based in|covering) .{1,120}$",
        r".{1,60} can be (?:reached|followed|contacted) (?:at|on|via)",
    )),
    ("tags", Reach.LINE, (
        r"(?:tags?|keywords|topics|filed under|categor(?:y|ies)|hashtags|tagged(?: with| in)?|الوسوم|وسوم|كلمات مفتاحيه|كلمات دلاليه|الكلمات المفتاحيه|الكلمات الدلاليه|التصنيف(?:ات)?) ?[:|] ?\S.{0,300}$",
    )),
    ("byline", Reach.LINE, (
        r"\(?(?:reporting|writing|edited|editing|compiled|written|translated|translation|additional reporting|photography|video|story|report|text)(?: and \w+)? by:? .{1,200}$",
        r".{3,120} (?:contributed|contributing) to this (?:report|story|article)",
        r"(?:اعداد|تحرير|ترجمه|كتابه|اعداد وتحرير|مراسل|بقلم|المصدر والترجمه) ?: ?.{1,60}$",
        r"فريق التحرير$",
        r"with (?:inputs|input|reporting|files|additional reporting) (?:from|by) .{1,80}$",
        r"(?:the )?(?:staff|agency|agencies|newsroom|news desk|web desk|news agencies)$",
    )),
    ("navigation", Reach.LINE, (
        r"(?:home|الرئيسيه) ?[>»/|‹›] ?\S.{0,120}$",
        r"page \d+ of \d+$",
        r"منذ \d+ (?:دقيقه|دقائق|ساعه|ساعات|يوم|ايام|اسبوع|اسابيع|شهر|اشهر|سنه|سنوات)$",
        r"\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago$",
        r"\d+ min(?:ute)?s? read$",
        r"reading time:? .{1,20}$",
    )),
)  # fmt: skip

_OPENINGS: tuple[tuple[str, Reach, tuple[str, ...]], ...] = (
    ("related links", Reach.LINE, (
        r"list \d+ of \d+",
        r"click here (?:to|for) (?:read|view|watch|see|more)",
        r"this article is available in\b",
    )),
    ("related links", Reach.LINE, (
        r"(?:اقرا|شاهد) (?:ايضا|المزيد) ",
    )),
    ("share bar", Reach.LINE, (
        r"click to (?:share|print|email|tweet)\b",
        r"اضغط لل(?:مشاركه|طباعه)",
        r"\W*show us some love by sharing",
        r"(?:تابعنا|تابعونا|تابعوا)\b.{0,60}(?:تواصل|فيسبوك|تويتر|تلغرام|واتساب|غوغل|google|twitter|telegram|facebook)",
    )),
    ("spam notice", Reach.LINE, (
        r"this site (?:uses|is using) akismet",
        r"this site is protected by recaptcha",
        r"learn how your comment data",
        r"هذا الموقع يستخدم akismet",
        r"هذا الموقع يستخدم خدمه akismet",
        r"هذا الموقع محمي",
    )),
    ("cookie notice", Reach.LINE, (
        r"(?:this (?:site|website|web site)|our (?:site|website)|we|we and our (?:\d+ )?partners) (?:also )?(?:uses?|may use|store) (?:\w+ ){0,3}cookies",
        r"by (?:continuing|using|clicking|browsing|accepting)\b.{0,80}\bcookies",
        r"(?:accept|reject|manage|allow) (?:all )?cookies",
        r"cookie (?:policy|settings|preferences|notice|consent)",
        r"هذا الموقع يستخدم ملفات? تعريف",
        r"نستخدم ملفات تعريف",
        r"باستخدامك هذا الموقع",
    )),
    ("comment policy", Reach.LINE, (
        r"(?:all )?(?:the )?comments? (?:posted|made|published|submitted|expressed|left|appearing) ",
        r"(?:all )?comments (?:are|will be) (?:moderated|subject|reviewed|monitored|limited)",
        r"comments (?:that|which|containing|with) ",
        r"(?:readers' )?comments (?:do not|don't) (?:necessarily )?(?:reflect|represent)",
        r"your comment (?:is awaiting|will be|has been)",
        r"please (?:keep|be|read|review|note|observe|stay|refrain)\b.{0,80}\bcomment",
        r"we (?:reserve the right|encourage|welcome|moderate|do not)\b.{0,80}\bcomment",
        r"(?:by posting|before posting|to post|when commenting)\b.{0,60}\b(?:comment|agree|rules|policy)",
        r"التعليقات المنشوره",
        r"التعليقات (?:لا )?تعبر",
        r"التعليق(?:ات)? (?:الوارده|المنشوره|تعبر)",
        r"جميع التعليقات",
    )),
    ("comments", Reach.REST, (
        r"(?:\d{1,5}|one) (?:responses?|thoughts?|comments?) (?:on|to) ",
    )),
    ("reply form", Reach.LINE, (
        r"your email address will not be published",
        r"required fields are marked",
        r"save my name,? email",
        r"notify me (?:of|by|via|when)",
        r"fields marked with",
        r"you must be logged in to",
        r"you may use these html tags",
        r"لن يتم نشر عنوان بريدك",
        r"الحقول الالزاميه",
        r"احفظ اسمي",
        r"اعلمني بمتابعه",
    )),
    ("sign-in bar", Reach.LINE, (
        r"fill in your details below",
        r"you are commenting using your",
        r"(?:log|sign) (?:in|out|up) ?/",
        r"connecting to %s",
        r"(?:log|sign) in (?:with|using|to) ",
        r"(?:already|not) (?:a |have an )(?:member|subscriber|account|registered)",
        r"انت تعلق باستخدام",
        r"املا حقولك ادناه",
    )),
    ("newsletter form", Reach.LINE, (
        r"by (?:entering|submitting|providing|clicking|signing up|subscribing)\b.{0,120}(?:subscrib|e-?mail|terms|privacy|newsletter|agree)",
        r"(?:agree to )?receive content and promotional",
        r"opt-?out at any time",
        r"(?:thank you|thanks) for (?:subscribing|signing up)",
        r"you(?:'ve| have) (?:successfully )?(?:been )?(?:subscribed|signed up)",
        r"get (?:the|our|all the) (?:latest|best|top|day's|most important|free|daily|breaking)\b.{0,120}(?:inbox|updates?|newsletter|headlines|app|alerts|e-?mail|politics content)",
        r"for (?:the latest|more|all the latest) (?:headlines|news|updates),? (?:follow|visit|download|subscribe|join)",
        r"(?:join|follow) (?:us|our|the)\b.{0,60}(?:telegram|whatsapp|google news|viber|channel|instagram|youtube)",
        r"(?:click here to )?(?:get|download) (?:the|our) .{1,40}\bapp\b",
        r"new .{1,30} newsletter: ",
        r"enter your e-?mail",
        r"stay (?:up to date|informed|tuned) (?:with|on|by)",
        r"don't miss (?:a|our|the) (?:story|news|latest|beat)",
        r"لمتابعه (?:كل جديد|المزيد|اخر)",
        r"ليصلك",
        r"للاشتراك",
        r"سجل بريدك",
        r"ادخل بريدك",
        r"انضم (?:الي|الينا)\b.{0,60}(?:تلغرام|واتساب|قناتنا)",
        r"يمكنكم? متابعه",
    )),
    ("advertisement", Reach.LINE, (
        r"(?:story|article|content|post) continues (?:below|after)",
        r"(?:your|a) (?:donation|contribution|support) (?:will|helps|today|makes)",
        r"advertisement ?[-–|:]",
        r"- ?advertisement ?-",
    )),
    ("footer", Reach.LINE, (
        r"(?:copyright|\(c\)|©) ?(?:©|\(c\)|\d{4}|by|the)",
        r"©",
        r"powered by ",
        r"proudly powered",
        r"(?:report|found|spotted|see) (?:an?|any) (?:error|typo|mistake|correction)",
        r"this (?:article|story|post|content|material) (?:was|is|has been|first|originally|may not) (?:originally |first |also )?(?:published|appeared|republished|posted|produced|be (?:published|reproduced))",
        r"the views (?:expressed|and opinions)",
        r"(?:more )?about .{1,40} can be found here",
        r"visit our (?:website|site|homepage)",
        r"حقوق (?:النشر|الطبع)",
        r"اذا كنت تعتقد",
        r"المقال يعبر عن",
        r"الاراء الوارده",
        r"المقالات المنشوره",
        r"موقع .{1,60}منصه اخباريه",
    )),
    ("navigation", Reach.LINE, (
        r"(?:skip|jump|back|go back|return) to (?:main|content|navigation|top|home|the top|footer|search)",
        r"estimated reading",
    )),
)  # fmt: skip

_COUNTER = re.compile(r"^\d+ | ?\(?\d+\)?$")
_SECTIONS = frozenset(
    """home news world politics opinion opinions business economy sports sport health culture technology tech science
    lifestyle life travel environment education entertainment arts art music cinema film books book magazine video videos
    photos pictures multimedia gallery podcasts podcast features analysis interviews interview reports report columns
    editorial editorials international national local regional regions middle-east middle_east africa asia europe americas
    tourism food fashion style weather jobs live agenda diaspora investigations more kurdish arabic persian turkish french
    english russian spanish about contact subscribe follow help
    الرئيسيه اخبار سياسه اقتصاد رياضه ثقافه منوعات صحه تكنولوجيا علوم مقالات تقارير تحقيقات راي فيديو صور البرامج
    برامج محليات عربي دولي عالم مجتمع فن فنون حوارات ملفات تحليلات مدونات بودكاست انفوغراف كاريكاتير ترجمات""".split()
)


def _label_table() -> dict[str, Furniture]:
    pairs = (
        (fold(phrase), Furniture(kind, reach))
        for (kind, reach), phrases in _LABELS.items()
        for phrase in phrases.split(",")
    )
    return {phrase: furniture for phrase, furniture in reversed(list(pairs)) if phrase}


class _Notices:
    """Wordings compiled into one expression, with the furniture that each is."""

    def __init__(self, rows: tuple[tuple[str, Reach, tuple[str, ...]], ...]) -> None:
        self._pattern = re.compile("|".join(f"({'|'.join(wordings)})" for _, _, wordings in rows))
        self._furniture = tuple(Furniture(kind, reach) for kind, reach, _ in rows)

    def find(self, folded: str) -> Furniture | None:
        match = self._pattern.match(folded)
        return self._furniture[match.lastindex - 1] if match and match.lastindex else None


_TABLE = _label_table()
_WHOLE = _Notices(_WHOLE_LINES)
_OPENING = _Notices(_OPENINGS)


def recognise(folded: str) -> Furniture | None:
    """What furniture a line is, by its own words alone; it comes folded (see `lines.fold`)."""
    if len(folded) <= LABEL_CHARS:
        found = _TABLE.get(folded) or _TABLE.get(_COUNTER.sub("", folded))
        if found:
            return found
    return _WHOLE.find(folded) or _OPENING.find(folded)


def recognise_opening(folded: str) -> Furniture | None:
    """What furniture a line of running text is, by the words it opens with: a notice about cookies, spam, comments."""
    return _OPENING.find(folded)


_BUTTONS = re.compile(
    r"(?<=[.!?)\"'”’»\d\s])\s((?:(?:Twitter|Facebook|Tweet|Share|Print|E-?mail|WhatsApp|Telegram|Pinterest|LinkedIn|Reddit"
    r"|تويتر|فيسبوك|فيس بوك|واتساب|تلغرام|طباعة|شارك)\s*\d*[\s|,]*)+)$"
)
BUTTONS_CHARS = 80
"""How much of a line's end is searched for buttons that were flattened into it."""


def find_buttons(text: str, start: int, end: int) -> int | None:
    """Where the share buttons begin that close a line of running text: `… in the city. (Source: Saba)  Twitter`."""
    match = _BUTTONS.search(text, max(start, end - BUTTONS_CHARS), end)
    return match.start(1) if match else None


def is_section(folded: str) -> bool:
    """A section's name as menus have it: `World`, `Arts & Culture`."""
    words = [word for word in folded.split() if len(word) > 1 and word not in ("and", "the")]
    return 0 < len(words) <= 3 and all(word in _SECTIONS or word.removeprefix("و") in _SECTIONS for word in words)
