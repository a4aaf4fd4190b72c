from django.urls import path

from safeconduct.register.looked import views

urlpatterns = [
    path("people/<uuid:pk>/looked/", views.looked, name="person_looked"),
    path("people/<uuid:pk>/looked/names/", views.name_staff, name="person_name_staff"),
    path("people/<uuid:pk>/looked/paper/", views.paper, name="person_log_on_paper"),
]
