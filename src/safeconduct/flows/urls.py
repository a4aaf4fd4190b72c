from django.urls import path

from safeconduct.flows.today import views

urlpatterns = [path("", views.today, name="today")]
