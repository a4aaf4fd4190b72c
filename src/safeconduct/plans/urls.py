from django.urls import path

from safeconduct.plans import views

urlpatterns = [
    path("plans/", views.plans_page, name="plans"),
    path("plans/compute/", views.compute_plan, name="compute_plan"),
    path("plans/<int:number>/", views.plan_page, name="plan"),
    path("plans/<int:number>/today/", views.plan_today, name="plan_today"),
    path("plans/<int:number>/sheet/", views.plan_sheet, name="plan_sheet"),
    path("plans/<int:number>/approve/", views.approve, name="approve_plan"),
    path("plans/<int:number>/send-back/", views.send_back, name="send_back_plan"),
    path("plans/<int:number>/people/", views.plan_people, name="plan_people"),
    path("plans/<int:number>/people/<uuid:pk>/", views.plan_person, name="plan_person"),
    path("plans/<int:number>/people/<uuid:pk>/otherwise/", views.other_choice, name="other_choice"),
    path("plans/<int:number>/against/<int:other>/", views.compare, name="compare_plans"),
]
