from django.urls import path

from ronghe.goals.views import indicators, nodes, owners, plans, targets

app_name = "goals"
urlpatterns = [
    path("", indicators.show_list, name="indicators"),
    path("new/", indicators.add, name="indicator-new"),
    path("adopt/", indicators.adopt, name="indicators-adopt"),
    path("<int:pk>/", indicators.show_indicator, name="indicator"),
    path("<int:pk>/edit/", indicators.change, name="indicator-edit"),
    path("targets/", targets.show_targets, name="targets"),
    path("plans/", plans.show_list, name="plans"),
    path("plans/new/", plans.add_plan, name="plan-new"),
    path("plans/dimensions/", plans.edit_dimensions, name="dimensions"),
    path("plans/<int:pk>/", plans.show_plan, name="plan"),
    path("plans/<int:pk>/branch/<int:goal>/", plans.show_branch, name="plan-branch"),
    path("plans/<int:pk>/export/", plans.export_plan, name="plan-export"),
    path("plans/<int:pk>/parts/", plans.edit_parts, name="plan-parts"),
    path("plans/<int:pk>/discuss/", plans.discuss, name="plan-discuss"),
    path("plans/<int:pk>/approve/", plans.approve, name="plan-approve"),
    path("plans/<int:pk>/issue/", plans.issue, name="plan-issue"),
    path("plans/<int:pk>/return/", plans.send_back, name="plan-return"),
    path("plans/<int:pk>/drop/", plans.drop, name="plan-drop"),
    path("plans/<int:pk>/revise/", plans.revise, name="plan-revise"),
    path("plans/<int:pk>/accept/", plans.accept, name="plan-accept"),
    path("plans/<int:pk>/goals/new/", nodes.add_goal, name="goal-new"),
    path("nodes/<int:pk>/", nodes.show_goal, name="goal"),
    path("nodes/<int:pk>/edit/", nodes.edit_goal, name="goal-edit"),
    path("nodes/<int:pk>/withdraw/", nodes.withdraw, name="goal-withdraw"),
    path("nodes/<int:pk>/split/", nodes.split, name="goal-split"),
    path("nodes/<int:pk>/curve/", nodes.edit_curve, name="goal-curve"),
    path("nodes/<int:pk>/milestones/", nodes.add_milestone, name="milestone-new"),
    path("nodes/<int:pk>/milestones/<int:milestone>/done/", nodes.finish_milestone, name="milestone-done"),
    path("mine/", owners.show_mine, name="mine"),
    path("leaders/", owners.show_leaders, name="leaders"),
    path("leaders/<int:pk>/", owners.show_leader, name="leader"),
    path("leaders/<int:pk>/print/", owners.print_leader, name="leader-print"),
]
