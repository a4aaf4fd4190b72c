from django.urls import path

from safeconduct.register.erasure import views

urlpatterns = [
    path("people/<uuid:pk>/erasure/", views.ask, name="person_erasure"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<int:pk>/", views.erasure, name="erasure"),
    path("erasures/<int:pk>/erase/", views.erase, name="erase"),
]
