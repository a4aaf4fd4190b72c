"""The Persian and Arabic words of the site: none is missing, none loses a number or a link, none is loaded."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import safeconduct
from safeconduct.core.languages.catalogues import compile_catalogues

LOCALE = Path(safeconduct.__file__).parent / "locale"
# Forms that gettext asks of each language, as Unicode CLDR counts them: https://cldr.unicode.org/index/cldr-spec/plural-rules
PLURAL_FORMS = {"fa": 2, "ar": 6}
# How many of them, from the first, stand for one number alone and may say it as a word: none in Persian (0 and 1 share a
# form), zero, one and two in Arabic.
SINGLE_NUMBERS = {"fa": 0, "ar": 3}
FILLED_IN = re.compile(r"%%|%(?:\(\w+\))?[sdf]|(?<!\{)\{\w+\}")
TAG = re.compile(r"</?\w+[^<>]*>")
# Letters and digits of an Arabic keyboard that look Persian and sort, search and join otherwise.
ARABIC_KEYBOARD = re.compile("[يىكة٠-٩]")
# Access modes of a file: codes, in whatever language.
MODES = re.compile(r"\b(600|400)\b")
# Words that judge the people or the parties instead of naming them.
LOADED = {
    "fa": ("منافق", "تروریست", "گروهک", "فرقه", "محارب", "مزدور", "خائن", "رژیم", "سربار"),
    "ar": ("إرهاب", "ارهاب", "زمرة", "المنافق", "منافقي", "طائفة", "خائن", "خونة", "مرتزق", "نظام الملالي", "متسلل"),
}


def catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def all_forms(language: str) -> list[str]:
    return [form for message in messages(language) for form in forms(message)]


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_every_message_is_translated_and_none_is_a_guess(language):
    found = messages(language)
    assert len(found) > 1000
    assert [message.id for message in found if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize(("language", "count"), PLURAL_FORMS.items())
def test_every_counted_message_has_all_plural_forms(language, count):
    assert catalogue(language).num_plurals == count
    counted = [message for message in messages(language) if message.pluralizable]
    assert counted
    assert [message.id for message in counted if len(forms(message)) != count] == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
@pytest.mark.parametrize("marks", [FILLED_IN, TAG], ids=["what is filled in", "markup"])
def test_what_is_filled_in_and_the_markup_stand_in_the_translation(language, marks):
    """A form for one number alone ("nobody", "one more place") may leave some out; none adds what the sentence lacks."""
    wrong = []
    for message in messages(language):
        asked = Counter(marks.findall(ids(message)[-1]))
        for position, form in enumerate(forms(message)):
            found = Counter(marks.findall(form))
            single = message.pluralizable and position < SINGLE_NUMBERS[language]
            if found - asked or (asked - found and not single):
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_a_space_at_an_end_is_kept_and_none_is_added(language):
    """“, ” between two words keeps its space; a sentence gets none."""
    ends = [
        (message.id, form) for message in messages(language) for form in forms(message)
        if (form[:1].isspace(), form[-1:].isspace()) != (ids(message)[0][:1].isspace(), ids(message)[0][-1:].isspace())
    ]  # fmt: skip
    assert ends == []


def test_persian_is_written_with_persian_letters():
    assert [form for form in all_forms("fa") if ARABIC_KEYBOARD.search(form)] == []


def test_persian_counts_with_its_own_digits():
    """Latin digits stand only in codes, commands and dates as a machine writes them."""
    in_words = re.compile(r"[\u0600-\u06ff]\s?[0-9]+\s[\u0600-\u06ff]")
    assert [form for form in all_forms("fa") if in_words.search(MODES.sub("", FILLED_IN.sub("", form)))] == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_no_word_is_loaded(language):
    said = [(word, form) for form in all_forms(language) for word in LOADED[language] if re.search(rf"(?<!\w){word}", form)]
    assert said == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_the_header_names_the_language_and_nobody(language):
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    head = text[: text.index("\n\n", text.index('msgstr ""'))]
    assert f"Language: {language}\\n" in head
    assert "Project-Id-Version: Safeconduct\\n" in head
    assert "@" not in head
    assert "FULL NAME" not in head


def test_compiling_counts_what_is_translated_and_leaves_guesses_out(tmp_path):
    folder = tmp_path / "fa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "yes"\nmsgstr "بله"\n\n#, fuzzy\nmsgid "no"\nmsgstr "بله"\n\nmsgid "not now"\nmsgstr ""\n',
        encoding="utf-8",
    )
    assert compile_catalogues(tmp_path) == {"fa": (1, 3)}
    compiled = (folder / "django.mo").read_bytes()
    assert "بله".encode() in compiled
    assert b"no\0" not in compiled.replace(b"not now", b"")
