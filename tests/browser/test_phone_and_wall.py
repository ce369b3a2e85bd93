"""On a phone: installable, the offline page, a photo shared from the gallery. On a wall: 驾驶舱 without scrolling, by day and night."""

import base64

from playwright.sync_api import expect

from tests.browser.visitor import WORKER_READY

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8z8DAwMDAxMDAwMAAAA0GAQP0kVXUAAAAAElFTkSuQmCC")
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED")
# what a phone does when a photo is shared into an installed application: it posts it to the address that the manifest names
SHARE = """([name, text]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", enctype: "multipart/form-data", action: "/share/" });
  const input = Object.assign(document.createElement("input"), { type: "file", name: "photo" });
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const holder = new DataTransfer();
  holder.items.add(new File([bytes], name, { type: "image/png" }));
  input.files = holder.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


def test_a_photo_shared_from_the_gallery(visitor):
    chief = visitor("wanghailin", phone=True)
    page, context = chief.page, chief.context
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())")
    assert (manifest["display"], manifest["share_target"]["action"]) == ("standalone", "/share/")
    for icon in manifest["icons"]:
        answer = context.request.get(icon["src"])
        assert (answer.status, answer.headers["content-type"]) == (200, icon["type"])
    page.evaluate(WORKER_READY, "/sw.js")
    page.reload()  # the worker has this page now
    context.set_offline(True)
    page.goto("/rectification/")
    expect(page.get_by_role("heading", name="现在没有信号")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="再试一次").click()
    expect(page.get_by_role("heading", name="整改清单")).to_be_visible()
    chief.faults = [fault for fault in chief.faults if not any(word in fault for word in OFFLINE)]
    page.evaluate(SHARE, ["井场.png", base64.b64encode(PICTURE).decode()])
    expect(page.get_by_role("heading", name="照片附到哪里")).to_be_visible()
    expect(page.locator("[data-share-picture]")).to_be_visible()
    place = page.locator(".share-place", has_text="附到整改项").first
    place.click()
    page.get_by_label("一句说明").fill("井场东侧")
    chief.look()
    page.get_by_role("button", name="附上").click()
    expect(page.locator("#messages")).to_contain_text("照片已附上")
    expect(page.locator("#main")).to_contain_text("现场照片")
    expect(page.get_by_role("img", name="井场.png")).to_be_visible()
    page.goto("/share/")  # it was kept until it was sent, no longer
    expect(page.get_by_role("heading", name="照片附到哪里")).to_be_visible()
    expect(page.locator("[data-share-picture]")).to_be_hidden()


def test_the_wall(visitor):
    for name, dark in (("zhaolixin", False), ("hanliming", True)):
        me = visitor(name, dark=dark)
        page = me.page
        page.set_viewport_size({"width": 1920, "height": 1080})
        me.visit("/cockpit/")
        expect(page.locator(".cockpit-tile")).to_have_count(7)
        over = page.evaluate("[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]")
        assert over == [0, 0]
        cut = page.locator(".cockpit-card").evaluate_all(
            "cards => cards.filter(c => c.scrollHeight > c.clientHeight + 1).map(c => c.innerText.slice(0, 20))"
        )
        assert cut == []
        page.set_viewport_size({"width": 1440, "height": 900})
        me.look()
        page.clock.install()
        page.goto("/cockpit/")
        with page.expect_response("**/cockpit/board/**") as renewed:
            page.clock.fast_forward(125_000)
        assert renewed.value.ok
