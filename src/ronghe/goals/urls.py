from django.urls import path

from ronghe.goals.views import indicators, targets

app_name = "goals"
urlpatterns = [
    path("", indicators.show_list, name="indicators"),
    path("new/", indicators.add, name="indicator-new"),
    path("adopt/", indicators.adopt, name="indicators-adopt"),
    path("<int:pk>/", indicators.show_indicator, name="indicator"),
    path("<int:pk>/edit/", indicators.change, name="indicator-edit"),
    path("targets/", targets.show_targets, name="targets"),
]
