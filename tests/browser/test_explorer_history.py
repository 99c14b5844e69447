"""The history of the explorer: Back, Forward and Undo agree, after a reload and in a frame, too."""

from __future__ import annotations

import html

import pytest
from playwright.sync_api import expect

from tests.browser.explorers import close, opened, settled

pytestmark = pytest.mark.browser


def undo(page):
    return page.get_by_role("button", name="Undo", exact=True)


def holds(page, address):
    """Wait until the page shows the view of an address: browsers go back in their own time."""
    page.wait_for_function("address => window.cacorridor.view() === address", arg=address)
    assert page.evaluate("location.hash || '#a1/c1'") == address
    return settled(page)


def test_back_forward_and_undo_go_the_same_way(show, toy_html):
    page = opened(show, toy_html)
    views = ["#a1/c1", "#a1/c1&closed=BBB", "#a1/c1&closed=BBB&level=typical"]
    expect(undo(page)).to_have_count(0)
    close(page, "State BBB")
    settled(page).locator("#cac-level").select_option("typical")
    holds(page, views[2])

    # Undo is Back: Forward brings back what was undone, and Undo takes it back once more
    undo(page).click()
    holds(page, views[1])
    page.go_forward()
    holds(page, views[2])
    undo(page).click()
    holds(page, views[1])
    undo(page).click()
    holds(page, views[0])
    expect(undo(page)).to_have_count(0)

    # after Forward there is something to undo, again and again
    page.go_forward()
    holds(page, views[1])
    page.go_forward()
    holds(page, views[2])
    undo(page).click()
    holds(page, views[1])
    page.go_back()
    holds(page, views[0])
    expect(undo(page)).to_have_count(0)

    # a new choice takes the place of what lay ahead
    page.locator("#cac-level").select_option("block")
    holds(page, "#a1/c1&level=block")
    undo(page).click()
    holds(page, views[0])


def test_what_was_chosen_before_a_reload_is_undone(show, toy_html):
    page = opened(show, toy_html)
    close(page, "State BBB")
    page.reload()
    holds(page, "#a1/c1&closed=BBB")
    undo(page).click()
    holds(page, "#a1/c1")


def test_a_frame_without_an_address_undoes_by_itself(show, toy_html):
    frame = f'<!doctype html><title>f</title><iframe srcdoc="{html.escape(toy_html)}" width=1200 height=760>'
    page = show(f"{frame}</iframe>").frames[-1]
    settled(page)
    close(page, "State BBB")
    settled(page).locator("#cac-level").select_option("typical")
    undo(page).click()
    page.wait_for_function("() => window.cacorridor.view() === '#a1/c1&closed=BBB'")
    undo(page).click()
    page.wait_for_function("() => window.cacorridor.view() === '#a1/c1'")
    expect(undo(page)).to_have_count(0)


def test_what_an_address_asks_in_vain_is_said_and_taken_out_of_it(show, toy_html):
    # the journey begins in AAA, which therefore cannot be closed; nobody knows the last name
    page = opened(show, toy_html, "#a1/c1&closed=AAA,BBB,nowhere")
    holds(page, "#a1/c1&closed=BBB")
    expect(page.locator(".cac-notice")).to_have_text(
        "State AAA holds one end of the journey and cannot be closed."
    )
    expect(undo(page)).to_have_count(0)
