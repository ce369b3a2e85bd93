from django.urls import path

from ronghe.worklist import views

app_name = "worklist"
urlpatterns = [path("", views.list_tasks, name="list")]
