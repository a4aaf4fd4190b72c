from django.urls import path

from safeconduct.routes.views import builder, choices, choosing, editing, marks, offers, regime, room

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", editing.offer_new, name="offer_new"),
    path("offers/<slug:slug>/", offers.offer, name="offer"),
    path("offers/<slug:slug>/edit/", editing.offer_edit, name="offer_edit"),
    path("offers/<slug:slug>/status/", editing.offer_status, name="offer_status"),
    path("offers/<slug:slug>/rule/", builder.offer_rule, name="offer_rule"),
    path("offers/<slug:slug>/sheet/", editing.offer_sheet, name="offer_sheet"),
    path("people/<uuid:pk>/choosing/", room.choosing, name="choosing"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/room/", room.choosing_room, name="choosing_room"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/provisional/", room.choosing_provisional, name="choosing_provisional"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/stop/", room.choosing_stop, name="choosing_stop"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/<int:number>/", choosing.choosing_offer, name="choosing_offer"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/order/", choosing.choosing_order, name="choosing_order"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/alone/", choosing.choosing_alone, name="choosing_alone"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/back/", choosing.choosing_back, name="choosing_back"),
    path("people/<uuid:pk>/choosing/<uuid:mark>/record/", choosing.choosing_record, name="choosing_record"),
    path("people/<uuid:pk>/marks/new/", marks.mark_new, name="mark_new"),
    path("people/<uuid:pk>/marks/<int:mark>/end/", marks.mark_end, name="mark_end"),
    path("people/<uuid:pk>/marks/<int:mark>/review/", marks.mark_review, name="mark_review"),
    path("choices/", choices.choices, name="choices"),
    path("regime/", regime.regime, name="regime"),
]
