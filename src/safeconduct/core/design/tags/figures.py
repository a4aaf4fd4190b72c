"""Pictures with their tables, and places with their bars."""

from __future__ import annotations

from django.utils.safestring import SafeString

from safeconduct.core.design.pictures.quota import key_of, quota_bar
from safeconduct.core.design.tags.library import draw, language, register


@register.simple_block_tag
def figure(content: SafeString, title: object, picture: SafeString | str = "", source: object = "") -> SafeString:
    """`{% figure title=… picture=svg source=… %}<table>…</table>{% endfigure %}`: the title says the finding."""
    return draw("figure", title=title, picture=picture, source=source, content=content)


@register.simple_block_tag
def quota(
    content: SafeString,
    title: object,
    places: object = "",
    meaning: str = "",
    word: object = "",
    assumed: object = "",
    gone: int = 0,
    planned: int = 0,
    reserved_free: int = 0,
    medical_free: int = 0,
    free: int = 0,
    scale: int = 0,
    certain: bool = True,
    no_limit: bool = False,
) -> SafeString:
    """`{% quota title=… gone=… planned=… free=… scale=… %}the price, as a sentence{% endquota %}`.

    `scale`: the places that fill the column, the same for all bars of a page. `places` is words ("210 places").
    """
    counts = {
        "gone": gone, "planned": planned, "reserved_free": reserved_free, "medical_free": medical_free, "free": free,
    }  # fmt: skip
    bar = quota_bar(**counts, scale=scale, certain=certain, no_limit=no_limit, language=language())
    return draw(
        "quota", title=title, places=places, meaning=meaning, word=word, assumed=assumed, bar=bar,
        key=key_of(counts, certain=certain, language=language()), content=content,
    )  # fmt: skip
