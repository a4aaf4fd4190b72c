"""The letters of names: which belong together, and the class that each stands for in a folded key.

Classes are capital letters: A a vowel or ع at the start, B (b p), C (sh ch), D, F, H, J (j zh), K (k q g gh), L, M,
N, R, S (s and ث ص), T, V at the start, X (kh), Y at the start, Z (z and ذ ض ظ). Arabic has no p, ch, zh, g and a clerk
there writes ب ش ج ك for them; ق is k in most Arabic and Turkish countries, q or gh in Iran: hence the wide classes.
"""

from __future__ import annotations

from typing import Final

# One letter for each key of the Persian, Arabic, Kurdish, Pashto and Urdu keyboards. Marks are gone by then.
SAME_LETTER: Final = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ة": "ه", "ہ": "ه",
    "ھ": "ه", "ۃ": "ه", "ٱ": "ا", "ۆ": "و", "ۇ": "و", "ڕ": "ر", "ڑ": "ر", "ړ": "ر", "ڵ": "ل", "ڤ": "و", "ں": "ن",
    "ڼ": "ن", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ښ": "ش", "ږ": "ژ", "څ": "س", "ځ": "ز", "ء": "", "ـ": "",
}  # fmt: skip

# Scholarly, Turkish, Kurdish and Azeri letters, spelt out as a clerk would. The rest lose their marks.
SPELT_OUT: Final = {
    "ş": "sh", "š": "sh", "ș": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "ğ": "gh", "ġ": "gh", "ḡ": "gh",
    "ǧ": "j", "ǰ": "j", "ḫ": "kh", "ḵ": "kh", "ḍ": "dh", "ḏ": "dh", "ð": "dh", "ṯ": "th", "þ": "th", "ə": "a",
    "ı": "i", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d",
}  # fmt: skip

ARABIC_CLASS: Final = {
    "ا": "a", "ع": "a", "ە": "a", "ی": "y", "و": "v", "ب": "B", "پ": "B", "ت": "T", "ط": "T", "ث": "S", "س": "S",
    "ص": "S", "ج": "J", "ژ": "J", "چ": "C", "ش": "C", "ح": "H", "ه": "H", "خ": "X", "د": "D", "ذ": "Z", "ز": "Z",
    "ض": "Z", "ظ": "Z", "ر": "R", "غ": "K", "ق": "K", "گ": "K", "ف": "F", "ک": "K", "ل": "L", "م": "M", "ن": "N",
}  # fmt: skip

# Small letters are vowels that a key drops: a e ا, i y ی, o u v w و.
# Longest first wins; "sch", "dj", "tch" are the German and French spellings.
LATIN_CLASS: Final = {
    "tsch": "C", "dsch": "J", "dzh": "J", "sch": "C", "tch": "C", "dj": "J", "ch": "C", "sh": "C", "kh": "X",
    "gh": "K", "zh": "J", "dh": "Z", "th": "S", "ph": "F", "ck": "K", "ce": "S", "ci": "S", "cy": "S", "b": "B",
    "p": "B", "t": "T", "s": "S", "j": "J", "h": "H", "x": "X", "d": "D", "z": "Z", "r": "R", "g": "K", "q": "K",
    "f": "F", "k": "K", "c": "K", "l": "L", "m": "M", "n": "N", "a": "a", "e": "a", "i": "y", "o": "v", "u": "v",
    "y": "y", "v": "v", "w": "v",
}  # fmt: skip
