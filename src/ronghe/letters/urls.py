from django.urls import path

from ronghe.letters.views import drafts, letters, signing, templates

app_name = "letters"
urlpatterns = [
    path("", letters.list_letters, name="list"),
    path("print/", letters.print_list, name="print"),
    path("export/", letters.export_list, name="export"),
    path("send/", drafts.send_batch, name="send-batch"),
    path("verify/", signing.verify, name="verify"),
    path("verify/<slug:code>/", signing.verify_code, name="verify-code"),
    path("templates/", templates.list_templates, name="templates"),
    path("templates/new/", templates.new_template, name="templates-new"),
    path("templates/adopt/", templates.adopt, name="templates-adopt"),
    path("templates/<int:pk>/file/", templates.hand_out_template, name="template-file"),
    path("templates/<int:pk>/retire/", templates.retire, name="template-retire"),
    path("templates/<int:pk>/draft/", drafts.draft, name="template-draft"),
    path("<int:pk>/", letters.show_letter, name="letter"),
    path("<int:pk>/print/", letters.print_letter, name="letter-print"),
    path("<int:pk>/word/", letters.hand_out_word, name="letter-word"),
    path("<int:pk>/edit/", drafts.edit_letter, name="letter-edit"),
    path("<int:pk>/send/", drafts.send, name="letter-send"),
    path("<int:pk>/withdraw/", drafts.withdraw, name="letter-withdraw"),
    path("<int:pk>/redraft/", drafts.redraft, name="letter-redraft"),
    path("<int:pk>/sign/", signing.sign, name="sign"),
    path("<int:pk>/return/", signing.give_back, name="return"),
    path("<int:pk>/review/", signing.review, name="review"),
    path("<int:pk>/answer/", signing.answer, name="answer"),
]
