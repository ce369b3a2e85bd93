from allauth.account import views as account
from django.urls import include, path

from ronghe.accounts import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("oidc/login/", views.begin_sign_on, name="company_login"),
    path("oidc/login/callback/", views.end_sign_on, name="company_callback"),
    path("2fa/", include("allauth.mfa.urls")),
    path(
        "",
        include(
            ([path("profile/", views.show_profile, name="profile"), path("language/", views.choose_language, name="language")], "accounts")
        ),
    ),
]
