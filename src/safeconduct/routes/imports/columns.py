"""The columns of offers and of choices, and what other sheets call them."""

# ruff: noqa: E501 - tables of words, a column a line

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.core.spreadsheets.columns import Column


def _column(name: str, says: Any, synonyms: str = "", *, required: bool = False) -> Column:
    return Column(name, says, required, tuple(word for word in synonyms.split("|") if word))


_TEXTS: Final = (
    ("conditions", _("conditions"), "Condition|Terms|شرایط|شرط‌ها|الشروط"),
    ("exclusions", _("who is left out"), "Exclusion|Excluded|استثناها|محرومیت‌ها|الاستثناءات"),
    ("unknowns", _("what nobody has said yet"), "Unknown|Open questions|نامعلوم‌ها|ما لا يُعرف|المجهول"),
)
_LANGUAGES: Final = (("fa", _("in Persian"), "Persian|Farsi|فارسی"), ("ar", _("in Arabic"), "Arabic|عربی|العربية"))


def _translated(name: str, says: Any, synonyms: str) -> tuple[Column, ...]:
    more = tuple(
        Column(f"{name}_{code}", says, False, tuple(f"{name} {word}" for word in words.split("|")))
        for code, _says, words in _LANGUAGES
    )
    return (_column(name, says, synonyms), *more)


OFFERS: Final = (
    _column("id", _("short name of the offer"), "Offer ID|Offer|Offer code|Code|Key|شناسه|شناسه پیشنهاد|رمز العرض|رقم العرض", required=True),
    _column("title", _("title"), "Name|Offer title|Offer name|Titre|عنوان|نام|العنوان|الاسم", required=True),
    _column("title_fa", _("title in Persian"), "Title Persian|Title Farsi|عنوان فارسی"),
    _column("title_ar", _("title in Arabic"), "Title Arabic|عنوان عربی|العنوان بالعربية"),
    _column("provider", _("who makes the offer"), "Offered by|State|Government|Organisation|Fournisseur|ارائه‌دهنده|پیشنهاددهنده|الجهة المقدمة|مقدم العرض", required=True),
    _column("destination", _("country of destination"), "Country|Country of destination|Destination country|Receiving country|Receiving state|Pays|Pays de destination|کشور|مقصد|کشور مقصد|بلد المقصد|الوجهة|البلد|الدولة", required=True),
    _column("kind", _("kind of route"), "Type|Route|Route type|Offer type|Pathway|Type d'offre|نوع|نوع پیشنهاد|النوع|نوع العرض", required=True),
    _column("quota", _("places; empty: no upper limit"), "Places|Number of places|Total places|Capacity|Total quota|Slots|Contingent|ظرفیت|سهمیه|تعداد|الحصة|عدد الأماكن"),
    _column("used", _("places taken before this register began to count"), "Places used|Already used|Used places|Taken|استفاده‌شده|المستخدم"),
    _column("medical_quota", _("places for medical cases"), "Medical places|Medical|سهمیه پزشکی|الحصة الطبية"),
    _column("reserved_for_links", _("places reserved for people with ties to the country"), "Reserved|Reserved places|Reserved for family links|Places for family links|سهمیه دارای پیوند|الأماكن المحجوزة"),
    _column("minimum_fill", _("fewest people with whom it goes ahead"), "Minimum|Min fill|Minimum number|Minimum group|حداقل|الحد الأدنى"),
    _column("opens_on", _("first day"), "Opens|Opening date|Open from|Available from|Start|Start date|از تاریخ|تاریخ شروع|تاريخ الفتح"),
    _column("closes_on", _("last day"), "Closes|Closing date|Deadline|Open until|Valid until|Expiry|Expiry date|End|End date|مهلت|تاریخ پایان|تاريخ الإغلاق|الموعد النهائي"),
    _column("status", _("standing of the offer"), "Offer status|State of offer|Statut|وضعیت|الحالة", required=True),
    _column("status_on", _("since when"), "Status date|Date of status|تاریخ وضعیت|تاريخ الحالة"),
    _column("status_source", _("who says so, and where"), "Source|Status source|منبع|المصدر"),
    *(column for name, says, synonyms in _TEXTS for column in _translated(name, says, synonyms)),
    _column("guarantor", _("who guarantees what is promised"), "Guarantee|Guaranteed by|ضامن|الضامن"),
    _column("supervising_body", _("who supervises it"), "Supervisor|Supervised by|ناظر|نهاد ناظر|الجهة المشرفة"),
    _column("legal_basis", _("legal basis"), "Law|Legal ground|مبنای حقوقی|الأساس القانوني"),
    _column("assumed", _("columns whose value nobody published"), "Assumptions|Assumed columns|فرضی|المفترض"),
    _column("criteria", _("who may go"), "Eligibility|Criterion|Eligibility criteria|معیارها|معیار|المعايير"),
)  # fmt: skip

CHOICES: Final = (
    _column("person_id", _("the person's registration number"), "id|Individual ID|Person|Person number|Registration number|شماره|شماره فرد|شماره ثبت|رقم الفرد|رقم الشخص|رقم التسجيل", required=True),
    _column("offer_id", _("short name of the offer"), "Offer|Offer code|Route|پیشنهاد|شناسه پیشنهاد|العرض|رقم العرض|رمز العرض", required=True),
    _column("answer", _("yes, no or not now"), "Choice|Decision|Response|Réponse|پاسخ|جواب|انتخاب|الجواب|الإجابة|الاختيار", required=True),
    _column("rank", _("1 for the offer that the person prefers most; only with yes"), "Preference|Order|Priority|Rang|رتبه|اولویت|الترتيب|الأفضلية"),
    _column("alone", _("whether the person goes without the family if need be"), "Goes alone|Without family|Seul|تنها|به تنهایی|وحده|بمفرده"),
    _column("sheet_version", _("version of the information sheet that the person received"), "Version|Information sheet|Sheet|نسخه|نسخه برگه|النسخة|نسخة الورقة"),
    _column("language", _("language of the talk"), "Language of the talk|Langue|زبان|اللغة"),
    _column("read_aloud", _("whether the sheet was read aloud"), "Read out|Read aloud to the person|Lu à haute voix|خوانده شد|قُرئت بصوت عال"),
    _column("present", _("who was in the room, by role"), "In the room|Who was present|Persons present|Présents|حاضران|الحاضرون"),
    _column("interpreter_chosen", _("whether the person chose the interpreter"), "Own interpreter|Interpreter chosen by person|مترجم انتخابی|المترجم المختار"),
    _column("taken_by", _("account of the interviewer"), "Interviewer|Recorded by|مصاحبه‌کننده|ثبت‌کننده|المحاور"),
    _column("taken_on", _("day of the talk"), "Date|Interview date|Date of the talk|Choice date|Date of choice|Date de l'entretien|تاریخ|تاریخ گفتگو|تاريخ المقابلة|التاريخ"),
)  # fmt: skip
