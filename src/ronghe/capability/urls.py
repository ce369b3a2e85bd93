from django.urls import path

from ronghe.capability.views import people, quizzes, standards

app_name = "capability"
urlpatterns = [
    path("", people.show_mine, name="mine"),
    path("people/", people.list_people, name="people"),
    path("people/<int:pk>/", people.show_person, name="person"),
    path("people/<int:pk>/judge/", people.judge, name="person-judge"),
    path("people/<int:pk>/certificate/", people.add_certificate, name="person-certificate"),
    path("people/<int:pk>/aim/", people.set_aim, name="person-aim"),
    path("people/<int:pk>/plan/", people.plan, name="person-plan"),
    path("steps/<int:pk>/", people.end_step, name="step"),
    path("certificates/", people.list_certificates, name="certificates"),
    path("certificates/export/", people.export_certificates, name="certificates-export"),
    path("certificates/<int:pk>/check/", people.check, name="certificate-check"),
    path("training/", people.bring_training, name="training"),
    path("training/template/", people.training_template, name="training-template"),
    path("standards/", standards.list_standards, name="standards"),
    path("standards/adopt/", standards.adopt, name="standards-adopt"),
    path("standards/new/", standards.new_requirement, name="requirement-new"),
    path("standards/<int:pk>/", standards.change_requirement, name="requirement"),
    path("standards/<int:pk>/end/", standards.end_requirement, name="requirement-end"),
    path("matrix/", standards.show_matrix, name="matrix"),
    path("matrix/export/", standards.export_matrix, name="matrix-export"),
    path("successors/", standards.list_successors, name="successors"),
    path("successors/<int:pk>/new/", standards.new_successor, name="successor-new"),
    path("successors/<int:pk>/end/", standards.end_successor, name="successor-end"),
    path("quizzes/", quizzes.list_quizzes, name="quizzes"),
    path("quizzes/new/", quizzes.new_quiz, name="quiz-new"),
    path("quizzes/<int:pk>/", quizzes.show_quiz, name="quiz"),
    path("quizzes/<int:pk>/start/", quizzes.start, name="quiz-start"),
    path("attempts/<int:pk>/", quizzes.answer, name="attempt"),
    path("banks/", quizzes.bring_questions, name="banks"),
    path("banks/template/", quizzes.question_template, name="banks-template"),
    path("practices/new/", quizzes.new_practice, name="practice-new"),
    path("practices/<int:pk>/", quizzes.check_practice, name="practice"),
]
