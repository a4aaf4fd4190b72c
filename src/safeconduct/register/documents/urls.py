from django.urls import path

from safeconduct.register.documents import views

urlpatterns = [
    path("people/<uuid:pk>/documents/new/", views.new, name="document_new"),
    path("people/<uuid:pk>/documents/<uuid:document>/", views.document, name="document"),
    path("people/<uuid:pk>/documents/<uuid:document>/pages/<int:position>/", views.picture, name="document_page"),
    path("people/<uuid:pk>/documents/<uuid:document>/original/", views.take_out, name="document_take_out"),
    path("people/<uuid:pk>/documents/<uuid:document>/remove/", views.remove, name="document_remove"),
]
