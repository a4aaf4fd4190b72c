"""Names in Persian, Arabic, Kurdish and Latin letters: one form, one key, and how alike two are. Pure; no I/O.

An index stores normal_form and search_keys of every name of a person. A search asks key_groups and ranks by similar.
"""

from safeconduct.engines.linkage.names.alike import Likeness, Reason, similar
from safeconduct.engines.linkage.names.forms import normal_form
from safeconduct.engines.linkage.names.keys import fold, is_title, key_groups, near_keys, search_keys

__all__ = ["Likeness", "Reason", "fold", "is_title", "key_groups", "near_keys", "normal_form", "search_keys", "similar"]
