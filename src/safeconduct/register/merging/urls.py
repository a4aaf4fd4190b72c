from django.urls import path

from safeconduct.register.merging import family_views, views

urlpatterns = [
    path("people/<uuid:pk>/merge/", views.merge, name="person_merge"),
    path("people/<uuid:pk>/split/", views.split, name="person_split"),
    path("people/<uuid:pk>/merges/", views.merges, name="person_merges"),
    path("people/<uuid:pk>/merges/<uuid:merge>/undo/", views.undo, name="person_merge_undo"),
    path("families/<uuid:pk>/merge/", family_views.merge, name="family_merge"),
    path("families/<uuid:pk>/split/", family_views.split, name="family_split"),
    path("families/<uuid:pk>/merges/", family_views.merges, name="family_merges"),
    path("families/<uuid:pk>/merges/<uuid:merge>/undo/", family_views.undo, name="family_merge_undo"),
]
