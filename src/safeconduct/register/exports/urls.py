from django.urls import path

from safeconduct.register.exports import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/decide/", views.to_decide, name="decide_exports"),
    path("exports/<uuid:pk>/", views.export_request, name="export_request"),
    path("exports/<uuid:pk>/decide/", views.decide, name="decide_export"),
    path("exports/<uuid:pk>/take-out/", views.take_out, name="take_out_export"),
]
