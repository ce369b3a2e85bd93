from django.urls import path

from ronghe.documents import views

app_name = "documents"
urlpatterns = [path("<int:pk>/", views.download, name="download")]
