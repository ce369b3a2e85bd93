from django.urls import path

from ronghe.supervision.views import boards, checks, daily, lists

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
    path("lists/", lists.show_lists, name="lists"),
    path("lists/export/", lists.export_lists, name="lists-export"),
    path("lists/print/", lists.print_lists, name="lists-print"),
    path("lists/adopt/", lists.adopt, name="lists-adopt"),
    path("lists/plan/", lists.plan, name="lists-plan"),
    path("lists/new/", lists.new_line, name="line-new"),
    path("lists/<int:pk>/", lists.show_line, name="line"),
    path("lists/<int:pk>/edit/", lists.edit_line, name="line-edit"),
    path("lists/<int:pk>/retire/", lists.retire_line, name="line-retire"),
    path("checks/", checks.list_checks, name="checks"),
    path("checks/export/", checks.export_checks, name="checks-export"),
    path("checks/<int:pk>/", checks.show_check, name="check"),
    path("findings/new/", checks.new_finding, name="finding-new"),
    path("findings/<int:pk>/", checks.show_finding, name="finding"),
    path("daily/", daily.show_daily, name="daily"),
    path("daily/export/", daily.export_counts, name="daily-export"),
    path("daily/new/", daily.new_entry, name="daily-new"),
    path("daily/<int:pk>/", daily.show_entry, name="daily-entry"),
]
