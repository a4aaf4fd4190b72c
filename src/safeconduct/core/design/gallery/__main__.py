"""`python -m safeconduct.core.design.gallery OUT`"""

import sys
from pathlib import Path

import django
from django.conf import settings


def main() -> int:
    if len(sys.argv) != 2:
        print("Give the folder that the pages are written to.", file=sys.stderr)
        return 2
    settings.configure(
        SECRET_KEY="for pictures only",
        USE_TZ=True,
        USE_I18N=True,
        LANGUAGES=[("en", "English"), ("fa", "فارسی"), ("ar", "العربية")],
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "safeconduct.core.design"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        LOCALE_PATHS=[Path(__file__).resolve().parents[3] / "locale"],
        STATIC_URL="/static/",
    )
    django.setup()
    from safeconduct.core.design.gallery.pages import write

    for page in write(Path(sys.argv[1])):
        print(page)
    return 0


sys.exit(main())
