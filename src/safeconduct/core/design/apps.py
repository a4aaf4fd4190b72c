from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "safeconduct.core.design"
    label = "design"
