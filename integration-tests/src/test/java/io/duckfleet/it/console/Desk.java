package io.duckfleet.it.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/// The Query view as a person uses it.
record Desk(Page page) {

    /// Types a statement in place of what is there, and runs it.
    void run(String sql) {
        type(sql);
        page.keyboard().press("Control+Enter");
    }

    void type(String sql) {
        editor().click();
        page.keyboard().press("Control+a");
        page.keyboard().press("Delete");
        page.keyboard().insertText(sql);
    }

    Locator editor() {
        return page.locator("sql-editor .cm-content");
    }

    Locator cost() {
        return page.locator(".result .cost");
    }

    Locator grid() {
        return page.getByRole(AriaRole.GRID);
    }

    Locator cells() {
        return grid().getByRole(AriaRole.GRIDCELL);
    }

    /// The texts of a row that is in sight, counted from 0.
    List<String> row(int index) {
        return grid().locator("[aria-rowindex=\"" + (index + 2) + "\"] [role=gridcell]").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    void choose(String tab) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab).setExact(true))
                .click();
    }
}
