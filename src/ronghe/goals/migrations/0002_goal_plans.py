import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("goals", "0001_initial"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dimension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("side", models.CharField(choices=[("party", "党建"), ("business", "业务")], max_length=10, verbose_name="党建或业务")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "verbose_name": "目标维度",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("area", "name"), name="goals_dimension_once")],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("depth", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("order", models.PositiveIntegerField(default=0)),
                ("title", models.CharField(max_length=120, verbose_name="目标")),
                ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="目标值")),
                ("weight", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="权重")),
                ("mean_weight", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="加权平均的权")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("sum", "下级之和"),
                            ("mean", "下级平均"),
                            ("weighted", "下级加权平均"),
                            ("same", "各级同值"),
                            ("milestones", "节点任务"),
                        ],
                        default="sum",
                        max_length=10,
                        verbose_name="下级怎样合成",
                    ),
                ),
                (
                    "spare",
                    models.CharField(
                        blank=True,
                        choices=[("", "无"), ("reserve", "预留"), ("pressure", "压担子")],
                        default="",
                        max_length=10,
                        verbose_name="差额的名目",
                    ),
                ),
                ("spare_value", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="差额")),
                ("spare_reason", models.CharField(blank=True, max_length=300, verbose_name="差额的理由")),
                ("degree", models.CharField(max_length=300, verbose_name="抓到什么程度")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "curve",
                    models.CharField(
                        choices=[("equal", "平均"), ("workdays", "按工作日"), ("last_year", "按上年形态"), ("hand", "手工")],
                        default="equal",
                        max_length=10,
                        verbose_name="进度曲线",
                    ),
                ),
                ("withdrawn", models.BooleanField(default=False, editable=False, verbose_name="已撤销")),
                (
                    "coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.post",
                        verbose_name="统筹协调",
                    ),
                ),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="goals.dimension", verbose_name="维度"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        help_text="不是数的目标留空,用节点任务衡量",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="goals.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="goals.goal",
                        verbose_name="上级目标",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="落实人(党员任务)",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="落实单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="GoalMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("value", models.DecimalField(decimal_places=6, max_digits=18)),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="curve_months", to="goals.goal")),
            ],
            options={
                "ordering": ["month"],
                "constraints": [models.UniqueConstraint(fields=("goal", "month"), name="goals_month_once")],
            },
        ),
        migrations.CreateModel(
            name="GoalPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("first_month", models.CharField(max_length=7, verbose_name="起月")),
                ("last_month", models.CharField(max_length=7, verbose_name="止月")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("takes_effect", models.CharField(help_text="此前各月的目标和成绩不变", max_length=7, verbose_name="自何月起执行")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="调整原因")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "起草"),
                            ("discussed", "已讨论"),
                            ("approved", "已批准"),
                            ("issued", "已下达"),
                            ("replaced", "已被新版取代"),
                            ("dropped", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("discussed_on", models.DateField(blank=True, null=True, verbose_name="讨论日期")),
                ("discussion", models.CharField(blank=True, max_length=500, verbose_name="讨论情况")),
                ("meeting", models.CharField(blank=True, max_length=120, verbose_name="批准的会议")),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="会议日期")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="下达时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准登记",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="起草人"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="下达人",
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="goals.goalplan",
                        verbose_name="上一版",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标计划",
                "ordering": ["-first_month", "-number", "-id"],
                "indexes": [models.Index(fields=["area", "state"], name="goals_goalp_area_id_eb881d_idx")],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="goals.goalplan"),
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="内容摘要")),
                ("goals", models.PositiveIntegerField(verbose_name="目标数")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="认领时间")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acceptances", to="goals.goalplan")),
            ],
            options={
                "verbose_name": "认领",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("plan", "person"), name="goals_acceptance_once")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("text", models.CharField(max_length=200, verbose_name="节点")),
                ("due", models.DateField(verbose_name="期限")),
                ("share", models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name="占比(%)")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="完成情况")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="完成登记",
                    ),
                ),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="goals.goal")),
            ],
            options={
                "verbose_name": "节点",
                "ordering": ["due", "id"],
            },
        ),
        migrations.CreateModel(
            name="PlanPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "党的建设"),
                            ("quality", "质量效益"),
                            ("safety", "安全生产"),
                            ("environment", "环境保护"),
                            ("integrity", "廉洁从业"),
                            ("stability", "和谐稳定"),
                        ],
                        max_length=12,
                        verbose_name="同步内容",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="安排")),
                ("empty_reason", models.CharField(blank=True, max_length=300, verbose_name="没有安排的原因")),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="goals.goalplan")),
            ],
            options={
                "verbose_name": "六同步",
                "constraints": [models.UniqueConstraint(fields=("plan", "kind"), name="goals_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7, verbose_name="截至")),
                ("target", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="累计目标")),
                ("actual", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="累计实际")),
                ("light", models.CharField(max_length=10, verbose_name="灯")),
                ("at", models.DateTimeField(auto_now=True)),
                ("goal", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="goals.goal")),
            ],
            options={
                "verbose_name": "目标进度",
            },
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["plan", "parent", "order"], name="goals_goal_plan_id_329ffc_idx"),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["plan", "unit"], name="goals_goal_plan_id_f6c776_idx"),
        ),
    ]
