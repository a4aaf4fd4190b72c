from django.urls import path

from safeconduct.core.access import team_views, views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("roles/", views.roles, name="roles"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/<int:pk>/", views.account_page, name="account"),
    path("accounts/<int:pk>/roles/<slug:role>/end/", views.end_role, name="end_role"),
    path("accounts/<int:pk>/close/", views.close_account, name="close_account"),
    path("teams/", team_views.team_list, name="teams"),
    path("teams/<int:pk>/", team_views.team_page, name="team"),
    path("teams/<int:pk>/new-cases/", team_views.new_cases, name="team_new_cases"),
    path("teams/<int:pk>/accounts/<int:account>/end/", team_views.leave, name="team_leave"),
    path("teams/<int:pk>/close/", team_views.close, name="close_team"),
]
