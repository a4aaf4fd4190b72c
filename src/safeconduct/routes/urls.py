from django.urls import path

from safeconduct.routes.views import builder, editing, offers, regime

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", editing.offer_new, name="offer_new"),
    path("offers/<slug:slug>/", offers.offer, name="offer"),
    path("offers/<slug:slug>/edit/", editing.offer_edit, name="offer_edit"),
    path("offers/<slug:slug>/status/", editing.offer_status, name="offer_status"),
    path("offers/<slug:slug>/rule/", builder.offer_rule, name="offer_rule"),
    path("offers/<slug:slug>/sheet/", editing.offer_sheet, name="offer_sheet"),
    path("regime/", regime.regime, name="regime"),
]
