from django.urls import path

from safeconduct.register.travelling import views

urlpatterns = [
    path("travelling/", views.travels, name="travels"),
    path("travelling/<uuid:pk>/lost/", views.lost, name="travel_lost"),
    path("people/<uuid:pk>/brought/", views.brought, name="person_brought"),
]
