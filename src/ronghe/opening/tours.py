"""A tour by role at the first log-in: what to look at, in four to seven steps. Which one a person has had stands on the account.

That is a preference like the colours of the pages: nobody is shown it, nothing is counted.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ronghe.common.access import may_open
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

# the role of somebody with several posts is the first of these
ORDER = (
    "branch_secretary", "area_manager", "deputy_party", "deputy_production", "deputy_business", "deputy_geology", "deputy_engineering",
    "station_chief", "group_leader", "discipline_member", "indicator_admin", "reviewer", "reporter", "upper_committee",
    "system_admin", "security_admin", "audit_admin", "staff",
)  # fmt: skip
DEPUTIES = ORDER[2:7]


@dataclass(frozen=True)
class Stop:
    """One step: what is pointed at (an address of the menu, or a selector; '' for the middle of the screen) and what is said."""

    title: Any
    text: Any
    path: str = ""
    selector: str = ""


SEARCH = Stop(_("找人找事"), _("按 / 就能输入:姓名的拼音首字母、单位、指标都行,只搜得到您有权看的。"), selector=".brandbar .search")
HELP = Stop(_("看不明白就点这里"), _("每一页都有「?」,打开的是您的岗位指南里讲这一页的那一段。"), selector="[data-help]")
PRACTICE = Stop(
    _("想先练练手"), _("姓名下面有「练习」(管理员开了才有)和「看导览」:练习里的数据都是假的,点错了不要紧。"), selector=".brandbar .who"
)
ENDING = (SEARCH, HELP, PRACTICE)
HOME = Stop(_("现在要办的,在最上面"), _("按期限亮红、黄、绿灯,点一下直接到办的地方。这里空了,今天就没有欠账。"), selector="#main .card")
MONTH = Stop(_("这个月干什么"), _("每月 1 日按工作指南生成,按日子排:干什么、怎么干、什么时候干都在里面。"), path="/worklist/month/")

TOURS: dict[str, tuple[Stop, ...]] = {
    "branch_secretary": (
        Stop(_("书记,从这里看全区"), _("党建和业务并排放在每一页。用两分钟看看几个常用的地方,按 Esc 随时可以关。")),
        HOME,
        Stop(_("底数"), _("每个单位、每个人名下还有多少没了的、过期的,一页看清。"), path="/matters/"),
        Stop(_("分工矩阵"), _("一件事一个负责的人。重叠、空白、自己监督自己,系统会查出来等您处置。"), path="/duties/"),
        Stop(_("会议和决策"), _("议题先进议题库,表决后分派到人,没有落实的一直挂着。"), path="/meetings/"),
        Stop(_("晾晒排名"), _("公示的结果,每一分都能点到是怎么算的。"), path="/assessment/"),
    ),
    "area_manager": (
        Stop(_("经理,从这里看全区"), _("用两分钟看看几个常用的地方,按 Esc 随时可以关。")),
        HOME,
        Stop(_("目标计划"), _("全年目标怎样一级级压下去、现在到哪里、差在谁。"), path="/goals/plans/"),
        Stop(_("进度与预测"), _("灯看的是全年会怎样,不是现在怎样。"), path="/progress/"),
        Stop(_("周督办"), _("每周一句话,红三周自动上一级。"), path="/supervision/board/"),
        Stop(_("整改清单"), _("发现的问题都在这里,有人、有期限,另一个人验证才算完。"), path="/rectification/"),
    ),
    "deputy": (
        Stop(_("您分管的,党建和业务都在一处"), _("用两分钟看看几个常用的地方,按 Esc 随时可以关。")),
        HOME,
        Stop(_("分工矩阵"), _("看清自己主管什么、监督什么、抓到什么程度。"), path="/duties/"),
        Stop(_("驻站带班"), _("到站用手机写,没信号照样写;带回来的每个问题都要有去向。"), path="/stationing/"),
        Stop(_("班子目标"), _("您统筹的目标到哪里了,按季检查的意见也在这里。"), path="/goals/leaders/"),
        Stop(_("整改清单"), _("分管范围里的问题,有人、有期限。"), path="/rectification/"),
    ),
    "station_chief": (
        Stop(_("站长,欢迎"), _("用两分钟看看每天用得上的几处,按 Esc 随时可以关。")),
        HOME,
        MONTH,
        Stop(_("我们的成绩"), _("本站这个月的名次、每一分怎么得的、差的怎样最省地追回来。"), path="/assessment/ours/"),
        Stop(_("整改清单"), _("到本站检查、带班发现的问题,按期限办,办完交证明。"), path="/rectification/"),
        Stop(_("我的目标"), _("分到本站的目标,可以再分到人。"), path="/goals/mine/"),
    ),
    "office": (
        Stop(_("主任,欢迎"), _("用两分钟看看每天用得上的几处,按 Esc 随时可以关。")),
        HOME,
        MONTH,
        Stop(_("月度填报"), _("归口替全区报的数在这里,表里只有该您填的格。"), path="/figures/"),
        Stop(_("我们的成绩"), _("本室的名次和每一分的来历。"), path="/assessment/ours/"),
        Stop(_("周督办"), _("您负责的事项每周五前一句话。"), path="/supervision/board/"),
    ),
    "group_leader": (
        Stop(_("组长,欢迎"), _("本组的目标、清单、指南都在这里,按 Esc 随时可以关。")),
        HOME,
        MONTH,
        Stop(_("会议"), _("党小组会、主题党日在这里计划和记录,次数自动带到填报表,不用再报一遍。"), path="/meetings/"),
        Stop(_("工作指南"), _("《党小组长工作指南》:每一件怎么干、抓到什么程度。"), path="/worklist/guides/"),
    ),
    "discipline_member": (
        Stop(_("监督从这里开始"), _("用两分钟看看几个常用的地方,按 Esc 随时可以关。")),
        HOME,
        Stop(_("监督检查"), _("按清单安排给您的检查,从不会让人查自己。"), path="/supervision/checks/"),
        Stop(_("预警"), _("数到了限值自动提出,派任务、转整改、转督办或写明理由。"), path="/supervision/alerts/"),
        Stop(_("纪检日常"), _("正文不写姓名;看涉及谁要写理由,每次查看都留痕。"), path="/supervision/daily/"),
        Stop(_("议事决策"), _("哪件事到哪一步、跳没跳步,该叫停的在这里叫停。"), path="/decisions/"),
    ),
    "indicator_admin": (
        Stop(_("规则和节奏由您管"), _("用两分钟看看每月的几步,按 Esc 随时可以关。")),
        Stop(_("填报进度"), _("开放填报,看谁没报,一键催。"), path="/figures/periods/"),
        Stop(_("计分与公示"), _("计分、核对预览;公示由另一个人做。"), path="/assessment/runs/"),
        Stop(_("指标手册"), _("口径、单位、谁报;改口径不改历史。"), path="/goals/"),
        Stop(_("考核方案"), _("写新版本,发布后旧月份照旧版重算。"), path="/assessment/schemes/"),
    ),
    "reviewer": (
        Stop(_("您确认的数才算数"), _("两分钟看完,按 Esc 随时可以关。")),
        HOME,
        Stop(_("待审核"), _("按提交先后排;先看黄色提示,再看「变化」一列。"), path="/figures/queue/"),
        Stop(_("填报进度"), _("还差谁,也可以从这里催。"), path="/figures/periods/"),
    ),
    "reporter": (
        Stop(_("每月报数,就这几步"), _("两分钟看完,按 Esc 随时可以关。")),
        HOME,
        Stop(_("月度填报"), _("下载表填好传回来,或者在网页上像表格一样填;系统自己有的数已经填好。"), path="/figures/"),
        Stop(_("批次"), _("交了的在这里:待审核、已退回、已确认;发现错了从这里发起更正。"), path="/figures/batches/"),
    ),
    "upper_committee": (
        Stop(_("所属各管理区,一处看"), _("看到的都是公示的结果和个数,没有个人。两分钟看完,按 Esc 随时可以关。")),
        Stop(_("晾晒排名"), _("选管理区和月份,每一分都能复算。"), path="/assessment/"),
        Stop(_("所辖目标进展"), _("各管理区目标的灯、认领和检查。"), path="/goals/oversight/"),
        Stop(_("底数"), _("各管理区没了的、过期的各有多少。"), path="/matters/"),
        Stop(_("驾驶舱"), _("一屏看各管理区,适合大屏。"), path="/cockpit/"),
    ),
    "system_admin": (
        Stop(_("您管单位、人员和岗位"), _("看不到业务内容。两分钟看完,按 Esc 随时可以关。")),
        Stop(_("新单位开张"), _("从这里一步一步来:哪一步办好了、还差什么,系统看实际数据。"), path="/opening/steps/"),
        Stop(_("单位与岗位"), _("什么都不删除,到哪天为止写明。"), path="/org/admin/units/"),
        Stop(_("导入人员"), _("花名册一次导入,首次密码只能下载一次。"), path="/org/admin/rosters/"),
        Stop(_("运行状态"), _("备份、后台任务、消息推送是否正常。"), path="/operations/status/"),
    ),
    "security_admin": (
        Stop(_("您管登录和任命"), _("看不到业务内容。两分钟看完,按 Esc 随时可以关。")),
        Stop(_("人员与任职"), _("三员由您任命;权限由岗位来,免职即止。"), path="/org/admin/"),
        Stop(_("登录安全"), _("失败的登录、被锁定的账号。"), path="/operations/security/"),
        Stop(_("导出记录"), _("谁在什么时候带走了什么。"), path="/operations/exports/"),
    ),
    "audit_admin": (
        Stop(_("您看每一步的痕迹"), _("只看得到动作,看不到数值。两分钟看完,按 Esc 随时可以关。")),
        Stop(_("审计记录"), _("谁在什么时候对哪个对象办了什么。"), path="/audit/"),
        Stop(_("核验与检查点"), _("有人动过数据库,这里会亮红灯。"), path="/audit/state/"),
    ),
    "staff": (
        Stop(_("欢迎"), _("没有签到,也不考核用没用系统。两分钟看完,按 Esc 随时可以关。")),
        HOME,
        Stop(_("我的目标"), _("交给您本人的任务;完成多少只有您和带您的人看得到。"), path="/goals/mine/"),
        Stop(_("创效建议"), _("谁都可以提,限期有答复。"), path="/initiatives/"),
        Stop(_("反映和答复"), _("工作、生活上的难处,可以不留名,限期有答复。"), path="/concerns/"),
        Stop(_("三务公开"), _("公开了什么都在这里,有话可以问。"), path="/supervision/open/"),
    ),
}  # fmt: skip


def find_role(user: Any) -> str:
    """Return the post whose tour this person gets; '' for somebody without any. No query of its own."""
    held = {post.kind for post in standing_of(user).posts}
    return next((kind for kind in ORDER if kind in held), "")


def is_tour_due(user: Any) -> bool:
    """Tell whether the tour of the role has not been seen: also that of a new post. No query of its own."""
    role = find_role(user)
    return bool(role) and role not in user.tours


def list_stops(user: Any) -> list[Stop]:
    """Return the steps of the reader's tour: what is not in the reader's menu is left out. One query for a chief."""
    role = find_role(user)
    name = "deputy" if role in DEPUTIES else role
    if role == "station_chief":
        units = standing_of(user).units_of("station_chief")
        if not Unit.objects.filter(pk__in=units, kind=Unit.Kind.STATION).exists():
            name = "office"
    stops = TOURS.get(name, ())
    return [*(stop for stop in stops if not stop.path or may_open(user, stop.path)), *ENDING] if stops else []
