from django.urls import path

from ronghe.outlook import views

app_name = "outlook"
urlpatterns = [
    path("", views.list_outlooks, name="list"),
    path("outlook.xlsx", views.export_outlooks, name="xlsx"),
    path("refresh/", views.refresh, name="refresh"),
    path("<int:unit>/<int:indicator>/", views.show_series, name="series"),
]
