from django.urls import path

from ronghe.operations.views import security, system, tokens

app_name = "operations"
urlpatterns = [
    path("status/", system.show_status, name="status"),
    path("workdays/", system.edit_workdays, name="workdays"),
    path("workdays/<int:year>/fill/", system.fill_workdays, name="workdays-fill"),
    path("workdays/<int:year>/confirm/", system.confirm_workdays, name="workdays-confirm"),
    path("security/", security.show_security, name="security"),
    path("security/unlock/", security.unlock, name="unlock"),
    path("sessions/", security.show_sessions, name="sessions"),
    path("sessions/<int:pk>/end/", security.end_sessions, name="sessions-end"),
    path("exports/", security.show_exports, name="exports"),
    path("tokens/", tokens.show_tokens, name="tokens"),
    path("tokens/all/", tokens.list_tokens, name="tokens-all"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]
