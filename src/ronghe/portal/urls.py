from django.urls import path

from ronghe.portal import cockpit_views, views

app_name = "portal"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("matters/", views.show_matters, name="matters"),
    path("cockpit/", cockpit_views.show_cockpit, name="cockpit"),
    path("cockpit/board/", cockpit_views.show_board, name="cockpit-board"),
    path("healthz", views.check_health, name="health"),
]
