from django.urls import path

from ronghe.worklist.views import calendar, due, guides, months

app_name = "worklist"
urlpatterns = [
    path("", due.list_tasks, name="list"),
    path("month/", months.show_month, name="month"),
    path("month/print/", months.print_month, name="month-print"),
    path("month/export/", months.export_month, name="month-export"),
    path("month/generate/", months.generate, name="month-generate"),
    path("tasks/<int:pk>/", months.show_task, name="task"),
    path("tasks/<int:pk>/finish/", months.finish, name="task-finish"),
    path("tasks/<int:pk>/step/<slug:verb>/", months.step, name="task-step"),
    path("tasks/<int:pk>/press/<slug:verb>/", months.press, name="task-press"),
    path("guides/", guides.list_guides, name="guides"),
    path("guides/new/", guides.new_guide, name="guide-new"),
    path("guides/adopt/", guides.adopt, name="guides-adopt"),
    path("guides/<int:pk>/", guides.show_guide, name="guide"),
    path("guides/<int:pk>/print/", guides.print_guide, name="guide-print"),
    path("guides/<int:pk>/export/", guides.export_guide, name="guide-export"),
    path("guides/<int:pk>/retire/", guides.retire_guide, name="guide-retire"),
    path("guides/<int:pk>/items/new/", guides.edit_item, name="item-new"),
    path("guides/<int:pk>/items/<slug:code>/", guides.edit_item, name="item"),
    path("guides/<int:pk>/items/<slug:code>/retire/", guides.retire_item, name="item-retire"),
    path("calendar/", calendar.show_calendar, name="calendar"),
    path("calendar/keys/", calendar.show_keys, name="keys"),
    path("calendar/keys/<int:pk>/revoke/", calendar.revoke_key, name="key-revoke"),
    path("calendar/feed/<slug:token>.ics", calendar.show_feed, name="feed"),
    path("day/", calendar.show_day, name="day"),
    path("load/", calendar.show_load, name="load"),
    path("load/export/", calendar.export_load, name="load-export"),
]
