from django.urls import path

from safeconduct.core.signin.views import entering, factors, locking, others, own

urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/second/", entering.second_step, name="second_step"),
    path("sign-in/passkey/", entering.passkey_sign_in, name="passkey_sign_in"),
    path("sign-in/passkey/question/", entering.passkey_question, name="passkey_question"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("locked/", locking.locked, name="locked"),
    path("locked/now/", locking.cover, name="cover"),
    path("here/", locking.here, name="here"),
    path("account/", own.own_account, name="own_account"),
    path("account/prove/", locking.prove, name="prove"),
    path("account/first-password/", own.first_password, name="first_password"),
    path("account/sessions/end/", own.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", own.end_session, name="end_session"),
    path("account/second-factor/", factors.second_factor, name="second_factor"),
    path("account/second-factor/passkey/", factors.add_passkey, name="add_passkey"),
    path("account/second-factor/passkey/question/", factors.new_passkey_question, name="new_passkey_question"),
    path("account/second-factor/app/", factors.add_app, name="add_app"),
    path("account/second-factor/<int:pk>/end/", factors.remove_factor, name="remove_factor"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("accounts/<int:pk>/sign-in/", others.account_opening, name="account_opening"),
    path("accounts/<int:pk>/sign-in/sessions/end/", others.end_sessions, name="end_sessions"),
    path("accounts/<int:pk>/sign-in/factors/end/", others.end_factors, name="end_factors"),
    path("accounts/<int:pk>/sign-in/wake/", others.wake, name="wake_account"),
]
