from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.permissions import EVERYBODY, permission

OWN_FACTORS = permission("signin.own_factors", _("Set up and end one's own second factors"), *EVERYBODY, travels=True)
