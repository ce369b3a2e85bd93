import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("org", "0002_structure_and_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                ("title", models.CharField(max_length=120, verbose_name="事项")),
                ("demand", models.TextField(max_length=1000, verbose_name="办到什么程度")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("manual", "领导交办"),
                            ("finding", "监督发现"),
                            ("meeting", "会议决议"),
                            ("decision", "议事决策"),
                            ("goal", "目标任务"),
                            ("alert", "预警"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("origin_id", models.BigIntegerField(null=True)),
                ("origin_name", models.CharField(blank=True, max_length=200, verbose_name="出处")),
                ("opened_on", models.DateField(verbose_name="列入日期")),
                ("due", models.DateField(verbose_name="期限")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("running", "督办中"), ("claimed", "待确认"), ("done", "已办结"), ("dropped", "已撤销")],
                        default="running",
                        max_length=10,
                        protected=True,
                        verbose_name="状态",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="升级")),
                ("raised_on", models.DateField(blank=True, null=True, verbose_name="升级日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="办理结果")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="确认人",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="提出人"
                    ),
                ),
                (
                    "origin_type",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="责任人"
                    ),
                ),
                (
                    "raised_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="升级到",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="督办人"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="责任单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "督办事项",
                "ordering": ["due", "id"],
                "indexes": [
                    models.Index(fields=["area", "state", "due"], name="supervision_area_id_56e2b5_idx"),
                    models.Index(fields=["owner", "state"], name="supervision_owner_i_1ce6f9_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="supervision_board_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("origin_id__isnull", False), ("state__in", ("running", "claimed"))),
                        fields=("origin_type", "origin_id", "owner"),
                        name="supervision_board_origin_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("supervisor")), _negated=True), name="supervision_board_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state__in", ("running", "claimed"))),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False), ("state__in", ("done", "dropped"))),
                            _connector="OR",
                        ),
                        name="supervision_board_live_or_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due", models.DateField(verbose_name="原期限")),
                ("new_due", models.DateField(verbose_name="新期限")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="调整人"
                    ),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="supervision.boarditem")),
            ],
            options={
                "verbose_name": "督办期限调整",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="BoardNumbers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("area", "year"), name="supervision_numbers_once")],
            },
        ),
        migrations.CreateModel(
            name="BoardReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="周")),
                ("voice", models.CharField(choices=[("owner", "进展"), ("supervisor", "督办意见")], max_length=12)),
                ("text", models.CharField(max_length=300, verbose_name="内容")),
                ("claims", models.BooleanField(default=False, verbose_name="称已办结")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.person", verbose_name="汇报人"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="supervision.boarditem"),
                ),
            ],
            options={
                "verbose_name": "督办汇报",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["item", "week"], name="supervision_item_id_076a30_idx")],
            },
        ),
        migrations.CreateModel(
            name="BoardWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("week", models.DateField(verbose_name="周")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="本周督办要求")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="管理区"),
                ),
                (
                    "note_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="填写人",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办周",
                "ordering": ["-week", "id"],
                "constraints": [models.UniqueConstraint(fields=("area", "week"), name="supervision_week_once")],
            },
        ),
    ]
