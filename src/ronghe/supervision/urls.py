from django.urls import path

from ronghe.supervision.views import boards

app_name = "supervision"
urlpatterns = [
    path("board/", boards.show_board, name="board"),
    path("board/export/", boards.export_board, name="board-export"),
    path("board/print/", boards.print_board, name="board-print"),
    path("board/report/", boards.report, name="report"),
    path("board/note/", boards.note_week, name="board-note"),
    path("board/new/", boards.new_item, name="board-new"),
    path("board/<int:pk>/", boards.show_item, name="board-item"),
    path("board/<int:pk>/report/", boards.report_item, name="board-item-report"),
    path("board/<int:pk>/comment/", boards.comment, name="board-item-comment"),
    path("board/<int:pk>/confirm/", boards.confirm, name="board-item-confirm"),
    path("board/<int:pk>/return/", boards.send_back, name="board-item-return"),
    path("board/<int:pk>/move/", boards.move, name="board-item-move"),
    path("board/<int:pk>/drop/", boards.drop, name="board-item-drop"),
    path("board/<int:pk>/reassign/", boards.reassign, name="board-item-reassign"),
]
