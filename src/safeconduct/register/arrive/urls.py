from django.urls import path

from safeconduct.register.arrive import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<uuid:pk>/", views.import_page, name="import"),
    path("imports/<uuid:pk>/accept/", views.accept, name="accept_import"),
    path("imports/<uuid:pk>/discard/", views.discard, name="discard_import"),
    path("imports/<uuid:pk>/faults/", views.faults, name="import_faults"),
    path("sheets/<slug:kind>/", views.export, name="export"),
]
