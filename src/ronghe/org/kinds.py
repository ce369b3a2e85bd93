"""The kinds of posts and what they stand for. A person's rights follow from the kinds that they hold now."""

from django.utils.translation import gettext_lazy as _

# the seven of the 班子 (DOMAIN.md M7): administrative and committee post in one person
LEADERS = (
    "branch_secretary",
    "area_manager",
    "deputy_party",
    "deputy_production",
    "deputy_business",
    "deputy_geology",
    "deputy_engineering",
)
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")

POST_TITLES = {
    "branch_secretary": _("党支部书记"),
    "area_manager": _("管理区经理"),
    "deputy_party": _("党群副职"),
    "deputy_production": _("生产管理副职"),
    "deputy_business": _("经营管理副职"),
    "deputy_geology": _("开发地质技术副职"),
    "deputy_engineering": _("采油工程技术副职"),
    "station_chief": _("班站长(室主任)"),
    "group_leader": _("党小组长"),
    "reporter": _("填报人"),
    "indicator_admin": _("指标管理员"),
    "reviewer": _("审核人"),
    "discipline_member": _("纪检小组成员"),
    "upper_committee": _("上级党委"),
    "system_admin": _("系统管理员"),
    "security_admin": _("安全管理员"),
    "audit_admin": _("审计管理员"),
    "staff": _("员工"),
}
