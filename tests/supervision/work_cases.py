"""A kind of works with three stages, and works on their way through it."""

from ronghe.common.calendar import today
from ronghe.supervision.actions import templates, works
from ronghe.supervision.models.works import Work, WorkForm, WorkVersion
from tests.stage import staged
from tests.supervision.cases import fresh, user

FIELDS = [["f1", "结论", "text", True, []], ["f2", "说明", "long", False, []]]
TEMPLATE = {
    "roles": [["r1", "负责人"], ["r2", "施工"], ["r3", "监督"]],
    "stages": [
        {"name": "论证", "days": 10, "forms": [{"name": "论证表", "fill": "r1", "check": "r3", "proof": False, "fields": FIELDS}]},
        {
            "name": "施工",
            "days": 20,
            "forms": [
                {"name": "开工表", "fill": "r2", "check": "r3", "proof": False, "fields": FIELDS},
                {"name": "签认表", "fill": "r2", "check": "r1", "proof": True, "fields": FIELDS},
            ],
        },
        {"name": "验收", "days": 5, "forms": [{"name": "验收表", "fill": "r1", "check": "r3", "proof": False, "fields": FIELDS}]},
    ],
}  # fmt: skip
FILES = (("签认.txt", "签认单".encode()),)


@staged
def draft(world, name="地面工程"):
    version = templates.add_type(world.area, name=name, basis="表单化管理办法", by=user(world.chenxiaoyan))
    return templates.save_template(version, TEMPLATE, what="阶段", by=user(world.chenxiaoyan))


@staged
def version(world):
    found = WorkVersion.objects.filter(state="force").first()
    return found or templates.publish_version(draft(world), by=user(world.lijianguo))


@staged
def start(world, name="3 号井场改造"):
    people = {"r1": world.liuhaitao, "r2": world.hejing, "r3": world.zhengshuang}
    return works.start_work(
        version(world), unit=world.unit["注采一站"], name=name, purpose="消除隐患", people=people, starts_on=today(),
        by=user(world.wanghaitao),
    )  # fmt: skip


def forms(work, **kept):
    return list(WorkForm.objects.filter(work=work, **kept).select_related("filler", "checker", "work").order_by("stage", "place"))


def fill(form, files=FILES):
    return works.file_form(fresh(form), {"f1": "可行"}, files=files if form.definition["proof"] else (), by=user(form.filler))


def pass_stage(work):
    """Fill in and check all that is open."""
    for form in forms(work, state="open"):
        fill(form)
        works.check_form(fresh(form), by=user(form.checker))
    return Work.objects.get(pk=work.pk)


@staged
def finish(world):
    work = start(world)
    for _stage in range(3):
        work = pass_stage(work)
    return work
