"""Each column of a sheet about people belongs to one group of fields, by which a person agrees to it or not."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.register.models import FieldGroup

G = FieldGroup
PEOPLE: Mapping[str, FieldGroup] = {
    **dict.fromkeys(("id", "given_name", "family_name", "father_name", "grandfather_name", "alias", "given_name_other",
                     "family_name_other", "father_name_other", "grandfather_name_other", "sex", "languages"), G.IDENTITY),
    "birth_date": G.BIRTH, "nationality": G.NATIONALITY, "earlier_residence": G.NATIONALITY,
    "family_id": G.FAMILY, "relationship": G.FAMILY, "family_links": G.CONTACT,
    "block": G.STAY, "arrived_on": G.STAY, "left_on": G.STAY,
    "specific_needs": G.NEEDS, "urgency": G.NEEDS, "status": G.STATUS, "status_since": G.STATUS,
}  # fmt: skip
FAMILIES: Mapping[str, FieldGroup] = {
    "person_id": G.IDENTITY, "head_id": G.IDENTITY, "related_to": G.IDENTITY, "members": G.IDENTITY,
    **dict.fromkeys(("family_id", "relationship", "kind", "starts", "ends", "disputed_by"), G.FAMILY),
}  # fmt: skip
# What a reader must be allowed to see before it stands in the reader's sheet; the group says what the person agreed to.
PERMISSIONS: Mapping[str, str] = {"family_links": "register.see_relatives_abroad", "specific_needs": "register.see_needs"}
