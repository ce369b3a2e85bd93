import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
        ("org", "0002_structure_and_rosters"),
        ("supervision", "0003_works_and_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("key", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=30, verbose_name="期间")),
                ("due", models.DateField(verbose_name="期限")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("planned", "待公开"), ("published", "已公开")],
                        default="planned",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="公开内容")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公开日期")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="公开人"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "公开",
                "ordering": ["-due", "-id"],
                "indexes": [models.Index(fields=["area", "state", "due"], name="supervision_area_id_962698_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "key"), name="supervision_disclosure_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", True), ("state", "planned")),
                            models.Q(("published_on__isnull", False), ("state", "published")),
                            _connector="OR",
                        ),
                        name="supervision_disclosure_published_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="更正")),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="更正人"
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="supervision.disclosure"),
                ),
            ],
            options={
                "verbose_name": "公开更正",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("due", models.DateField(verbose_name="届满日期")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("preparing", "准备换届"), ("held", "已选举")],
                        default="preparing",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="选举日期")),
                ("entitled", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="应到会")),
                ("present", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="实到会")),
                ("votes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="有效票")),
                ("elected", models.CharField(blank=True, max_length=500, verbose_name="选举结果")),
                ("meeting", models.CharField(blank=True, max_length=120, verbose_name="会议记录")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.partyorg", verbose_name="党支部"
                    ),
                ),
                (
                    "new_term",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.term"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "term",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="election", to="duties.term", verbose_name="将满的任期"
                    ),
                ),
            ],
            options={
                "verbose_name": "换届选举",
                "ordering": ["-due", "-id"],
            },
        ),
        migrations.CreateModel(
            name="OpenItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("code", models.CharField(max_length=40)),
                (
                    "sphere",
                    models.CharField(
                        choices=[("party", "党务"), ("affairs", "区务"), ("finance", "财务")], max_length=10, verbose_name="类别"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="公开什么")),
                ("audience", models.CharField(max_length=60, verbose_name="向谁公开")),
                ("place", models.CharField(max_length=60, verbose_name="在哪里公开")),
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
                (
                    "owner_kind",
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
                        verbose_name="谁来公开",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("active", models.BooleanField(default=True, verbose_name="在用")),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
            ],
            options={
                "verbose_name": "公开目录",
                "ordering": ["sphere", "order", "id"],
                "constraints": [models.UniqueConstraint(fields=("area", "code"), name="supervision_open_item_once")],
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="supervision.openitem", verbose_name="公开什么"
            ),
        ),
    ]
