from django.urls import path

from safeconduct.register.views import cases, emergency, families, people, person, situations, writing

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", writing.new, name="person_new"),
    path("people/<uuid:pk>/", person.person, name="person"),
    path("people/<uuid:pk>/why/", emergency.person_why, name="person_why"),
    path("people/<uuid:pk>/correct/", writing.correct, name="person_correct"),
    path("people/<uuid:pk>/move/", situations.move, name="person_move"),
    path("people/<uuid:pk>/leave/", situations.leave, name="person_leave"),
    path("people/<uuid:pk>/family/join/", situations.family_join, name="family_join"),
    path("people/<uuid:pk>/family/<int:membership>/end/", situations.family_leave, name="family_leave"),
    path("people/<uuid:pk>/relations/new/", situations.relation_new, name="relation_new"),
    path("people/<uuid:pk>/relations/<int:relation>/end/", situations.relation_end, name="relation_end"),
    path("people/<uuid:pk>/consents/new/", situations.consent_new, name="consent_new"),
    path("people/<uuid:pk>/consents/<uuid:consent>/withdraw/", situations.consent_withdraw, name="consent_withdraw"),
    path("people/<uuid:pk>/best-interests/new/", situations.best_interests_new, name="best_interests_new"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<int:number>/", cases.case_page, name="case"),
    path("cases/<int:number>/assignments/<int:assignment>/end/", cases.end_assignment, name="end_assignment"),
    path("cases/<int:number>/people/<uuid:pk>/", cases.other_case, name="other_case"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/openings/", emergency.openings, name="openings"),
    path("emergency/openings/<int:pk>/", emergency.opening, name="opening"),
    path("families/", families.families, name="families"),
    path("families/<uuid:pk>/", families.family, name="family"),
]
