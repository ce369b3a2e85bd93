"""The words of 述职评议: who reports, who judges, what the result is made of."""

from django.utils.translation import gettext_lazy as _

# who reports → its name
REPORTERS = {
    "leaders": _("班子成员"),
    "chiefs": _("室经理、站长、党小组长"),
    "members": _("党员干部"),
}
RHYTHMS = {"month": _("每月"), "quarter": _("每季度"), "year": _("每年")}
# who judges, by where they stand towards the one judged
WHO = {
    "upper": _("上级党委"),
    "heads": _("书记和经理"),
    "leaders": _("班子其他成员"),
    "committee": _("支委其他成员"),
    "chiefs": _("其他班站长、党小组长"),
    "staff": _("本单位职工"),
    "fellows": _("本党小组党员"),
    "delegates": _("到会代表(一次性代码)"),
    "self": _("本人"),
}
# who grades and who signs the results (rules/signing.py)
SIGNERS = {
    "secretary": _("书记"),
    "manager": _("经理"),
    "deputy": _("党群副职"),
    "discipline": _("纪检小组"),
    "upper": _("上级党委"),
}
SIDES = {"business": _("业务"), "party": _("党建"), "": _("综合")}
MISSING = {"spread": _("缺的组不计,权重按比例分给有票的组"), "hold": _("缺任何一组,不出测评分")}
SCOPES = {"self": _("只告知本人和班子"), "area": _("在本管理区公布等次"), "group": _("在本党小组内晾晒述职")}
# where an input of the result comes from
SOURCES = {
    "goals": _("业务目标完成率(目标计划、公示的考核结果)"),
    "party": _("党建目标完成率(目标计划、公示的考核结果)"),
    "tasks": _("党员任务完成率(目标计划)"),
    "appraisal": _("民主测评分"),
    "count": _("纪检小组核定的次数"),
}
REPORT_TASK, BALLOT_TASK, COUNT_TASK, CHECK_TASK, DOUBT_TASK, SIGN_TASK, STAGE_TASK = (
    "述职",
    "民主测评",
    "纪检核定",
    "核对评定",
    "评定异议",
    "评定签发",
    "述职评议",
)
VOTED = "已测评"  # the audit's word for a ballot that was cast
