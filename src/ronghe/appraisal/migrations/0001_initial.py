from decimal import Decimal

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
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("period", models.CharField(max_length=7, verbose_name="期间")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("reporting", "述职中"),
                            ("balloting", "测评中"),
                            ("counted", "已计票"),
                            ("shown", "本人核对中"),
                            ("signed", "已签发"),
                            ("published", "已公布"),
                            ("ended", "已结束"),
                            ("dropped", "已取消"),
                        ],
                        default="reporting",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="发起日期")),
                ("report_due", models.DateField(verbose_name="述职截止")),
                ("ballot_due", models.DateField(blank=True, null=True, verbose_name="测评截止")),
                ("objections_until", models.DateField(blank=True, null=True, verbose_name="异议截止")),
                ("key_name", models.CharField(blank=True, editable=False, max_length=32)),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="计票时间")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="核定日期")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                ("ending", models.CharField(blank=True, max_length=300, verbose_name="结束说明")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "first_signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="签发",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="纪检核定",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="组织人"
                    ),
                ),
                (
                    "second_signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="会签",
                    ),
                ),
            ],
            options={
                "verbose_name": "述职评议",
                "ordering": ["-opened_on", "-id"],
                "indexes": [models.Index(fields=["area", "state"], name="appraisal_c_area_id_448490_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key_name", ""), ("state", "balloting"), _connector="OR"), name="appraisal_key_while_balloting"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_signer", None), models.Q(("first_signer", models.F("second_signer")), _negated=True), _connector="OR"
                        ),
                        name="appraisal_two_signers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voted", models.BooleanField(default=False, verbose_name="已投票")),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="judges", to="appraisal.cycle")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
            ],
            options={
                "verbose_name": "评议人",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("cycle", "person"), name="appraisal_judge_once")],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("current", models.BooleanField(default=True)),
                ("inputs", models.JSONField(default=list, editable=False, verbose_name="输入")),
                ("lines", models.JSONField(default=list, editable=False, verbose_name="计算")),
                ("total", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="总分")),
                ("because", models.TextField(blank=True, verbose_name="说明")),
                ("proposed", models.CharField(blank=True, max_length=20, verbose_name="按分数应为")),
                ("provisional", models.BooleanField(default=False, verbose_name="输入不全")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="本人查看时间")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="等次")),
                ("grade_reason", models.CharField(blank=True, max_length=300, verbose_name="评定理由")),
                (
                    "graded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="评定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "综合评定",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", ""), ("graded_by", None)),
                            models.Q(
                                models.Q(("grade", ""), _negated=True),
                                models.Q(("grade_reason", ""), _negated=True),
                                ("graded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appraisal_grade_by_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, verbose_name="对哪一项")),
                ("item_name", models.CharField(max_length=60, verbose_name="哪一项")),
                ("reason", models.TextField(max_length=1000, verbose_name="异议理由")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("asked", "待答复"), ("upheld", "成立,已更正"), ("rejected", "不成立")],
                        default="asked",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("due", models.DateField(verbose_name="答复期限")),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="答复")),
                ("right", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="正确的数值")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="答复人",
                    ),
                ),
                (
                    "made",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by",
                        to="appraisal.outcome",
                        verbose_name="更正后的评定",
                    ),
                ),
                ("outcome", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="doubts", to="appraisal.outcome")),
            ],
            options={
                "verbose_name": "评定异议",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("outcome", "code"), name="appraisal_doubt_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "asked"), ("answered_by__isnull", False), _connector="XOR"),
                        name="appraisal_doubt_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("post_title", models.CharField(blank=True, max_length=120, verbose_name="岗位")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("draft", "待述职"), ("presented", "已述职")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="述职内容")),
                ("facts", models.JSONField(blank=True, default=list, editable=False, verbose_name="事实")),
                ("draft_number", models.PositiveIntegerField(default=0, editable=False)),
                ("draft_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("draft_window", models.CharField(blank=True, editable=False, max_length=40)),
                ("presented_at", models.DateTimeField(blank=True, null=True, verbose_name="述职时间")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64, verbose_name="内容摘要")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="appraisal.cycle", verbose_name="述职评议"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="述职人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
            ],
            options={
                "verbose_name": "述职报告",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "person"), name="appraisal_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("presented_at", None), ("state", "draft")),
                            models.Q(("presented_at__isnull", False), ("state", "presented"), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="appraisal_presented_is_frozen",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="outcome",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="appraisal.report"),
        ),
        migrations.CreateModel(
            name="NamedBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=20)),
                ("marks", models.JSONField(default=list)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="named", to="appraisal.report")),
            ],
            options={
                "verbose_name": "记名测评",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("report", "person"), name="appraisal_named_once")],
            },
        ),
        migrations.CreateModel(
            name="Given",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, verbose_name="事项")),
                ("value", models.PositiveSmallIntegerField(verbose_name="次数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="依据和文号")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="核定人"
                    ),
                ),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="given", to="appraisal.report")),
            ],
            options={
                "verbose_name": "纪检核定",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code"), name="appraisal_given_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value", 0), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="appraisal_given_with_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=20)),
                ("judge", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="appraisal.judge")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="appraisal.report")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("judge", "report"), name="appraisal_seat_once")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("groups", models.JSONField(default=list)),
                ("name", models.CharField(max_length=120, verbose_name="评议主体")),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="权重")),
                ("anonymous", models.BooleanField(default=True)),
                ("entitled", models.PositiveIntegerField(verbose_name="应投")),
                ("ballots", models.PositiveIntegerField(verbose_name="实投")),
                ("counts", models.JSONField(default=list, verbose_name="各项各档票数")),
                ("score", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="得分")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="appraisal.report")),
            ],
            options={
                "verbose_name": "测评结果",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "who",
                    models.CharField(
                        choices=[("leaders", "班子成员"), ("chiefs", "室经理、站长、党小组长"), ("members", "党员干部")],
                        max_length=10,
                        verbose_name="谁述职",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("month", "每月"), ("quarter", "每季度"), ("year", "每年")], max_length=8, verbose_name="多久一次"
                    ),
                ),
                ("form", models.JSONField(default=list, verbose_name="述职表")),
                ("judges", models.JSONField(blank=True, default=list, verbose_name="评议主体")),
                ("items", models.JSONField(blank=True, default=list, verbose_name="测评项目")),
                ("scale", models.JSONField(blank=True, default=list, verbose_name="量表")),
                ("trim", models.DecimalField(decimal_places=1, default=Decimal("0"), max_digits=4, verbose_name="两端各去掉(%)")),
                ("min_turnout", models.PositiveSmallIntegerField(default=0, verbose_name="最低投票率(%)")),
                (
                    "missing",
                    models.CharField(
                        choices=[("spread", "缺的组不计,权重按比例分给有票的组"), ("hold", "缺任何一组,不出测评分")],
                        default="spread",
                        max_length=8,
                        verbose_name="缺票怎么办",
                    ),
                ),
                ("report_days", models.PositiveSmallIntegerField(default=10, verbose_name="述职期限(天)")),
                ("ballot_days", models.PositiveSmallIntegerField(default=5, verbose_name="测评期限(天)")),
                ("objection_days", models.PositiveSmallIntegerField(default=5, verbose_name="核对和异议期限(天)")),
                ("scheme", models.TextField(blank=True, verbose_name="综合评定方案")),
                ("inputs", models.JSONField(blank=True, default=dict, verbose_name="综合评定的输入")),
                ("quota", models.JSONField(blank=True, default=list, verbose_name="等次比例")),
                (
                    "scope",
                    models.CharField(
                        choices=[("self", "只告知本人和班子"), ("area", "在本管理区公布等次"), ("group", "在本党小组内晾晒述职")],
                        default="self",
                        max_length=8,
                        verbose_name="结果公布范围",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="修订原因")),
                ("valid_from", models.DateField(verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "述职评议模板",
                "ordering": ["code", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code", "number"), name="appraisal_template_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("area", "code"), name="appraisal_template_running_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="appraisal.template", verbose_name="模板"
            ),
        ),
        migrations.CreateModel(
            name="Urn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=32, unique=True)),
                ("sealed", models.BinaryField()),
                ("closed", models.BooleanField(default=False)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="urns", to="appraisal.report")),
            ],
            options={
                "verbose_name": "测评票箱",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("report", "group"), name="appraisal_urn_once")],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=20)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("used", models.BooleanField(default=False)),
                ("void", models.BooleanField(default=False)),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="appraisal.cycle")),
            ],
            options={
                "verbose_name": "一次性代码",
                "indexes": [models.Index(fields=["cycle", "group"], name="appraisal_c_cycle_i_23880c_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True), fields=("digest",), name="appraisal_code_digest_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="appraisal_outcome_version_once"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("report",), name="appraisal_outcome_current_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dropped"), _negated=True), fields=("template", "period"), name="appraisal_cycle_once"
            ),
        ),
    ]
