from django.urls import path

from ronghe.audit import views

app_name = "audit"
urlpatterns = [path("", views.list_audit, name="list")]
