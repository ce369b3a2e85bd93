from django.urls import path

from ronghe.stationing.views import field, plan, points, themes

app_name = "stationing"
urlpatterns = [
    path("", plan.show_week, name="week"),
    path("plan/", plan.fill_week, name="plan"),
    path("days/new/", plan.new_day, name="day-new"),
    path("days/<int:pk>/move/", plan.move, name="day-move"),
    path("days/<int:pk>/off/", plan.call_off, name="day-off"),
    path("days/<int:pk>/swap/", plan.swap, name="day-swap"),
    path("swaps/<int:pk>/", plan.answer, name="swap"),
    path("covers/", plan.list_covers, name="covers"),
    path("covers/new/", plan.new_cover, name="cover-new"),
    path("shifts/<int:unit>/", plan.edit_shift, name="shift"),
    path("norm/", plan.edit_norm, name="norm"),
    path("field/", field.write_visit, name="field"),
    path("field/ticket/", field.give_ticket, name="ticket"),
    path("sw.js", field.serve_worker, name="worker"),
    path("visits/<int:pk>/", points.show_visit, name="visit"),
    path("points/", points.list_points, name="points"),
    path("points/export/", points.export_points, name="points-export"),
    path("points/<int:pk>/", points.show_point, name="point"),
    path("points/<int:pk>/rectify/", points.rectify, name="point-rectify"),
    path("points/<int:pk>/settle/", points.settle, name="point-settle"),
    path("results/", points.show_results, name="results"),
    path("results/export/", points.export_results, name="results-export"),
    path("quiet/", points.show_quiet, name="quiet"),
    path("themes/", themes.list_themes, name="themes"),
    path("themes/confirm/", themes.confirm, name="theme-confirm"),
    path("themes/apart/", themes.keep_apart, name="theme-apart"),
    path("themes/<int:pk>/", themes.show_theme, name="theme"),
    path("themes/<int:pk>/close/", themes.close, name="theme-close"),
]
