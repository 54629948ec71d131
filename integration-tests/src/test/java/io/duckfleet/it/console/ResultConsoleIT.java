package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.duckfleet.it.RunningFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person takes away from a result: files, text, a chart, the request itself.
class ResultConsoleIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @ParameterizedTest
    @CsvSource({"Parquet, PAR1", "JSON, {\"results\":", "CSV, n"})
    void downloadsInEachFormat(String format, String beginning) throws IOException {
        byte[] file = download(format);

        assertThat(new String(file, 0, beginning.length(), StandardCharsets.ISO_8859_1))
                .isEqualTo(beginning);
    }

    @Test
    void downloadsArrow() throws IOException {
        assertThat(download("Arrow")).startsWith(0xFF, 0xFF, 0xFF, 0xFF);
    }

    private static byte[] download(String format) throws IOException {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT i AS n FROM range(3) t(i)");
        assertThat(desk.cost()).containsText("3 rows");
        desk.button("Download").click();
        Download download = desk.page()
                .waitForDownload(() -> desk.page()
                        .getByRole(
                                AriaRole.MENUITEM,
                                new Page.GetByRoleOptions().setName(format).setExact(true))
                        .click());
        return Files.readAllBytes(download.path());
    }

    @Test
    void copiesTheResult() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        desk.run("SELECT i AS n, 'x' || i AS name FROM range(2) t(i)");
        assertThat(desk.cost()).containsText("2 rows");

        desk.page()
                .locator(".result")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Copy").setExact(true))
                .click();

        assertThat(desk.page().locator(".result")).containsText("Copied");
        assertThat(desk.page()
                        .evaluate("navigator.clipboard.readText()")
                        .toString()
                        .strip())
                .isEqualTo("n\tname\n0\tx0\n1\tx1");
    }

    @Test
    void drawsTwoNumbersAsPoints() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT altitude_ft, latitude FROM airports WHERE country = 'Iceland' ORDER BY name");
        assertThat(desk.cost()).containsText("rows");

        desk.choose("Chart");

        desk.page().locator("xy-chart circle.see-through").first().waitFor();
        assertThat(desk.page().locator("chart-view select").first()).hasValue("scatter");
    }

    @Test
    void showsTheSameAsCurlPythonAndSql() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.type("SELECT 40 + 2 AS answer");

        desk.button("As request").first().click();

        Locator dialog = desk.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByLabel("Request")).containsText("curl -H");
        desk.choose("Python");
        assertThat(dialog.getByLabel("Request")).containsText("requests.post(");
        desk.choose("SQL");
        assertThat(dialog.getByLabel("Request")).hasText("SELECT 40 + 2 AS answer");
    }

    @Test
    void showsWhatOthersHaveAsked() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.page()
                .request()
                .post(
                        fleet.local().coordinator().resolve("/query").toString(),
                        RequestOptions.create().setData("{\"query\": \"SELECT 'asked elsewhere' AS x\"}"));

        desk.choose("History");

        assertThat(desk.page().locator("query-sidebar")).containsText("asked elsewhere");
    }
}
