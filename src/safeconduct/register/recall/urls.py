from django.urls import path

from safeconduct.register.recall import views

urlpatterns = [path("people/<uuid:pk>/consents/<uuid:consent>/recall/", views.recall, name="consent_recall")]
