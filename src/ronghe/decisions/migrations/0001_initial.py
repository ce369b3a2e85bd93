import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("basis", models.CharField(max_length=500, verbose_name="依据")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "编写中"), ("published", "已发布")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="自何日起执行")),
                ("front_label", models.CharField(default="前置研究", max_length=20, verbose_name="前置研究的叫法")),
                ("front_basis", models.CharField(blank=True, max_length=500, verbose_name="前置研究的依据")),
                ("split_days", models.PositiveSmallIntegerField(default=90, verbose_name="拆分监测天数")),
                ("exception_posts", models.JSONField(default=list, verbose_name="可以批准例外的岗位")),
                ("urgent_posts", models.JSONField(default=list, verbose_name="可以紧急决定的岗位")),
                ("stop_posts", models.JSONField(default=list, verbose_name="可以叫停的岗位")),
                ("forms", models.JSONField(default=dict, editable=False)),
                ("writers", models.JSONField(default=list, editable=False)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修订原因")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                ("published_by", models.CharField(blank=True, max_length=30, verbose_name="发布人")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "决策事项清单",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="decisions_list_number_once"),
                    models.UniqueConstraint(condition=models.Q(("state", "draft")), fields=("area",), name="decisions_list_draft_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), models.Q(("published_at__isnull", False), ("valid_from__isnull", False)), _connector="OR"
                        ),
                        name="decisions_list_published_with_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[("normal", "清单事项"), ("exception", "例外"), ("record", "限额以下备案")],
                        default="normal",
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="事项名称")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="事项说明")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("decision", "重大决策"),
                            ("personnel", "重要人事任免"),
                            ("project", "重大项目安排"),
                            ("fund", "大额度资金运作"),
                        ],
                        max_length=10,
                        verbose_name="三重一大分类",
                    ),
                ),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额(万元)")),
                ("scope", models.CharField(blank=True, max_length=200, verbose_name="范围")),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="关键词")),
                ("counterparty", models.CharField(blank=True, max_length=100, verbose_name="对方单位")),
                ("field", models.CharField(blank=True, max_length=30, verbose_name="主责业务")),
                (
                    "decided_by",
                    models.CharField(choices=[("branch", "支委会"), ("leaders", "班子会")], max_length=8, verbose_name="由谁决定"),
                ),
                ("caught", models.JSONField(default=list, editable=False, verbose_name="清单命中")),
                (
                    "split_state",
                    models.CharField(
                        blank=True,
                        choices=[("", "没有提示"), ("flagged", "疑似拆分"), ("cleared", "已核实不是拆分"), ("confirmed", "认定为拆分")],
                        default="",
                        max_length=10,
                        verbose_name="拆分",
                    ),
                ),
                ("split_why", models.CharField(blank=True, max_length=400, verbose_name="拆分提示")),
                ("split_note", models.CharField(blank=True, max_length=400, verbose_name="核实意见")),
                ("registered_on", models.DateField(verbose_name="登记日期")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("running", "办理中"),
                            ("stopped", "已叫停"),
                            ("closed", "已闭环"),
                            ("rejected", "未通过"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="running",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("step_due", models.DateField(blank=True, null=True, verbose_name="本步期限")),
                ("unratified", models.BooleanField(default=False, verbose_name="紧急决定待追认")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("end_note", models.CharField(blank=True, max_length=400, verbose_name="办结说明")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="decisions.decisionlist",
                        verbose_name="清单版本",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="现由",
                    ),
                ),
                ("interested", models.ManyToManyField(blank=True, related_name="+", to="org.person", verbose_name="应回避的人")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="登记人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="提出单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "决策事项",
                "ordering": [models.OrderBy(models.F("step_due"), nulls_last=True), "-id"],
                "indexes": [
                    models.Index(fields=["area", "state", "step_due"], name="decisions_m_area_id_dd3959_idx"),
                    models.Index(fields=["holder", "step_due"], name="decisions_m_holder__582c0a_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="decisions_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True),
                                ("holder__isnull", False),
                                ("state__in", ("running", "stopped")),
                                ("step_due__isnull", False),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("holder__isnull", True),
                                ("state__in", ("closed", "rejected", "withdrawn")),
                                ("step_due__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decisions_held_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "closed"), ("unratified", True), _negated=True), name="decisions_closed_ratified"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("text", models.CharField(max_length=300, verbose_name="落实事项")),
                ("due", models.DateField(verbose_name="期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="落实情况")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="decisions.matter"),
                ),
            ],
            options={
                "verbose_name": "落实事项",
                "ordering": ["due", "id"],
            },
        ),
        migrations.CreateModel(
            name="NumberRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("area", "year"), name="decisions_range_once")],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.SlugField(max_length=30, verbose_name="代码")),
                ("title", models.CharField(max_length=80, verbose_name="事项")),
                (
                    "theme",
                    models.CharField(
                        choices=[("plan", "① 重要规划、重大部署"), ("staff", "② 员工群众利益"), ("project", "③ 重大项目、大额资金")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("decision", "重大决策"),
                            ("personnel", "重要人事任免"),
                            ("project", "重大项目安排"),
                            ("fund", "大额度资金运作"),
                        ],
                        max_length=10,
                        verbose_name="三重一大分类",
                    ),
                ),
                ("threshold", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="限额(万元)")),
                ("scope", models.CharField(blank=True, max_length=100, verbose_name="范围")),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="关键词")),
                ("field", models.CharField(max_length=30, verbose_name="主责业务")),
                (
                    "owner_post",
                    models.CharField(
                        choices=[
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                            ("station_chief", "班站长(室主任)"),
                            ("group_leader", "党小组长"),
                            ("reporter", "填报人"),
                            ("indicator_admin", "指标管理员"),
                            ("reviewer", "审核人"),
                            ("discipline_member", "纪检小组成员"),
                            ("upper_committee", "上级党委"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                            ("staff", "员工"),
                        ],
                        max_length=30,
                        verbose_name="责任岗位",
                    ),
                ),
                ("front", models.BooleanField(default=False, verbose_name="须前置研究")),
                (
                    "decided_by",
                    models.CharField(
                        choices=[("leaders", "班子会"), ("branch", "支委会")], default="leaders", max_length=8, verbose_name="由谁决定"
                    ),
                ),
                ("survey_form", models.CharField(default="survey", max_length=30, verbose_name="调研论证表")),
                ("steps", models.JSONField(default=list, verbose_name="步骤")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
                ("dropped", models.BooleanField(default=False, verbose_name="已移出清单")),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="decisions.decisionlist"),
                ),
            ],
            options={
                "verbose_name": "清单事项",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="decisions_rule_once")],
            },
        ),
        migrations.AddField(
            model_name="matter",
            name="rule",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="decisions.rule",
                verbose_name="清单事项",
            ),
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source", "源头参与"),
                            ("depth", "深度介入"),
                            ("survey", "调研论证"),
                            ("consult", "征求意见"),
                            ("legal", "合法合规审查"),
                            ("risk", "风险评估"),
                            ("front", "前置研究"),
                            ("opinion", "纪检意见"),
                            ("approve", "批准例外"),
                            ("decide", "集体决策"),
                            ("execute", "执行"),
                            ("evaluate", "后评估"),
                        ],
                        max_length=10,
                        verbose_name="步骤",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("days", models.PositiveSmallIntegerField(verbose_name="工作日")),
                ("form", models.CharField(max_length=30, verbose_name="表单")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("waiting", "未到"),
                            ("open", "办理中"),
                            ("done", "已完成"),
                            ("excepted", "例外"),
                            ("urgent", "紧急决定待追认"),
                            ("void", "不再需要"),
                        ],
                        default="waiting",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="开始日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("values", models.JSONField(blank=True, default=dict, editable=False)),
                ("draft", models.JSONField(blank=True, default=dict, editable=False)),
                ("draft_number", models.PositiveIntegerField(default=0, editable=False)),
                ("draft_window", models.CharField(blank=True, editable=False, max_length=40)),
                ("draft_at", models.DateTimeField(blank=True, null=True, verbose_name="草稿时间")),
                ("prepared_on", models.DateField(blank=True, null=True, verbose_name="材料备齐日期")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="完成人",
                    ),
                ),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="decisions.matter")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
            ],
            options={
                "verbose_name": "决策步骤",
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "kind"), name="decisions_step_once"),
                    models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("matter",), name="decisions_one_step_open"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), _negated=True),
                            models.Q(("due__isnull", False), ("opened_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decisions_open_with_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("done", "excepted", "urgent")), _negated=True),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decisions_passed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("body", models.CharField(choices=[("branch", "支委会"), ("leaders", "班子会")], max_length=8, verbose_name="会议")),
                ("urgent", models.BooleanField(default=False, verbose_name="紧急决定")),
                ("name", models.CharField(max_length=120, verbose_name="会议名称")),
                ("held_on", models.DateField(verbose_name="日期")),
                ("passed", models.BooleanField(verbose_name="通过")),
                ("resolution", models.TextField(blank=True, max_length=2000, verbose_name="决议")),
                ("because", models.CharField(blank=True, max_length=600, verbose_name="说明")),
                ("sitting", models.JSONField(default=dict, editable=False)),
                ("meeting", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("item", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="decisions.matter")),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="登记人"
                    ),
                ),
                ("step", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="decisions.step")),
            ],
            options={
                "verbose_name": "会议结果",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("item__isnull", False)), fields=("item",), name="decisions_outcome_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="matter",
            name="excepts",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="decisions.step",
                verbose_name="例外的步骤",
            ),
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("stopped", "待纠正"),
                            ("cured", "待复议"),
                            ("reconsidered", "待恢复"),
                            ("resumed", "已恢复"),
                            ("ended", "事项已撤回"),
                        ],
                        default="stopped",
                        max_length=14,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("ground", models.CharField(max_length=500, verbose_name="叫停理由")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("stopped_on", models.DateField(verbose_name="叫停日期")),
                ("days_left", models.SmallIntegerField(default=0, verbose_name="叫停时剩余工作日")),
                ("cure", models.CharField(blank=True, max_length=1000, verbose_name="纠正情况")),
                ("cured_on", models.DateField(blank=True, null=True, verbose_name="纠正日期")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="复议意见")),
                ("reconsidered_on", models.DateField(blank=True, null=True, verbose_name="复议日期")),
                ("resumed_on", models.DateField(blank=True, null=True, verbose_name="恢复日期")),
                ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                (
                    "cured_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="纠正人",
                    ),
                ),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="decisions.matter")),
                (
                    "reconsidered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="复议人",
                    ),
                ),
                (
                    "resumed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="恢复人",
                    ),
                ),
                ("step", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="decisions.step")),
                (
                    "stopped_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="叫停人"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="被叫停步骤责任人"
                    ),
                ),
            ],
            options={
                "verbose_name": "警示叫停",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["stopped", "cured", "reconsidered"])),
                        fields=("matter",),
                        name="decisions_stop_live_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "resumed"), _negated=True),
                            models.Q(
                                ("cured_by__isnull", False),
                                ("resumed_by__isnull", False),
                                models.Q(("resumed_by", models.F("stopped_by")), _negated=True),
                                models.Q(("resumed_by", models.F("target")), _negated=True),
                                models.Q(("resumed_by", models.F("cured_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decisions_resumed_by_another",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("excepts__isnull", True), ("kind", "normal"), ("rule__isnull", False)),
                    models.Q(("excepts__isnull", False), ("kind", "exception")),
                    models.Q(("excepts__isnull", True), ("kind", "record"), ("state", "closed")),
                    _connector="OR",
                ),
                name="decisions_by_rule_or_exception",
            ),
        ),
    ]
