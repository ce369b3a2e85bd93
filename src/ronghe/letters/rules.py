"""What may stand in a template, what a signature is over, and when a letter is reviewed. Pure: no Django."""

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from ronghe.common.crypto.suites import FIRST, Suite, write_digest

# field → what it stands for; a template may use these and no others
FIELDS = {
    "名称": "责任书名称",
    "年度": "哪一年,如 2026",
    "编号": "系统给的编号",
    "依据": "模板写明的依据",
    "管理区": "管理区名称",
    "党支部": "党支部名称",
    "甲方": "甲方姓名",
    "甲方职务": "甲方岗位名称",
    "乙方": "乙方姓名",
    "乙方职务": "乙方岗位名称",
    "乙方单位": "乙方所在班站、组室或党小组",
    "起始日期": "自何日起",
    "终止日期": "至何日止",
    "补充约定": "起草时另写的约定,可以为空",
}
# list → fields of each of its entries
LISTS = {"责任": ("序号", "类别", "内容", "做法", "标准"), "目标": ("序号", "内容", "标准")}
NEEDED = ("年度", "甲方", "乙方", "责任")
LOOP = ("first", "last", "index", "index0", "length")
REVIEW_DAYS = 31
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 16
PLAIN: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
    nodes.Mul,
)  # fmt: skip
NAMES = {
    nodes.Call: "函数调用",
    nodes.Filter: "过滤器",
    nodes.Test: "判断函数",
    nodes.Getitem: "方括号取值",
    nodes.Include: "引入其他文件",
    nodes.Import: "引入其他文件",
    nodes.FromImport: "引入其他文件",
    nodes.Extends: "引入其他文件",
    nodes.Macro: "宏",
    nodes.Assign: "赋值",
    nodes.Block: "区块",
}


class BadTemplate(Exception):
    """The template can't be used; `problems` are Chinese sentences for who uploads it."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = list(problems)


def check_sources(sources: list[str], environment: Environment) -> None:
    """Judge the text of a template (body, headers, footers, notes): only the known fields, loops over the known lists, plain conditions.

    What is not on this list is refused before anything is rendered; rendering is sandboxed besides. Raises BadTemplate.
    """
    problems: list[str] = []
    used: set[str] = set()
    for source in sources:
        try:
            tree = environment.parse(source)
        except TemplateSyntaxError as trouble:
            raise BadTemplate(f"模板的标记写得不完整:{explain_syntax(trouble)}") from None
        problems += walk(tree, {}, used)
    problems += [f"模板里没有“{name}”:责任书至少要写年度、甲方、乙方和各条责任" for name in NEEDED if name not in used]
    if problems:
        raise BadTemplate(*dict.fromkeys(problems))


def explain_syntax(trouble: TemplateSyntaxError) -> str:
    """Return a Chinese sentence for the usual slips."""
    text = str(trouble.message or "")
    if "endfor" in text or "Unexpected end of template" in text:
        return "有“for”没有“endfor”(或“if”没有“endif”),请成对写"
    if "unknown tag" in text.lower():
        return f"不认识的标记({text.split(chr(39))[1] if chr(39) in text else text})"
    return f"双花括号里的内容不认识({text[:60]})"


def walk(node: nodes.Node, loops: Mapping[str, str], used: set[str]) -> Iterator[str]:
    """Yield what is wrong below a node. `loops`: loop variable → its list."""
    if isinstance(node, nodes.For):
        yield from walk_for(node, loops, used)
        return
    if isinstance(node, nodes.Getattr):
        yield from judge_attribute(node, loops)
        return
    if isinstance(node, nodes.Name):
        yield from judge_name(node.name, loops, used)
        return
    if not isinstance(node, PLAIN):
        yield f"不允许的写法({NAMES.get(type(node), type(node).__name__)}):模板里只能写字段、循环和简单的“如果”"
        return
    for child in node.iter_child_nodes():
        yield from walk(child, loops, used)


def walk_for(node: nodes.For, loops: Mapping[str, str], used: set[str]) -> Iterator[str]:
    if loops:
        yield "循环里不能再套循环"
        return
    if not isinstance(node.iter, nodes.Name) or node.iter.name not in LISTS:
        yield f"只能对这些清单循环:{'、'.join(LISTS)}"
        return
    if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
        yield "循环只能写成“for 条 in 责任”的样子"
        return
    used.add(node.iter.name)
    inner = {node.target.name: node.iter.name}
    for child in (*node.body, *node.else_):
        yield from walk(child, inner, used)


def judge_attribute(node: nodes.Getattr, loops: Mapping[str, str]) -> Iterator[str]:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    if owner == "loop" and loops and node.attr in LOOP:
        return
    if owner not in loops:
        yield f"不允许的写法(“{owner or '…'}.{node.attr}”):只能取循环里每一条的字段"
    elif node.attr not in LISTS[loops[owner]]:
        yield f"“{loops[owner]}”的各条没有字段“{node.attr}”,可以用:{'、'.join(LISTS[loops[owner]])}"


def judge_name(name: str, loops: Mapping[str, str], used: set[str]) -> Iterator[str]:
    if name in FIELDS or name in LISTS:
        used.add(name)
    elif name not in loops:
        yield f"没有字段“{name}”,可以用:{'、'.join((*FIELDS, *LISTS))}"


def digest_letter(content: Mapping[str, Any], suite: Suite = FIRST) -> str:
    """Return what both parties sign: the digest (SHA-256, or SM3 behind its tag) of the letter as JSON, keys sorted, without blanks, in UTF-8.

    `content` holds: number, title, year, basis, valid_from, valid_to (ISO dates), first and second (name, post, unit), text (the
    blocks of the filled-in template, in order), lines (kind, category, what, how, degree, in order). Nothing of the pages, of the
    signatures or of the PDF is in it.
    """
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return write_digest(suite, plain.encode())


def review_opens(valid_to: date) -> date:
    """Return from which day a letter may be reviewed: the last month of its time."""
    return valid_to - timedelta(days=REVIEW_DAYS)


def make_code() -> str:
    """Return a verification code: sixteen signs that are not mistaken for one another, 79 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _number in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a code as people type it: without blanks and dashes, in capitals; '' where it can't be one."""
    plain = "".join(sign for sign in text.upper() if sign not in " -—–_\u3000")
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET) else ""


def show_code(code: str) -> str:
    """Return a code in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
