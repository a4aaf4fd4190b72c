from django.urls import path

from safeconduct.core.emergency import views

urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("blank/", views.lock_now, name="lock_now"),  # stays in the browser's history
]
