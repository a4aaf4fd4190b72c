"""What the gallery gives the components: rows, forms, pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from safeconduct.core.design.pictures import flow, places, ways

Words = dict[str, str]

ROWS = [
    ("Seyyedeh Masoumeh Khatoun Hosseininejad Moghaddam Zarrin", "سیده معصومه خاتون حسینی‌نژاد مقدم", "fa", 66),
    ("Fatima Al-Husayni", "فاطمة الحسيني", "ar", 58),
    ("Mahin Hosseini-Rad", "مهین حسینی‌راد", "fa", 54),
    ("Dilshad Huseyni", "دڵشاد حوسێنی", "ckb", 38),
]  # fmt: skip


def components(m: Words) -> dict[str, Any]:
    """Lists, tables, ladders."""
    return {
        "rows": ROWS,
        "work": [
            {"meaning": "harm", "word": m["harm"], "title": m["work1"], "detail": m["work1d"], "url": "#", "main": True,
             "since": date(2013, 12, 26), "days": 5, "action": m["ask"]},
            {"meaning": "attention", "word": m["attention"], "title": m["work2"], "url": "#", "action": m["open"],
             "since": date(2013, 12, 30), "days": 1},
            {"meaning": "waits", "word": m["waits"], "title": m["work3"], "detail": m["work3d"], "url": "#",
             "action": m["open"]},
        ],
        "filters": [(m["presence"], [(m["here"], 3104, "#", True), (m["left"], 311, "#", False)])],
        "pairs": [(m["father"], "Karim"), (m["block"], None)],
        "heads": [m["field"], m["register"], m["sheet"]],
        "twice": [(m["name"], "Dilshad", "دڵشاد حوسێنی"), (m["father"], "Rizgar", "Rizgar"), (m["block"], 9, 4)],
        "steps": [m[f"step{n}"] for n in (1, 2, 3, 4)],
        "rungs": [
            {"label": m["announced"], "state": "was", "on": date(2013, 4, 18), "source": m["statement"], "url": "#"},
            {"label": m["confirmed"], "state": "was"},
            {"label": m["done"], "state": "now", "assumed": m["assumed"]},
            {"label": m["closed"], "state": "ahead"},
        ],
        "events": [
            {"title": m["talk"], "when": m["next"], "open": True},
            {"title": m["chose"], "on": date(2013, 12, 9), "detail": m["in_room"], "url": "#"},
            {"title": m["arrived"], "on": date(2012, 9, 16)},
        ],
        "relatives": [
            {"relationship": m["husband"], "name": "Nader Zarrinkolah", "url": "#"},
            {"relationship": m["sister"], "withheld": True, "note": m["waits"]},
        ],
        "room": f"{m['room']}: {m['interpreter']}", "stop_url": "#",
        "answers": [(key, m[key], m[f"{key}_then"]) for key in ("yes", "no", "not_now")],
        "reasons": [
            {"n": 1402, "text": m["full"], "url": "#"}, {"n": 214, "text": m["situation"], "url": "#"},
            {"n": 21, "text": m["review"]},
        ],
        "order": [("3", m["germany"]), ("1", m["albania"]), ("7", m["return"])],
        "says": m["says"], "mend": m["mend"], "wanted": m["wanted"], "who_may": [m["officer"]],
        "refusal": {"code": "access.not_permitted"},
        "heading": m["close_account"], "sentence": m["close_says"], "consequences": [m["close_then"]],
        "action_label": m["close_account"], "cancel_url": "#", "hidden": {"account": 3},
    }  # fmt: skip


def forms_shown(m: Words) -> dict[str, Any]:
    """The same form as it begins, and as it comes back with errors."""

    class Choosing(forms.Form):
        name = forms.CharField(label=m["name"], max_length=60)
        born = forms.DateField(label=m["born"], help_text=m["between"])
        block = forms.ChoiceField(label=m["block"], choices=[("4", "4"), ("7", "7")], required=False)
        present = forms.MultipleChoiceField(
            label=m["room"], help_text=m["room_hint"], widget=forms.CheckboxSelectMultiple,
            choices=[(key, m[key]) for key in ("interpreter", "family", "official", "other")],
        )  # fmt: skip
        alone = forms.ChoiceField(label=m["alone"], widget=forms.RadioSelect, choices=[("yes", m["yes"]), ("no", m["no"])])
        note = forms.CharField(label=m["note"], widget=forms.Textarea(attrs={"rows": 3}), required=False)
        sheet = forms.FileField(label=m["step1"], required=False)
        read = forms.BooleanField(label=m["agree"])

    wrong = Choosing({"wrong-name": "مهین <b>", "wrong-born": "31/31"}, prefix="wrong")
    wrong.is_valid()
    return {"new_form": Choosing(), "wrong_form": wrong}


def pictures(m: Words, language: str) -> dict[str, Any]:
    """The two flows and the dots."""
    left = [("al", m["albania"], 1290), ("de", m["germany"], 396), ("it", m["italy"], 58), ("vr", m["return"], 109)]
    right = [
        ("al", m["albania"], 13), ("de", m["germany"], 22), ("it", m["italy"], 11), ("vr", m["return"], 97),
        ("remain", m["remain"], 1710),
    ]  # fmt: skip
    bands = [
        ("al", "al", 13), ("al", "it", 2), ("al", "remain", 1275), ("de", "de", 22), ("de", "remain", 374),
        ("it", "it", 9), ("it", "vr", 2), ("it", "remain", 47), ("vr", "vr", 95), ("vr", "remain", 14),
    ]  # fmt: skip
    columns = [
        [("chosen", m["have_chosen"], 1940), ("left", m["have_left"], 311), ("not", m["informed"], 1164)],
        [("al", m["albania"], 1507), ("de", m["germany"], 478), ("it", m["italy"], 61), ("vr", m["return"], 118)],
        [("arrived", m["reached"], 311)],
    ]
    outer = [
        [("chosen", "al", 1310), ("chosen", "de", 402), ("chosen", "it", 61), ("chosen", "vr", 118),
         ("left", "al", 197), ("left", "de", 76)],
        [("al", "arrived", 197), ("de", "arrived", 76)],
    ]  # fmt: skip
    kinds = [{(a, b): "hope" if a == "chosen" else "way" for a, b, _ in outer[0]}, {}]
    return {
        "flow": flow(left, right, bands, language=language, title=m["finding"], heads=(m["first"], m["place"])),
        "flow_rows": [(label, n, {k: v for k, _, v in right}[key]) for key, label, n in left],
        "ways": ways(columns, outer, language=language, title=m["way_finding"], kinds=kinds),
        "dots": places(taken=76, free=18, medical_free=6, language=language),
    }
