from django.urls import path

from ronghe.outlook import light_views, views

app_name = "outlook"
urlpatterns = [
    path("", views.list_outlooks, name="list"),
    path("outlook.xlsx", views.export_outlooks, name="xlsx"),
    path("refresh/", views.refresh, name="refresh"),
    path("lights/", light_views.list_rules, name="lights"),
    path("lights/<int:pk>/decide/", light_views.decide, name="light-decide"),
    path("lights.xlsx", light_views.export_rules, name="lights-xlsx"),
    path("<int:unit>/<int:indicator>/", views.show_series, name="series"),
    path("<int:unit>/<int:indicator>/export/", views.export_series, name="series-export"),
]
