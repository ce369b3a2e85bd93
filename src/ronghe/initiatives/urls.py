from django.urls import path

from ronghe.initiatives.views import added, ideas, projects, steps

app_name = "initiatives"
urlpatterns = [
    path("", ideas.list_ideas, name="list"),
    path("export/", ideas.export_ideas, name="export"),
    path("print/", ideas.print_verified, name="print"),
    path("new/", ideas.new_idea, name="new"),
    path("alike/", ideas.show_alike, name="alike"),
    path("terms/", ideas.edit_terms, name="terms"),
    path("added/", added.show_added, name="added"),
    path("added/export/", added.export_added, name="added-export"),
    path("added/<int:pk>/", added.show_person, name="person"),
    path("projects/", projects.list_projects, name="projects"),
    path("projects/new/", projects.new_project, name="projects-new"),
    path("projects/<int:pk>/", projects.show_project, name="project"),
    path("projects/<int:pk>/print/", projects.print_project, name="project-print"),
    path("projects/<int:pk>/approve/", projects.approve, name="project-approve"),
    path("projects/<int:pk>/drop/", projects.drop, name="project-drop"),
    path("projects/<int:pk>/members/", projects.add_member, name="project-member-new"),
    path("projects/<int:pk>/members/<int:member>/end/", projects.end_member, name="project-member"),
    path("projects/<int:pk>/steps/<int:step>/", projects.finish_step, name="project-step"),
    path("projects/<int:pk>/report/", projects.report, name="project-report"),
    path("projects/<int:pk>/result/", projects.hand_in, name="project-result"),
    path("projects/<int:pk>/review/", projects.review, name="project-review"),
    path("<int:pk>/", ideas.show_idea, name="idea"),
    path("<int:pk>/withdraw/", steps.withdraw, name="withdraw"),
    path("<int:pk>/decide/", steps.decide, name="decide"),
    path("<int:pk>/stop/", steps.stop, name="stop"),
    path("<int:pk>/reassign/", steps.reassign, name="reassign"),
    path("<int:pk>/finish/", steps.finish, name="finish"),
    path("<int:pk>/verify/", steps.verify, name="verify"),
    path("<int:pk>/shares/", steps.share, name="shares"),
    path("<int:pk>/shares/<int:row>/", steps.answer, name="answer"),
]
