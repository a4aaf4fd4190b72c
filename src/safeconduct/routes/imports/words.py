"""Words of sheets for offers and choices, in English, French, Persian and Arabic."""

from __future__ import annotations

from typing import Final

from safeconduct.core.spreadsheets.words import Words

KIND: Final = Words(
    {
        "resettlement": "rst|réinstallation|اسکان مجدد|إعادة التوطين|إعادة توطين",
        "humanitarian_transfer": "humanitarian transfer|humanitarian admission|hap|admission humanitaire|transfert humanitaire"
        "|انتقال انسان‌دوستانه|پذیرش انسان‌دوستانه|نقل إنساني|قبول إنساني|قبول لأسباب إنسانية",
        "family_reunification": "family reunification|family reunion|regroupement familial|réunification familiale"
        "|پیوستن به خانواده|الحاق به خانواده|لم شمل الأسرة|لم الشمل",
        "complementary_pathway": "complementary pathway|complementary pathways|readmission|voie complémentaire|مسیر تکمیلی"
        "|مسیر مکمل|پذیرش دوباره|مسار تكميلي|مسار مكمل|إعادة قبول",
        "voluntary_repatriation": "voluntary repatriation|volrep|voluntary return|return|rapatriement volontaire|retour volontaire"
        "|بازگشت داوطلبانه|بازگشت|عودة طوعية|العودة الطوعية إلى الوطن",
        "group_transfer": "group transfer|block move|transfert de groupe|انتقال گروهی|نقل جماعي",
    }
)
STATUS: Final = Words(
    {
        "reported": "rapporté|گزارش‌شده|گزارش شده|ورد في تقرير|مُبلغ عنه",
        "discussed": "under discussion|en discussion|در دست گفتگو|مورد گفتگو|قيد النقاش",
        "announced": "annoncé|annoncée|اعلام‌شده|اعلام شده|معلن",
        "confirmed": "confirmed in writing|confirmé|confirmée|تأییدشده|تأیید شده|تایید شده|مؤكد|مؤكد كتابة",
        "open": "ouvert|ouverte|active|باز|فعال|مفتوح",
        "suspended": "on hold|paused|suspendu|suspendue|معلق|متوقف|موقوف",
        "closed": "ended|fermé|fermée|clos|بسته|پایان‌یافته|مغلق|منته",
    }
)
ANSWER: Final = Words(
    {
        "yes": "y|1|true|accept|accepts|oui|بله|بلی|آری|نعم|أجل",
        "no": "n|0|false|decline|declines|declined|non|نه|خیر|لا",
        "not_now": "not now|later|undecided|not yet|pas maintenant|فعلا نه|فعلاً نه|الان نه|بعدا|ليس الآن|لاحقا|لاحقاً",
    }
)
PRESENT: Final = Words(
    {
        "interviewer": "officer|enquêteur|intervieweur|مصاحبه‌کننده|مصاحبه گر|المحاور|المقابل",
        "interpreter": "translator|interprète|مترجم|المترجم|مترجمة",
        "family": "family member|relative|spouse|famille|خانواده|خویشاوند|همسر|العائلة|الأسرة|أحد الأقارب",
        "official": "authority|police|guard|fonctionnaire|مقام|مأمور|پلیس|مسؤول|موظف رسمي|الشرطة",
        "resident": "another resident|residents|résident|ساکن|یکی از ساکنان|مقيم|أحد المقيمين",
        "other": "somebody else|autre|دیگری|سایر|شخص آخر|آخر",
    }
)
