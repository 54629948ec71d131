package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.duckfleet.it.RunningFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scripts as names and values are shown, wherever they come up, and never run.
class HostileTextIT {

    private static final String SCRIPT = "<img src=x onerror=window.hit=1>";
    private static final String RECORDS =
            "[{\"id\": \"<script>window.hit=2</script>\", \"%1$s\": \"%1$s\", \"nested\": {\"%1$s\": [\"%1$s\"]}}]"
                    .formatted(SCRIPT);

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @Test
    void scriptsAsNamesAndValuesAreText() {
        Page page = browser.open("#/ingest");
        page.locator("textarea").fill(RECORDS);
        page.getByLabel("Table").first().fill("console_hostile");
        page.locator("ingest-view button.primary").click();
        assertThat(page.locator(".receipt").first()).containsText("Ingested 1 record");

        page.navigate(browser.address("#/query"));
        Desk desk = new Desk(page);
        desk.run("SELECT * FROM console_hostile");
        assertThat(desk.grid()).containsText(SCRIPT);
        desk.cells().first().dblclick();
        assertThat(page.locator(".record")).containsText(SCRIPT);
        for (String as : new String[] {"Chart", "Plan", "JSON"}) {
            desk.choose(as);
        }
        desk.run("SELECT '" + SCRIPT + "' AS \"" + SCRIPT + "\", x");
        assertThat(page.locator(".result")).containsText("Failed");
        desk.choose("History");
        assertThat(page.locator("query-sidebar")).containsText("onerror");
        page.navigate(browser.address("#/find"));
        page.getByLabel("Text, anywhere in a record").fill("onerror");
        page.keyboard().press("Enter");
        assertThat(page.locator("find-view").locator("[role=grid]")).containsText(SCRIPT);
        page.navigate(browser.address("#/lake?table=console_hostile"));
        assertThat(page.locator(".lake-main")).containsText(SCRIPT);
        page.navigate(browser.address("#/fleet"));
        assertThat(page.locator("fleet-view")).containsText("onerror");

        assertThat(page.evaluate("window.hit === undefined && document.querySelector('img') === null"))
                .isEqualTo(true);
    }
}
