from django.urls import path

from safeconduct.departures import views

urlpatterns = [
    path("submissions/", views.submissions, name="submissions"),
    path("submissions/<int:number>/<slug:key>/", views.offer_submissions, name="offer_submissions"),
    path("submissions/<int:number>/<slug:key>/take-out/", views.take_out, name="take_out"),
]
