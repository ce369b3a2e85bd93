"""A planned shut-in: a target is asked to be adjusted, with proof, and the deputy for business decides."""

from playwright.sync_api import expect

from tests.browser.visitor import choose_in_menu


def test_an_adjustment_is_asked_with_proof_and_approved(visitor, tmp_path):
    proof = tmp_path / "停井通知.txt"
    proof.write_text("10 kV 线路检修,计划停井 12 口。", encoding="utf-8")
    chief = visitor("wanghailin")
    page = chief.page
    choose_in_menu(page, "豁免与调整")
    chief.look()
    page.get_by_role("link", name="申请").click()
    chief.look()
    page.get_by_label("单位").select_option(label="采油一站")
    page.get_by_label("指标").select_option(label="原油产量")
    page.get_by_label("调整目标").check()
    page.get_by_label("调整后的目标值").fill("3900")
    page.get_by_label("理由").fill("计划停井检修线路")
    page.locator("input[type=file]").set_input_files(proof)
    chief.look()
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/figures/adjustments/*/")
    expect(page.get_by_role("button", name="批准")).to_have_count(0)  # never by who asked
    chief.look()
    deputy = visitor("xuwenjing")
    desk = deputy.look().page
    desk.goto(page.url)
    expect(desk.get_by_role("link", name="停井通知.txt")).to_be_visible()
    desk.get_by_label("意见").fill("情况属实")
    deputy.look()
    desk.get_by_role("button", name="批准", exact=True).click()
    expect(desk.locator(".page-actions")).to_contain_text("批准")
    deputy.look()
