from django.urls import path

from ronghe.opening.views import help as guides
from ronghe.opening.views import steps

app_name = "opening"
urlpatterns = [
    path("steps/", steps.show_steps, name="steps"),
    path("waiting/", steps.show_waiting, name="waiting"),
    path("help/", guides.show_help, name="help"),
    path("guide/", guides.list_guides, name="guides"),
    path("guide/pictures/<str:name>", guides.show_picture, name="picture"),
    path("guide/<slug:name>/", guides.show_guide, name="guide"),
    path("tour/", guides.show_tour, name="tour"),
    path("tour/seen/", guides.end_tour, name="tour-seen"),
    path("steps/<slug:code>/skip/", steps.skip, name="skip"),
    path("steps/<slug:code>/resume/", steps.resume, name="resume"),
]
