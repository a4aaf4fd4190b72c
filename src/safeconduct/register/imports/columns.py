"""The columns of people and of families, and what other sheets call them.

Synonyms: headers of UNHCR's proGres exports, of Kobo forms, and usual words in English, French, Persian and Arabic.
They are compared folded (case, signs, blanks, accents, Arabic and Persian letters), so one spelling each is enough.
"""

# ruff: noqa: E501 - tables of words, a column a line

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.core.spreadsheets.columns import Column


def _column(name: str, says: Any, synonyms: str = "", *, loose: str = "", required: bool = False) -> Column:
    return Column(name, says, required, _words(synonyms), _words(loose))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)


PEOPLE: Final = (
    _column(
        "id",
        _("the person's registration number"),
        "Individual ID|Individual Number|Individual Reg. No.|Person ID|Person number|Registration number|Registration No"
        "|Registration ID|Reg No|Reg number|Ind ID|ID No|ID number|UNHCR ID|UNHCR No|UNHCR number|ProGres ID|Individual GUID"
        "|Case person ID|ID individuel|Numéro individuel|Numéro d'enregistrement|Identifiant|شماره ثبت|شماره ثبت‌نام"
        "|شماره فرد|شماره شخص|شماره کمیساریا|شناسه|شناسه فرد|شناسه شخص|کد فرد|رقم التسجيل|رقم الفرد|رقم الشخص|رقم فردي"
        "|رقم المفوضية|المعرف",
        loose="Number|No|Numéro|N°|Nº|شماره|کد|الرقم|رقم",
        required=True,
    ),
    _column(
        "given_name",
        _("given name"),
        "First name|Forename|Given names|First names|Personal name|Prénom|Prénoms|Vorname|نام کوچک|اسم کوچک"
        "|الاسم الأول|الإسم الأول|الاسم الشخصي",
        loose="Name|نام|اسم|الاسم|الإسم",
        required=True,
    ),
    _column(
        "family_name",
        _("family name"),
        "Surname|Last name|Fam name|Family names|Nom|Nom de famille|Nachname|Familienname|نام خانوادگی|فامیل|فامیلی|نام فامیل"
        "|شهرت|تخلص|اللقب|الكنية|اسم العائلة|لقب العائلة|الاسم العائلي|النسب",
    ),
    _column(
        "father_name",
        _("father's name"),
        "Father's name|Fathers name|Father|Name of father|Nom du père|Prénom du père|نام پدر|اسم پدر|ولد|اسم الأب|اسم الاب"
        "|اسم الوالد|الأب",
    ),
    _column(
        "grandfather_name",
        _("grandfather's name"),
        "Grandfather's name|Grandfathers name|Grandfather|Nom du grand-père|نام پدربزرگ|نام پدر بزرگ|نام جد|ولدیت|اسم الجد|الجد",
    ),
    _column(
        "alias",
        _("other names by which the person is known"),
        "Also known as|AKA|Nickname|Other name|Other names|Alias name|Known as|Autre nom|Surnom|Alias|نام مستعار|نام دیگر"
        "|لقب|مشهور به|الاسم المستعار|اسم الشهرة|اسم آخر",
    ),
    _column(
        "given_name_other",
        _("given name in a second script"),
        "Given name local|First name in Persian|First name in Arabic|Given name Persian"
        "|Given name Arabic|Native given name|Given name in original script|Local first name|Given name latin"
        "|First name Latin|نام لاتین|نام به لاتین|نام انگلیسی|الاسم باللاتينية|الاسم بالإنجليزية",
    ),
    _column(
        "family_name_other",
        _("family name in a second script"),
        "Family name local|Last name in Persian|Last name in Arabic|Family name Persian|Family name Arabic"
        "|Native family name|Family name in original script|Local last name|Family name latin|Last name Latin"
        "|نام خانوادگی لاتین|نام خانوادگی به لاتین|نام خانوادگی انگلیسی|اللقب باللاتينية|اللقب بالإنجليزية",
    ),
    _column("father_name_other", _("father's name in a second script"), "Father name local|نام پدر لاتین|نام پدر به لاتین"),
    _column("grandfather_name_other", _("grandfather's name in a second script"), "Grandfather name local"),
    _column(
        "sex",
        _("sex"),
        "Gender|Sexe|Genre|Geschlecht|جنسیت|جنس|الجنس|النوع|نوع الجنس|النوع الاجتماعي",
    ),
    _column(
        "birth_date",
        _("birth date, as exactly as it is known"),
        "Date of birth|DOB|D.O.B.|Birthdate|Birth day|Born|Date born|Date birth|Birth|Year of birth|YOB|Birth year|Age|Age or birth date"
        "|Date de naissance|Né le|Née le|DDN|Année de naissance|Geburtsdatum|تاریخ تولد|تولد|سال تولد|متولد|تاریخ ولادت"
        "|سن|تاريخ الميلاد|تاريخ الولادة|الميلاد|المواليد|سنة الميلاد|العمر",
    ),
    _column(
        "nationality",
        _("nationality: one or several countries"),
        "Nationalities|Citizenship|Country of origin|Origin|COO|Country of nationality|Country of citizenship"
        "|Nationalité|Pays d'origine|Citoyenneté|Staatsangehörigkeit|تابعیت|کشور تابعیت|ملیت|ملیّت|کشور مبدأ|کشور اصلی|شهروندی"
        "|الجنسية|جنسية|بلد المنشأ|البلد الأصلي|بلد الأصل|المواطنة",
    ),
    _column(
        "family_id",
        _("number of the family unit"),
        "Family number|Family No|Family unit|Family|Family code|Fam ID|Household ID|Household number|Household No|Household|HH ID|HH No|HH number|Group ID|Group number"
        "|Registration group|Registration group ID|Case ID|Case number|Case No|Processing group number|ID famille"
        "|Numéro de famille|Ménage|Numéro de ménage|ID ménage|Numéro de dossier|شماره خانواده|شناسه خانواده|کد خانواده"
        "|خانواده|شماره خانوار|شناسه خانوار|کد خانوار|خانوار|شماره پرونده|رقم العائلة|رقم الأسرة|العائلة|الأسرة|رقم الملف"
        "|رقم ملف الأسرة|رقم ملف العائلة|رقم القضية",
    ),
    _column(
        "relationship",
        _("relationship to the head of the family unit"),
        "Relationship to PA/HoH|Relationship to PA|Relationship to HoH|Relationship to head|Relationship to HR1"
        "|Relationship to FP|Relationship to focal point|Relationship to head of household|Relationship to head of family"
        "|Relationship to the head|Relationship to the head of household|Relationship to the head of family|Relation to HoH"
        "|Relation to head of household|Relation to head of family|Rel to head|Rel to HoH|Relation to head|Relation|Relationship code|Relation to principal applicant|Lien de parenté|Parenté|Lien"
        "|Lien avec le chef de ménage|Lien avec le chef de famille|نسبت|نسبت با سرپرست|نسبت با سرپرست خانواده|نسبت با سرپرست خانوار|نسبت فامیلی|رابطه با سرپرست"
        "|نسبت خانوادگی|رابطه|صلة القرابة|القرابة|قرابة|الصلة|صلة القرابة برب الأسرة|صلة القرابة مع رب الأسرة|العلاقة",
    ),
    _column(
        "specific_needs",
        _("specific needs, as UNHCR codes"),
        "Specific needs|Specific need|Specific needs code|Specific needs codes|Special needs|Special need|Needs|Vulnerabilities|Vulnerability"
        "|Vulnerability codes|SPN|Besoins spécifiques|Vulnérabilités|نیازهای ویژه|نیاز ویژه|نیازهای خاص|آسیب‌پذیری"
        "|الاحتياجات الخاصة|الاحتياجات المحددة|احتياجات خاصة|الحاجات الخاصة",
    ),
    _column("urgency", _("urgency"), "Priority|Resettlement priority|Urgence|Priorité|فوریت|اولویت|الأولوية|الاستعجال|درجة الاستعجال"),
    _column(
        "status",
        _("protection status"),
        "Refugee status|Legal status|Protection status|RSD status|Process status|Statut|Statut juridique|وضعیت"
        "|وضعیت حقوقی|وضعیت پناهندگی|الوضع|الحالة|الوضع القانوني|صفة اللجوء",
    ),
    _column(
        "status_since",
        _("since when the person has this status"),
        "Status date|Status since date|Legal status date|RSD decision date|Date of status|Date du statut|تاریخ وضعیت"
        "|تاريخ الوضع|تاريخ الحالة",
    ),
    _column(
        "block",
        _("where at the site"),
        "Section|Zone|Location|Address|Block number|Unit|Shelter|Bloc|Abri|Lieu|بلوک|بخش|محل|قسمت|القسم|البلوك|الموقع|القطاع",
    ),
    _column(
        "arrived_on",
        _("when the person arrived at the site"),
        "Arrival date|Date of arrival|Arrived|Entry date|Date d'arrivée|Arrivée|تاریخ ورود|ورود|تاريخ الوصول|الوصول",
    ),
    _column(
        "left_on",
        _("the first day on which the person is no longer at the site"),
        "Departure date|Date of departure|Left|Exit date|Date de départ|Départ|تاریخ خروج|خروج|تاريخ المغادرة|المغادرة",
    ),
    _column(
        "languages",
        _("languages that the person speaks"),
        "Language|Spoken languages|Languages spoken|Mother tongue|Langue|Langues|Langues parlées|زبان|زبان‌ها|زبان ها"
        "|زبان مادری|اللغة|اللغات|لغة|اللغة الأم",
    ),
    _column(
        "earlier_residence",
        _("countries where the person lived before, with years if known"),
        "Earlier residences|Previous residence|Former residence|Countries lived in|Previous country|Résidence antérieure"
        "|اقامت پیشین|اقامت قبلی|محل اقامت قبلی|الإقامة السابقة|بلد الإقامة السابق",
    ),
    _column(
        "family_links",
        _("relatives in other countries, as country and kind of relative; never a name"),
        "Family link|Relatives abroad|Family abroad|Family ties|Links|Famille à l'étranger|بستگان در خارج|خویشاوندان"
        "|خویشاوند در خارج|الأقارب في الخارج|أقارب في الخارج",
    ),
)  # fmt: skip

_BY_NAME: Final = {column.name: column for column in PEOPLE}

FAMILIES: Final = (
    Column("family_id", _BY_NAME["family_id"].says, True, _BY_NAME["family_id"].synonyms),
    Column(
        "person_id",
        _("number of the member"),
        False,
        (*_BY_NAME["id"].synonyms, "id", "Person", "Member", "Member ID", "Member number", "عضو", "شماره عضو", "العضو", "رقم العضو", "Membre"),
        _BY_NAME["id"].loose,
    ),
    _column(
        "head_id",
        _("number of the head of the family unit"),
        "Head|Head of family|Head of household|HoH|HoH ID|Principal applicant|PA|PA ID|Chef de famille|Chef de ménage"
        "|سرپرست|سرپرست خانواده|سرپرست خانوار|شماره سرپرست|رب الأسرة|رب العائلة|رقم رب الأسرة",
    ),
    _column("members", _("numbers of the members"), "Member IDs|Member list|Membres|اعضا|اعضای خانواده|الأعضاء|أفراد الأسرة|أفراد العائلة"),
    _BY_NAME["relationship"],
    _column(
        "related_to",
        _("number of the person to whom the relationship is; empty: the head"),
        "Related person|Relative|Other person|Related to ID|Related person ID|Parent de|Lié à|با|نسبت با شخص|شخص دیگر|مرتبط با|له صلة بـ|الشخص الآخر",
    ),
    _column("kind", _("member, guardian, custody or dependant"), "Type|Link type|Kind of link|Relation type|Nature|نوع|نوع رابطه|نوع العلاقة|الصفة"),
    _column("starts", _("from which day"), "Start|Start date|From|Since|Début|Date de début|Depuis|از|از تاریخ|شروع|تاریخ شروع|من|من تاريخ|تاريخ البدء"),
    _column("ends", _("until which day, that day excluded"), "End|End date|To|Until|Fin|Date de fin|تا|تا تاریخ|پایان|تاریخ پایان|إلى|حتى|تاريخ الانتهاء"),
    _column("disputed_by", _("who disputes it, as a role, never a name"), "Disputed|Contested by|Contesté par|مورد اعتراض|معترض|متنازع عليه|المعترض"),
)  # fmt: skip
