from django.urls import path

from safeconduct.core.jobs import views

urlpatterns = [
    path("work/", views.jobs, name="jobs"),
    path("work/<uuid:pk>/", views.job, name="job"),
    path("work/<uuid:pk>/cancel/", views.cancel, name="cancel_job"),
    path("work/<uuid:pk>/again/", views.again, name="job_again"),
]
