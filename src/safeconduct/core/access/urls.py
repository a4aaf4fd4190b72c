from django.urls import path

from safeconduct.core.access import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.set_language, name="set_language"),
    path("roles/", views.roles, name="roles"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/<int:pk>/", views.account_page, name="account"),
    path("accounts/<int:pk>/roles/<slug:role>/end/", views.end_role, name="end_role"),
    path("accounts/<int:pk>/close/", views.close_account, name="close_account"),
    path("account/", views.own_account, name="own_account"),
]
