import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0002_structure_and_rosters"),
        ("supervision", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版次")),
                ("business", models.CharField(max_length=30, verbose_name="业务")),
                ("what", models.CharField(max_length=200, verbose_name="监督什么")),
                ("risk", models.CharField(max_length=200, verbose_name="风险")),
                (
                    "supervised",
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
                        ],
                        max_length=30,
                        verbose_name="监督谁",
                    ),
                ),
                (
                    "supervisor",
                    models.CharField(
                        choices=[
                            ("discipline_member", "纪检小组成员"),
                            ("branch_secretary", "党支部书记"),
                            ("area_manager", "管理区经理"),
                            ("deputy_party", "党群副职"),
                            ("deputy_production", "生产管理副职"),
                            ("deputy_business", "经营管理副职"),
                            ("deputy_geology", "开发地质技术副职"),
                            ("deputy_engineering", "采油工程技术副职"),
                            ("reviewer", "审核人"),
                            ("indicator_admin", "指标管理员"),
                        ],
                        max_length=30,
                        verbose_name="谁来监督",
                    ),
                ),
                ("per_unit", models.BooleanField(default=False, verbose_name="每个单位各查一次")),
                ("rule", models.CharField(max_length=120, verbose_name="多久一次")),
                (
                    "shift",
                    models.CharField(
                        choices=[("before", "遇休息日提前"), ("after", "遇休息日顺延"), ("none", "不调整")],
                        default="after",
                        max_length=10,
                        verbose_name="遇休息日",
                    ),
                ),
                ("method", models.CharField(max_length=300, verbose_name="怎么监督")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("order", models.PositiveIntegerField(default=0)),
                ("valid_from", models.DateField(verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修改理由")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "监督事项",
                "ordering": ["business", "order", "id"],
                "indexes": [models.Index(fields=["area", "valid_from"], name="supervision_area_id_924012_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code", "number"), name="supervision_line_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("supervised", models.F("supervisor")), _negated=True), name="supervision_line_not_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("key", models.CharField(max_length=80)),
                ("planned", models.DateField(verbose_name="原定日期")),
                ("due", models.DateField(verbose_name="日期")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("due", "待检查"), ("clean", "未发现问题"), ("found", "发现问题"), ("lapsed", "未做")],
                        default="due",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="检查日期")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="看了什么、结果怎样")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "checker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="监督人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="被监督单位"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="supervision.checkline",
                        verbose_name="监督事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "监督检查",
                "ordering": ["due", "id"],
                "indexes": [
                    models.Index(fields=["area", "state", "due"], name="supervision_area_id_9e1c15_idx"),
                    models.Index(fields=["checker", "state"], name="supervision_checker_8cf355_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("area", "key"), name="supervision_check_once")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("business", models.CharField(max_length=30, verbose_name="业务")),
                ("title", models.CharField(max_length=120, verbose_name="问题")),
                ("problem", models.TextField(max_length=1000, verbose_name="具体情况")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("fix", models.CharField(blank=True, max_length=300, verbose_name="当场怎么纠正的")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "check_done",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="supervision.check",
                        verbose_name="检查",
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="发现人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
            ],
            options={
                "verbose_name": "监督发现",
                "ordering": ["-found_on", "-id"],
                "indexes": [models.Index(fields=["area", "found_on"], name="supervision_area_id_ece4cd_idx")],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("day", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inspect", "日常检查"), ("remind", "约谈提醒"), ("clue", "问题线索"), ("accountable", "问责处理")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("business", models.CharField(max_length=30, verbose_name="业务")),
                ("text", models.CharField(max_length=500, verbose_name="做了什么、结果怎样")),
                ("count", models.PositiveSmallIntegerField(default=0, verbose_name="涉及人数")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="记录人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"),
                ),
            ],
            options={
                "verbose_name": "纪检日常记录",
                "ordering": ["-day", "-id"],
                "indexes": [models.Index(fields=["area", "day"], name="supervision_area_id_55c448_idx")],
            },
        ),
        migrations.CreateModel(
            name="LogPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="people", to="supervision.logentry")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="涉及人员"
                    ),
                ),
            ],
            options={
                "verbose_name": "涉及人员",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("entry", "person"), name="supervision_log_person_once")],
            },
        ),
        migrations.CreateModel(
            name="NameReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="查看理由")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="查看人"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="supervision.logentry"),
                ),
            ],
            options={
                "verbose_name": "查看姓名",
                "ordering": ["-id"],
            },
        ),
    ]
