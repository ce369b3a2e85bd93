"""Lists of people as files."""

import csv
import io

import openpyxl

HEAD = ["姓名", "工号", "单位", "岗位", "党小组", "政治面貌", "起日", "登录名"]


def make_csv(rows, head=HEAD):
    """Return the bytes of a CSV with a header."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


def make_xlsx(rows, head=HEAD, title="花名册"):
    """Return the bytes of a workbook with a title line above the header."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in [["示范采油管理区花名册"], head, *rows]:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_rows(response):
    """Return the rows of a downloaded workbook's first sheet."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]
