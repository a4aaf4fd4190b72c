"""Names for invented people: Persian spelling, Latin spelling, and other Latin spellings of the commonest.

The lists are our own. A person is a random draw from them; any likeness to a living person is chance.
Family names of well-known political figures are left out, and `PUBLIC_FIGURES` bars further combinations.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

ZWNJ = "\u200c"


@dataclass(frozen=True, slots=True)
class Name:
    """One name in Persian script and in Latin script, with other Latin spellings in use."""

    fa: str
    latin: str
    others: tuple[str, ...] = ()

    def spelt(self, rng: Random) -> str:
        """Latin spelling; now and then one of the others, as registers have it."""
        if self.others and rng.random() < 0.25:
            return rng.choice(self.others)
        return self.latin


def _read(block: str) -> tuple[Name, ...]:
    """Lines of `فارسی Latin/other/other` pairs, separated by commas or line ends."""
    names = []
    for pair in block.replace("\n", ",").split(","):
        words = pair.split()
        if words:
            latin, *others = words[-1].split("/")
            names.append(Name(" ".join(words[:-1]).replace("_", ZWNJ), latin.replace("+", " "), tuple(others)))
    return tuple(names)


MEN = _read(
    """
محمد Mohammad/Mohamad/Mohammed, علی Ali, حسین Hossein/Hosein/Hussein, حسن Hassan/Hasan, رضا Reza, مهدی Mehdi/Mahdi
احمد Ahmad/Ahmed, محمود Mahmoud/Mahmood, مجید Majid, حمید Hamid, سعید Saeed/Said, ناصر Naser/Nasser
جواد Javad, کاظم Kazem, صادق Sadegh/Sadeq, باقر Bagher/Baqer, تقی Taghi/Taqi, نقی Naghi/Naqi
عباس Abbas, ابراهیم Ebrahim/Ibrahim, اسماعیل Esmaeil/Esmail, یوسف Yousef/Yusef, یعقوب Yaghoub/Yaqub, موسی Mousa/Musa
عیسی Isa, داوود Davoud/Davood, سلیمان Soleiman, یحیی Yahya, زکریا Zakaria, ایوب Ayoub
مصطفی Mostafa, مرتضی Morteza, مجتبی Mojtaba, اکبر Akbar, اصغر Asghar, قاسم Ghasem/Qasem
کریم Karim, رحیم Rahim, رحمان Rahman, غفور Ghafour, جلیل Jalil, خلیل Khalil
جمشید Jamshid, فریدون Fereydoun/Fereidoon, منوچهر Manouchehr, هوشنگ Houshang, ایرج Iraj, تورج Touraj
بهرام Bahram, بهمن Bahman, بهروز Behrouz/Behrooz, بهزاد Behzad, بهنام Behnam, بیژن Bijan
پرویز Parviz, پیمان Peyman, پژمان Pejman, پویا Pouya, کامران Kamran, کامبیز Kambiz
کیوان Keyvan, کیومرث Kioumars, کوروش Kourosh, کاوه Kaveh, کیانوش Kianoush, فرهاد Farhad
فرشید Farshid, فرزاد Farzad, فرامرز Faramarz, فرخ Farrokh, فریبرز Fariborz, فرید Farid
خسرو Khosrow/Khosro, شاپور Shapour, شاهین Shahin, شهرام Shahram, شهریار Shahriar, شهاب Shahab
رامین Ramin, روزبه Rouzbeh, رستم Rostam, سهراب Sohrab, سیاوش Siavash, سیامک Siamak
سیروس Sirous, ساسان Sasan, سامان Saman, سینا Sina, آرش Arash, آرمان Arman
اردشیر Ardeshir, اردلان Ardalan, اسفندیار Esfandiar, افشین Afshin, امید Omid, امیر Amir
امین Amin, ایمان Iman, آیدین Aydin, نادر Nader, نوید Navid, نیما Nima
مهران Mehran, مهرداد Mehrdad, مازیار Maziar, مسعود Masoud/Massoud, منصور Mansour, مراد Morad
محسن Mohsen, مظفر Mozaffar, ماشاالله Mashallah, نصرالله Nasrollah, عبدالله Abdollah/Abdullah, عبدالرضا Abdolreza
عبدالحسین Abdolhossein, عبدالکریم Abdolkarim, حبیب Habib, حبیب_الله Habibollah, فتح_الله Fathollah, خداداد Khodadad
لطف_الله Lotfollah, عزت_الله Ezzatollah, سیف_الله Seifollah, اسدالله Asadollah, یدالله Yadollah, نعمت_الله Nematollah
غلامرضا Gholamreza, غلامحسین Gholamhossein, غلامعلی Gholamali, علیرضا Alireza, محمدرضا Mohammadreza, محمدعلی Mohammadali
محمدحسین Mohammadhossein, امیرحسین Amirhossein, حمیدرضا Hamidreza, احمدرضا Ahmadreza, علی_اصغر Aliasghar
علی_اکبر Aliakbar
بابک Babak, رجب Rajab, شعبان Shaban, رمضان Ramezan, جمال Jamal, کمال Kamal
جعفر Jafar, طاهر Taher, ظاهر Zaher, هادی Hadi, هاشم Hashem, هیوا Hiwa
وحید Vahid, ولی Vali, ستار Sattar, قدرت Ghodrat, قربان Ghorban, نبی Nabi
"""
)

WOMEN = _read(
    """
فاطمه Fatemeh/Fatima, زهرا Zahra, مریم Maryam/Mariam, معصومه Masoumeh, صدیقه Sedigheh/Sediqeh, طاهره Tahereh
زینب Zeinab/Zaynab, رقیه Roghayeh/Roqayeh, سکینه Sakineh, خدیجه Khadijeh, کبری Kobra, صغری Soghra
لیلا Leila/Leyla, اعظم Azam, اکرم Akram, اشرف Ashraf, افسانه Afsaneh, افسر Afsar
آذر Azar, آزاده Azadeh, آرزو Arezou, آسیه Asieh, آفاق Afagh, آمنه Ameneh
الهه Elaheh, الهام Elham, اقدس Aghdas, انسیه Ensieh, ایران Iran, بتول Batoul
بدری Badri, بنفشه Banafsheh, بهاره Bahareh, بهجت Behjat, بهناز Behnaz, بیتا Bita
پروانه Parvaneh, پروین Parvin, پری Pari, پریسا Parisa, پریوش Parivash, پوران Pouran
ترانه Taraneh, توران Touran, تهمینه Tahmineh, ثریا Sorayya/Soraya, جمیله Jamileh, حمیده Hamideh
حکیمه Hakimeh, حوریه Hourieh, خاطره Khatereh, خورشید Khorshid, درخشان Derakhshan, رضوان Rezvan
رعنا Rana, رؤیا Roya, راضیه Razieh, ربابه Robabeh, رخشنده Rakhshandeh, رویا Rouya
زری Zari, زرین Zarrin, زیبا Ziba, زهره Zohreh, ژاله Zhaleh, ژیلا Zhila/Jila
سارا Sara, ساره Sareh, سپیده Sepideh, سحر Sahar, سعیده Saeedeh, سوسن Sousan
سهیلا Soheila, سودابه Soudabeh, سیما Sima, سیمین Simin, شادی Shadi, شراره Sharareh
شکوفه Shokoufeh, شکوه Shokouh, شمسی Shamsi, شهلا Shahla, شهین Shahin, شهناز Shahnaz
شهره Shohreh, شیدا Sheida, شیرین Shirin, شیوا Shiva, صبا Saba, صفورا Safoura
طیبه Tayebeh, عاطفه Atefeh, عذرا Ozra, عصمت Esmat, عفت Effat, غزاله Ghazaleh
فائزه Faezeh, فخری Fakhri, فرح Farah, فرحناز Farahnaz, فرزانه Farzaneh, فرشته Fereshteh
فروغ Forough, فریبا Fariba, فریده Farideh, فهیمه Fahimeh, فیروزه Firouzeh, کتایون Katayoun
کوکب Kokab, گلناز Golnaz, گلی Goli, گیتی Giti, گلرخ Golrokh, گلنار Golnar
لاله Laleh, لیدا Lida, لعیا Laya, ماندانا Mandana, ماه_منیر Mahmonir, محبوبه Mahboubeh
مرجان Marjan, مرضیه Marzieh, مژده Mozhdeh, مژگان Mozhgan, مستوره Mastoureh, مهتاب Mahtab
مهین Mahin, مهناز Mahnaz, مهری Mehri, مهوش Mahvash, مینا Mina, مینو Minou
ملیحه Maliheh, منیژه Manijeh, منیره Monireh, ناهید Nahid, نادیا Nadia, نازنین Nazanin
نجمه Najmeh, نرگس Narges, نسترن Nastaran, نسرین Nasrin, نسیم Nasim, نصرت Nosrat
نگار Negar, نوشین Noushin, نیره Nayereh, نیلوفر Niloufar, هاجر Hajar, هما Homa
هنگامه Hengameh, وجیهه Vajiheh, یاسمن Yasaman, یگانه Yeganeh, ویدا Vida, ویکتوریا Victoria
"""
)

_STEMS = _read(
    """
حسین Hossein, علی Ali, رضا Reza, حسن Hassan, کریم Karim, رحیم Rahim, جعفر Jafar, قاسم Ghasem, صالح Saleh, عباس Abbas
ابراهیم Ebrahim, اسماعیل Esmaeil, یوسف Yousef, موسی Mousa, عیسی Isa, نصر Nasr, ولی Vali, تقی Taghi, صادق Sadegh
باقر Bagher, کاظم Kazem, هاشم Hashem, یعقوب Yaghoub, مهدی Mehdi, امین Amin, حاتم Hatam, رستم Rostam, شریف Sharif
"""
)

_PLAIN = _read(
    """
محمدی Mohammadi, رضایی Rezaei/Rezaee, حسینی Hosseini/Hoseini, کریمی Karimi, رحیمی Rahimi, جعفری Jafari
قاسمی Ghasemi/Qasemi, صالحی Salehi, عباسی Abbasi, ابراهیمی Ebrahimi, یوسفی Yousefi, موسوی Mousavi/Moosavi
نصیری Nasiri, نوری Nouri/Noori, صادقی Sadeghi/Sadeqi, باقری Bagheri/Baqeri, کاظمی Kazemi, هاشمی Hashemi
امینی Amini, شریفی Sharifi, مرادی Moradi, نظری Nazari, اکبری Akbari, اصغری Asghari
حیدری Heidari/Heydari, یزدانی Yazdani, کاشانی Kashani, تهرانی Tehrani, شیرازی Shirazi, اصفهانی Esfahani
تبریزی Tabrizi, خراسانی Khorasani, گیلانی Gilani, همدانی Hamedani, کرمانی Kermani, اراکی Araki
رشتی Rashti, بهبهانی Behbahani, دزفولی Dezfouli, بروجردی Boroujerdi, نیشابوری Neishabouri, سبزواری Sabzevari
مشهدی Mashhadi, اردبیلی Ardabili, خلخالیان Khalkhalian, زنجانی Zanjani, قزوینی Ghazvini, ساوجی Savoji
بهرامی Bahrami, بهمنی Bahmani, جمشیدی Jamshidi, فرهادی Farhadi, خسروی Khosravi, شاکری Shakeri
صابری Saberi, طاهری Taheri, ظهیری Zahiri, عزیزی Azizi, غفاری Ghaffari, فلاحی Fallahi
قنبری Ghanbari, قربانی Ghorbani, مقدم Moghaddam, ملکی Maleki, منصوری Mansouri, مرتضوی Mortazavi
میرزایی Mirzaei, نجفی Najafi, نعمتی Nemati, نیکبخت Nikbakht, نیکخواه Nikkhah, وفایی Vafaei
یاوری Yavari, رنجبر Ranjbar, آهنگر Ahangar, نجار Najjar, زرگر Zargar, صباغ Sabbagh
کشاورز Keshavarz, دهقان Dehghan, باغبان Baghban, چوپانی Choupani, سلمانی Salmani, عطار Attar
حکیمی Hakimi, طبیبی Tabibi, معلمی Moallemi, کاتبی Katebi, دبیری Dabiri, منشی Monshi
بهشتیان Beheshtian, پارسا Parsa, پاکدل Pakdel, پرتوی Partovi, توکلی Tavakkoli, تقوی Taghavi
ثابتی Sabeti, جوادی Javadi, حقیقی Haghighi, حمیدی Hamidi, خالقی Khaleghi, خادمی Khademi
داوری Davari, دانشور Daneshvar, ذاکری Zakeri, راستگو Rastgou, رفیعی Rafiei, روشن Roshan
زمانی Zamani, سروری Sarvari, سعادت Saadat, شجاعی Shojaei, شفیعی Shafiei, صفایی Safaei
ضیایی Ziaei, عظیمی Azimi, فرهمند Farahmand, فروزان Forouzan, کیانی Kiani, گودرزی Goudarzi
لطفی Lotfi, مجیدی Majidi, محبی Mohebbi, مدنی Madani, مشکات Meshkat, نامدار Namdar
هدایتی Hedayati, همتی Hemmati, یگانه Yeganeh, آذری Azari, آریا Arya, افشار Afshar
امیری Amiri, ایزدی Izadi, بیات Bayat, بیگی Beigi, پناهی Panahi, پیروز Pirouz
خرمی Khorrami, دلاوری Delavari, رادمنش Radmanesh, زندی Zandi, ساکت Saket, شمس Shams
صدرآبادی Sadrabadi, فخرایی Fakhraei, کامرانی Kamrani, گلستانی Golestani, مهرآبادی Mehrabadi, نوروزی Norouzi
"""
)

_NEIGHBOURS = _read(
    """
حق_نظریان Haghnazarian, آوانسیان Avanessian, گریگوریان Grigorian, مارکاریان Markarian
قره_داغی Gharedaghi, آق_بابایی Aghbabaei, حسن_اوغلی Hassanoghli, ایلخچی Ilkhchi, شاهسونی Shahsavani, قره_باغی Gharebaghi
برزنجی Barzanji, سنندجی Sanandaji, مریوانی Marivani, مهابادی Mahabadi, کلهری Kalhori, زنگنه Zanganeh, اردلانی Ardalani
آل_کثیر Al-Kathir, ساعدی Saedi, سواری Savari, کعبی Kaabi, عبیات Obeyat, باوی Bawi, طرفی Torfi
"""
)


def _compounds() -> tuple[Name, ...]:
    """`-zadeh`, `-pour` and `-nejad` on the usual stems, written with a zero-width non-joiner as Persian does."""
    endings = (("زاده", "zadeh"), ("پور", "pour"), ("نژاد", "nejad"))
    made = []
    for place, stem in enumerate(_STEMS):
        for fa, latin in endings[: 2 + place % 2]:
            other = (f"{stem.latin} {latin}",) if place % 3 == 0 else ()
            made.append(Name(f"{stem.fa}{ZWNJ}{fa}", f"{stem.latin}{latin}", other))
    return tuple(made)


FAMILIES = _PLAIN + _compounds() + _NEIGHBOURS

ALIASES = _read("بهار Bahar, امید Omid, پیام Payam, سحر Sahar, رها Raha, آسمان Aseman, باران Baran, صبا Saba, کیهان Keyhan")

# Persian (given name, family name) of well-known people that the lists could form by chance.
PUBLIC_FIGURES = frozenset(
    (given.replace("_", ZWNJ), family.replace("_", ZWNJ))
    for given, family in (
        ("میرحسین", "موسوی"),
        ("محسن", "رضایی"),
        ("عبدالله", "نوری"),
        ("علی_اکبر", "هاشمی"),
        ("اکبر", "هاشمی"),
        ("محمود", "هاشمی"),
        ("مهدی", "هاشمی"),
        ("فائزه", "هاشمی"),
        ("محمدعلی", "جعفری"),
        ("محمدرضا", "رحیمی"),
        ("مهدی", "کریمی"),
        ("علی", "کریمی"),
        ("جعفر", "پناهی"),
        ("اصغر", "فرهادی"),
        ("مصطفی", "محمدی"),
        ("صدیقه", "حسینی"),
        ("عباس", "داوری"),
        ("ابراهیم", "ذاکری"),
        ("حسین", "مدنی"),
        ("علیرضا", "جعفرزاده"),
        ("علیرضا", "جعفر_زاده"),
    )
)


def is_public_figure(given: Name, family: Name) -> bool:
    """Whether the pair is the name of a well-known person and must not be drawn."""
    return (given.fa, family.fa) in PUBLIC_FIGURES
