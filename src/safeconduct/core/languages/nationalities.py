"""Words for nationalities, and usual names of countries that CLDR does not list.

Arabic feminines are made from the masculine forms.
"""

from __future__ import annotations

from typing import Final

# alpha-3: English; Persian; Arabic. Forms parted by "|".
NATIONALITIES: Final[dict[str, tuple[str, str, str]]] = {
    "IRN": ("Iranian|Persian", "ایرانی", "إيراني"),
    "IRQ": ("Iraqi", "عراقی", "عراقي"),
    "AFG": ("Afghan|Afghani", "افغان|افغانی|افغانستانی", "أفغاني"),
    "SYR": ("Syrian", "سوری|سوریه‌ای", "سوري"),
    "TUR": ("Turkish", "ترک|ترکیه‌ای", "تركي"),
    "PAK": ("Pakistani", "پاکستانی", "باكستاني"),
    "IND": ("Indian", "هندی", "هندي"),
    "LBN": ("Lebanese", "لبنانی", "لبناني"),
    "JOR": ("Jordanian", "اردنی", "أردني"),
    "PSE": ("Palestinian", "فلسطینی", "فلسطيني"),
    "EGY": ("Egyptian", "مصری", "مصري"),
    "SAU": ("Saudi|Saudi Arabian", "سعودی|عربستانی", "سعودي"),
    "KWT": ("Kuwaiti", "کویتی", "كويتي"),
    "ARE": ("Emirati", "اماراتی", "إماراتي"),
    "YEM": ("Yemeni", "یمنی", "يمني"),
    "SDN": ("Sudanese", "سودانی", "سوداني"),
    "SOM": ("Somali", "سومالیایی|سومالی", "صومالي"),
    "ERI": ("Eritrean", "اریتره‌ای", "إريتري"),
    "ETH": ("Ethiopian", "اتیوپیایی", "إثيوبي"),
    "LBY": ("Libyan", "لیبیایی", "ليبي"),
    "MAR": ("Moroccan", "مراکشی", "مغربي"),
    "DZA": ("Algerian", "الجزایری", "جزائري"),
    "TUN": ("Tunisian", "تونسی", "تونسي"),
    "ARM": ("Armenian", "ارمنی|ارمنستانی", "أرميني|أرمني"),
    "AZE": ("Azerbaijani|Azeri", "آذربایجانی", "أذربيجاني"),
    "ALB": ("Albanian", "آلبانیایی", "ألباني"),
    "DEU": ("German", "آلمانی", "ألماني"),
    "FRA": ("French", "فرانسوی", "فرنسي"),
    "GBR": ("British|English|Scottish|Welsh", "بریتانیایی|انگلیسی", "بريطاني|إنجليزي"),
    "USA": ("American", "آمریکایی|امریکایی", "أمريكي|أميركي"),
    "CAN": ("Canadian", "کانادایی", "كندي"),
    "AUS": ("Australian", "استرالیایی", "أسترالي"),
    "SWE": ("Swedish", "سوئدی", "سويدي"),
    "NOR": ("Norwegian", "نروژی", "نرويجي"),
    "DNK": ("Danish", "دانمارکی", "دنماركي"),
    "FIN": ("Finnish", "فنلاندی", "فنلندي"),
    "NLD": ("Dutch", "هلندی", "هولندي"),
    "BEL": ("Belgian", "بلژیکی", "بلجيكي"),
    "CHE": ("Swiss", "سوئیسی", "سويسري"),
    "AUT": ("Austrian", "اتریشی", "نمساوي"),
    "ITA": ("Italian", "ایتالیایی", "إيطالي"),
    "ESP": ("Spanish", "اسپانیایی", "إسباني"),
    "ROU": ("Romanian", "رومانیایی", "روماني"),
    "RUS": ("Russian", "روس|روسی", "روسي"),
    "UKR": ("Ukrainian", "اوکراینی", "أوكراني"),
    "UZB": ("Uzbek|Uzbekistani", "ازبک|ازبکستانی", "أوزبكي"),
    "TJK": ("Tajik|Tajikistani", "تاجیک|تاجیکستانی", "طاجيكي"),
    "BGD": ("Bangladeshi", "بنگلادشی", "بنغلاديشي"),
    "MMR": ("Burmese|Myanmarese", "میانماری", "ميانماري|بورمي"),
    "CHN": ("Chinese", "چینی", "صيني"),
}

ALSO_CALLED: Final[dict[str, str]] = {
    "IRN": "Islamic Republic of Iran|I.R. Iran|IRI|الجمهورية الإسلامية الإيرانية"
    "|جمهوری اسلامی ایران|جمهورية إيران الإسلامية|Persia",
    "IRQ": "Republic of Iraq|جمهوری عراق|جمهورية العراق",
    "AFG": "Islamic Republic of Afghanistan|جمهوری اسلامی افغانستان",
    "SYR": "Syrian Arab Republic|جمهوری عربی سوریه|الجمهورية العربية السورية",
    "TUR": "Turkey|Turquia|Republic of Türkiye",
    "USA": "America|United States of America|U.S.A.|U.S.|آمریکا|امریکا|ایالات متحده آمریکا|أمريكا|أميركا"
    "|الولايات المتحدة الأمريكية",
    "GBR": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|انگلستان|انگلیس|بریتانیا|بريطانيا"
    "|إنجلترا|United Kingdom of Great Britain and Northern Ireland|Grande-Bretagne|Großbritannien",
    "PSE": "Palestine|State of Palestine|فلسطین|فلسطين",
    "DEU": "Federal Republic of Germany|D|West Germany|Allemagne fédérale|جمهوری فدرال آلمان",
    "NLD": "Holland|The Netherlands",
    "MKD": "Macedonia|مقدونیه|مقدونيا",
    "CZE": "Czech Republic|جمهوری چک|جمهورية التشيك",
    "MMR": "Burma|Myanmar|میانمار|ميانمار|برمه|بورما",
    "COD": "Democratic Republic of the Congo|Congo, Democratic Republic of the|DR Congo|DRC",
    "COG": "Congo|Republic of the Congo",
    "CIV": "Ivory Coast",
    "KOR": "Republic of Korea|Korea, Republic of|Korea",
    "PRK": "Democratic People's Republic of Korea",
    "RUS": "Russian Federation|فدراسیون روسیه",
    "VEN": "Bolivarian Republic of Venezuela",
    "MDA": "Republic of Moldova",
    "TZA": "United Republic of Tanzania",
    "VNM": "Viet Nam",
    "LAO": "Lao People's Democratic Republic",
    "BIH": "Bosnia",
    "SWZ": "Swaziland",
    "SAU": "Kingdom of Saudi Arabia|KSA|عربستان|السعودية",
    "ARE": "UAE|U.A.E.|Emirates|امارات|الإمارات",
    "XKX": "RKS|XXK|UNK",
}

# ICAO Doc 9303 part 3, section 5, codes for persons without a defined nationality.
STATELESS_WORDS: Final = (
    "stateless|no nationality|without nationality|apatride|staatenlos|بدون تابعیت|بی‌تابعیت|بی تابعیت|فاقد تابعیت"
    "|عديم الجنسية|عديمة الجنسية|بدون جنسية|بلا جنسية|bidoon|bidun|STL"
)
UNDETERMINED_WORDS: Final = (
    "unknown|undetermined|not known|not determined|unspecified|under determination|نامعلوم|نامشخص|ناشناخته|معلوم نیست"
    "|غير معروف|غير معروفة|غير محدد|غير محددة|مجهول|مجهولة|مجهول الجنسية|inconnue|unbekannt|ungeklärt|UKN"
)
