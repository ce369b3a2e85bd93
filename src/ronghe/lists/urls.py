from django.urls import path

from ronghe.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.list_views, name="views"),
    path("new/", views.new_view, name="new"),
    path("columns/", views.choose_columns, name="columns"),
    path("<int:pk>/", views.edit_view, name="view"),
    path("<int:pk>/remove/", views.remove, name="view-remove"),
]
