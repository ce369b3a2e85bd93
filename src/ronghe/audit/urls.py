from django.urls import path

from ronghe.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.list_audit, name="list"),
    path("export/", views.export_audit, name="export"),
    path("state/", views.show_state, name="state"),
    path("verify/", views.verify, name="verify"),
]
