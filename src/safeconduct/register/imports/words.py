"""Words of sheets for the register's lists, in English, French, Persian and Arabic (German for a few)."""

# ruff: noqa: E501 - tables of words, a column a line

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

from safeconduct.core.languages import plain
from safeconduct.core.spreadsheets.words import Words
from safeconduct.register.needs import CATEGORIES, CODES

SEX: Final = Words(
    {
        "female": "f|w|fem|woman|girl|femme|féminin|féminine|fille|weiblich|frau|زن|مونث|مؤنث|دختر|خانم|بانو|ز|أنثى|انثى"
        "|امرأة|بنت|سيدة",
        "male": "m|man|boy|masc|homme|h|masculin|garçon|männlich|mann|مرد|مذکر|پسر|آقا|م|ذكر|رجل|ولد|صبي",
        "other": "o|x|non-binary|nonbinary|diverse|divers|another|autre|دیگر|سایر|آخر|أخرى|غير ذلك",
        "unknown": "u|unk|not recorded|not known|not stated|inconnu|unbekannt|نامعلوم|نامشخص|ثبت نشده|غير معروف|غير محدد|غير مسجل",
    }
)
RELATIONSHIP: Final = Words(
    {
        "head": "hoh|hof|hr1|pa|head of family|head of household|head of case|principal applicant|focal point|fp|self|chef"
        "|chef de famille|chef de ménage|demandeur principal|سرپرست|سرپرست خانواده|سرپرست خانوار|رئیس خانواده|خود|خودش"
        "|رب الأسرة|رب العائلة|ربة الأسرة|رئيس الأسرة|معيل|نفسه",
        "spouse": "زوجته|wife|husband|partner|sp|épouse|époux|conjoint|conjointe|mari|femme|همسر|زن|شوهر|زوجه|زوج|زوجة|الزوجة|الزوج|قرين",
        "child": "son|daughter|ch|children|stepson|stepdaughter|step son|step daughter|stepchild|adopted child|foster child"
        "|fils|fille|enfant|فرزند|پسر|دختر|فرزندخوانده|بچه|ابن|ابنة|بنت|ولد|طفل|الابن|الابنة|ربيب",
        "parent": "mother|father|stepmother|stepfather|mère|père|مادر|پدر|والد|والده|أم|أب|الأم|الأب|والدة|الوالد|الوالدة",
        "sibling": "brother|sister|brother or sister|half brother|half sister|frère|sœur|soeur|برادر|خواهر|أخ|أخت|الأخ|الأخت|شقيق|شقيقة",
        "grandparent": "grandmother|grandfather|grand-mère|grand-père|grand-parent|پدربزرگ|مادربزرگ|جد|جدة|جده|الجد|الجدة",
        "grandchild": "grandson|granddaughter|petit-fils|petite-fille|petit-enfant|نوه|حفيد|حفيدة|الحفيد|الحفيدة",
        "other_relative": "other|relative|cousin|uncle|aunt|nephew|niece|in-law|brother in law|sister in law|mother in law"
        "|father in law|son in law|daughter in law|cousine|oncle|tante|neveu|nièce|autre parent|beau-frère|belle-sœur"
        "|بستگان|خویشاوند|خویش|عمو|عمه|دایی|خاله|پسرعمو|دخترعمو|پسرخاله|دخترخاله|پسردایی|دختردایی|پسرعمه|دخترعمه"
        "|برادرزاده|خواهرزاده|داماد|عروس|سایر|سایر بستگان|قريب|قريبة|عم|عمة|خال|خالة|ابن عم|ابنة عم|بنت عم|صهر|كنة|أقارب|قريب آخر",
        "unrelated": "not related|no relation|none|friend|non apparenté|sans lien|aucun|غیر خویشاوند|بدون نسبت|بی نسبت|دوست"
        "|غير قريب|لا صلة|لا قرابة|صديق|بلا قرابة",
    }
)
LINK_KIND: Final = Words(
    {
        "member": "family member|membre|عضو|عضو خانواده|عضو في الأسرة|فرد",
        "guardian": "guardianship|legal guardian|tuteur|tutrice|tutelle|قیم|ولی|سرپرست قانونی|قیمومت|وصي|ولي|الوصي|وصاية|ولاية",
        "custody": "custodian|garde|حضانت|حق حضانت|حضانة|حاضن|حاضنة",
        "dependant": "dependent|depends on|personne à charge|à charge|تحت تکفل|وابسته|معال|معالة|مُعال",
    }
)
URGENCY: Final = Words(
    {
        "normal": "n|regular|standard|normale|معمولی|عادی|طبيعي|عادي|عادية",
        "urgent": "u|urgente|high|فوری|عاجل|عاجلة|مستعجل",
        "emergency": "e|critical|very urgent|urgence|très urgent|اضطراری|خیلی فوری|بسیار فوری|طارئ|طارئة|حالة طارئة",
    }
)
STATUS: Final = Words(
    {
        "registered": "registered only|not determined|reg|enregistré|enregistrée|ثبت شده|ثبت‌نام شده|مسجل|مسجلة",
        "asylum_seeker": "asylum seeker|asylum-seeker|asr|as|applicant|demandeur d'asile|demandeuse d'asile|پناهجو|متقاضی پناهندگی"
        "|طالب لجوء|طالبة لجوء|طالب اللجوء|ملتمس لجوء",
        "refugee": "ref|recognised refugee|recognized refugee|mandate refugee|convention refugee|réfugié|réfugiée"
        "|réfugié reconnu|پناهنده|پناهنده شناخته شده|لاجئ|لاجئة|لاجئ معترف به",
        "other_of_concern": "other of concern|other person of concern|other persons of concern|ooc|poc|person of concern|oth"
        "|autre personne relevant de la compétence|autre|سایر افراد مورد توجه|فرد مورد توجه|شخص آخر موضع اهتمام|موضع اهتمام",
        "not_of_concern": "not of concern|noc|rejected|not recognised|ne relève pas|مورد توجه نیست|خارج از حوزه توجه|ليس موضع اهتمام|غير معني",
    }
)
KINSHIP: Final = tuple(code for code in RELATIONSHIP.codes if code not in ("head", "unrelated"))

# Persian; Arabic. The English names are the register's own.
_NEEDS: Final = {
    "CR-AF": "کودک مرتبط با گروه‌های مسلح; طفل مرتبط بجماعات مسلحة",
    "CR-CC": "کودک مراقب; طفل راع",
    "CR-CP": "کودک دارای فرزند; طفل والد",
    "CR-CS": "کودک همسر; طفل متزوج",
    "CR-NE": "کودک در خطر ترک تحصیل; طفل معرض لعدم الالتحاق بالمدرسة",
    "CR-TP": "بارداری نوجوان; حمل المراهقات",
    "SC-CH": "خانوار به سرپرستی کودک; أسرة يعيلها طفل",
    "SC-IC": "کودک در مؤسسه نگهداری; طفل في رعاية مؤسسية",
    "SC-NC": "کودک مورد غفلت نزد خویشاوندان; طفل مهمل لدى أقارب",
    "SC-SC": "کودک جداشده|کودک جدا شده; طفل منفصل|طفل منفصل عن ذويه",
    "SC-UC": "کودک بی‌همراه|کودک بی سرپرست; طفل غير مصحوب",
    "DS-BD": "نابینایی|اختلال بینایی; إعاقة بصرية",
    "DS-DF": "ناشنوایی|اختلال شنوایی; إعاقة سمعية",
    "DS-MM": "معلولیت ذهنی متوسط; إعاقة ذهنية متوسطة",
    "DS-MS": "معلولیت ذهنی شدید; إعاقة ذهنية شديدة",
    "DS-PM": "معلولیت جسمی متوسط; إعاقة جسدية متوسطة",
    "DS-PS": "معلولیت جسمی شدید; إعاقة جسدية شديدة",
    "DS-SD": "اختلال گفتار; إعاقة نطقية",
    "ER-FR": "سالمند ناتوان از مراقبت خود; مسن غير قادر على رعاية نفسه",
    "ER-MC": "سالمند مراقب کودکان; مسن يرعى قاصرين",
    "ER-NF": "سالمند تنها; مسن وحيد",
    "FU-FR": "نیاز به پیوستن به خانواده|الحاق به خانواده; لم شمل الأسرة",
    "FU-TR": "نیاز به ردیابی خانواده; البحث عن المفقودين|تتبع الأقارب",
    "LP-AN": "خشونت، آزار یا غفلت; عنف أو إساءة أو إهمال",
    "LP-BN": "نیازهای اساسی برآورده نشده; احتياجات أساسية غير ملباة",
    "LP-DA": "بازداشت در کشور پناهندگی; محتجز في بلد اللجوء",
    "LP-MS": "به حاشیه رانده شده; مهمش",
    "LP-ND": "بدون مدارک قانونی; بلا وثائق قانونية",
    "LP-RD": "در خطر اخراج; معرض للترحيل",
    "LP-RR": "در خطر بازگرداندن اجباری; معرض للإعادة القسرية",
    "SM-AD": "اعتیاد; إدمان",
    "SM-CC": "وضعیت پزشکی بحرانی|بیماری حاد; حالة طبية حرجة",
    "SM-CI": "بیماری مزمن; مرض مزمن",
    "SM-DP": "بارداری پرخطر; حمل صعب|حمل خطر",
    "SM-MI": "بیماری روانی; مرض نفسي|مرض عقلي",
    "SM-MN": "سوءتغذیه|سوء تغذیه; سوء التغذية",
    "SM-OT": "وضعیت پزشکی دیگر; حالة طبية أخرى",
    "SP-CG": "مراقب تنها; مقدم رعاية وحيد",
    "SP-GP": "پدربزرگ یا مادربزرگ تنها; جد أو جدة بمفرده",
    "SP-PT": "والد تنها; والد وحيد|معيل وحيد",
    "SV-FM": "ازدواج اجباری; زواج قسري",
    "SV-HP": "رفتارهای زیان‌بار; ممارسات ضارة",
    "SV-VA": "خشونت در کشور پناهندگی; عنف في بلد اللجوء",
    "SV-VO": "خشونت در کشور مبدأ; عنف في بلد المنشأ",
    "TR-HO": "وادار به خشونت; أجبر على العنف",
    "TR-PI": "آسیب ناشی از شکنجه|شکنجه; أثر التعذيب|تعذيب",
    "TR-WV": "شاهد خشونت; شاهد على العنف",
    "WR-LC": "شیرده; مرضع",
    "WR-PG": "باردار|بارداری; حامل|حمل",
    "WR-UW": "زن تنهای در خطر; امرأة وحيدة معرضة للخطر",
    "WR-WR": "زن در خطر; امرأة معرضة للخطر",
}
_CODE: Final = re.compile(r"\b([A-Z]{2})-([A-Z]{2})\b")
_LOOSE: Final = re.compile(r"([A-Za-z]{2})[\s_–.-]?([A-Za-z]{2})")
_READ: Final = ("en", "fa", "ar", "fr")
_ALSO: Final = {
    "fa": "Farsi|Persian|فارسی|پارسی|الفارسية|Perse",
    "prs": "Dari|دری|دری افغانستان|الدرية",
    "ckb": "Sorani|سورانی|السورانية|Central Kurdish",
    "kmr": "Kurmanji|کرمانجی|الكرمانجية",
    "ku": "Kurdish|کردی|کوردی|الكردية|Kurde",
    "az": "Azeri|Azerbaijani|Azari|ترکی آذری|آذری|آذربایجانی|Turkish Azeri",
    "lrc": "Lori|Luri|لری",
    "bal": "Baluchi|Balochi|بلوچی",
    "tk": "Turkmen|ترکمنی",
    "ps": "Pashto|Pashtu|پشتو",
    "ar": "Arabic|عربی|العربية|عربية|عربي|Arabe",
    "en": "English|انگلیسی|الإنجليزية|إنجليزي|Anglais",
}


def read_need(text: str) -> str | None:
    """A specific-needs code of UNHCR, from the code ("SM-CI", "smci", "SM-CI Chronic illness") or its name."""
    bare = text.strip()
    found = _LOOSE.fullmatch(bare) or (_CODE.search(bare) if len(_CODE.findall(bare)) == 1 else None)
    code = f"{found[1]}-{found[2]}".upper() if found else ""
    if code in CODES:
        return code
    return bare.upper() if bare.upper() in CATEGORIES else _needs().get(plain(text))


@lru_cache(maxsize=1)
def _needs() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, words in _NEEDS.items():
        for word in re.split("[;|]", words):
            known[plain(word)] = code
    for code, name in CODES.items():
        known[plain(str(name._args[0]))] = code  # the English source, whatever language is active
    return known


def read_language(text: str) -> str | None:
    """The ISO 639 code of a spoken language, from its code or its name in English, French, Persian or Arabic."""
    return _languages().get(plain(text))


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    known: dict[str, str] = {}
    english = [str(code) for code in Locale("en").languages]
    codes = [code for code in english if len(code) <= 3 and code.isalpha() and code not in ("und", "mul", "zxx", "mis")]
    for read in reversed(_READ):
        names = Locale(read).languages
        known |= {plain(str(names[code])): code for code in codes if code in names}
    for code, words in _ALSO.items():
        known |= {plain(word): code for word in words.split("|")}
    for alias, code in get_global("language_aliases").items():
        if len(alias) == 3 and code in codes and alias != "prs":
            known.setdefault(alias, code)
    return known | {code: code for code in (*codes, "prs")}
