from django.apps import AppConfig


class LanConfig(AppConfig):
    name = "safeconduct.core.lan"
    label = "lan"
    default_auto_field = "django.db.models.BigAutoField"
