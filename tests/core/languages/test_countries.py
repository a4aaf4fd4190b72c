"""Countries and nationalities as sheets have them."""

import pytest
from babel import Locale

from safeconduct.core.languages import LANGUAGES, all_codes, country_code, country_name
from safeconduct.core.languages.nationalities import NATIONALITIES


def test_the_table_has_the_249_codes_of_iso_3166_and_kosovo():
    assert len(all_codes()) == 250
    # Codes that are easily lost, and codes that are no longer in force (ISO 3166-3).
    assert {"IRN", "IRQ", "ALB", "ROU", "SSD", "TLS", "COD", "MMR", "SRB", "MNE", "PSE", "TWN", "XKX"} <= set(all_codes())
    assert not {"ANT", "BUR", "DDR", "SCG", "SUN", "TMP", "YUG", "ZAR", "ROM", "XXX", "XXA", "EUE"} & set(all_codes())


@pytest.mark.parametrize("code", all_codes())
def test_every_country_reads_back_from_its_own_name_and_code(code):
    for language in ("en", "fa", "ar", "fr", "de"):
        assert country_code(country_name(code, language)) == code, language
    assert country_code(code) == country_code(code.lower()) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("IR", "IRN"),
        ("جمهوری اسلامی ایران", "IRN"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Iran, Islamic Republic of", "IRN"),
        ("الإيرانية", "IRN"),
        ("ايرانى", "IRN"),
        ("عراق", "IRQ"),
        ("جمهورية العراق", "IRQ"),
        ("UK", "GBR"),
        ("انگلستان", "GBR"),
        ("آمريكا", "USA"),
        ("The Netherlands", "NLD"),
        ("Allemagne", "DEU"),
        ("Turkey", "TUR"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo (Democratic)", None),
        ("Korea, North", None),
        ("Democratic Republic of the Congo", "COD"),
        ("بدون تابعیت", "XXA"),
        ("عديم الجنسية", "XXA"),
        ("Stateless", "XXA"),
        ("نامعلوم", "XXX"),
        ("XXX", "XXX"),
        ("Utopia", None),
        ("", None),
        ("-", None),
    ],
)
def test_usual_words_for_countries_are_read(said, code):
    assert country_code(said) == code


@pytest.mark.parametrize("code", NATIONALITIES)
def test_a_nationality_is_read_in_three_languages_and_both_arabic_genders(code):
    english, persian, arabic = (forms.split("|") for forms in NATIONALITIES[code])
    for said in [*english, *persian, *arabic, *(form + "ة" for form in arabic), *("ال" + form for form in arabic)]:
        assert country_code(said) == code, said


def test_names_are_those_of_cldr():
    for language in LANGUAGES:
        assert country_name("IRN", language) == Locale(language).territories["IR"]
    assert country_name("XXA", "fa") == "بدون تابعیت"
    assert country_name("QZQ", "en") == "QZQ"
