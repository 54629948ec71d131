package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.duckfleet.it.RunningFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// SQL in the console: editor, result, plan, history.
class QueryConsoleIT {

    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) % 7 = j";
    private static final String JOIN = """
            SELECT al.name, count(*) AS n FROM routes r JOIN airlines al USING (airline_id)
            GROUP BY ALL ORDER BY n DESC, al.name LIMIT 20""";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @Test
    void runsAJoinAndTellsWhatItCost() {
        Desk desk = new Desk(browser.open("#/query"));

        desk.run(JOIN);

        assertThat(desk.cost()).containsText("20 rows");
        assertThat(desk.cost()).containsText("2 nodes");
        assertThat(desk.row(0)).containsExactly("Ryanair", "2,484");
    }

    @Test
    void scrollsThroughTenThousandRowsOfWhichItHoldsAFew() {
        Desk desk = new Desk(browser.open("#/query"));

        desk.run("SELECT i, i * 2 AS twice FROM range(10000) t(i)");
        assertThat(desk.cost()).containsText("10,000 rows");
        desk.grid().focus();
        desk.page().keyboard().press("Control+End");

        assertThat(desk.grid().locator("#cell-9999-1")).hasText("19,998");
        assertThat(desk.cells().count()).isLessThan(400);
    }

    @Test
    void sortsByAColumnAndShowsNullAsNull() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT * FROM (VALUES (2, 'b'), (NULL, 'n'), (10, 'a')) t(n, s)");
        assertThat(desk.cost()).containsText("3 rows");

        desk.grid().getByRole(AriaRole.BUTTON).first().click();

        assertThat(desk.grid().locator("#cell-0-0")).hasText("2");
        assertThat(desk.row(1)).containsExactly("10", "a");
        assertThat(desk.row(2)).containsExactly("NULL", "n");
    }

    @Test
    void unfoldsNestedValues() {
        Desk desk = new Desk(browser.open("#/query"));

        desk.run("SELECT {'place': {'lat': 1.5, 'tags': ['x', 'y']}} AS st");
        desk.cells().first().getByRole(AriaRole.BUTTON).click();

        assertThat(desk.page().locator(".record")).containsText("lat");
        assertThat(desk.page().locator(".record .unfolded").last()).containsText("y");
    }

    @Test
    void underlinesAnErrorAndKeepsTheText() {
        Desk desk = new Desk(browser.open("#/query"));

        desk.run("SELECT name,\n  a.cty FROM airports a");

        assertThat(desk.page().getByRole(AriaRole.ALERT)).containsText("cty");
        assertThat(desk.page().locator("sql-editor .cm-lintRange-error")).hasText("a.cty");
        assertThat(desk.editor()).containsText("a.cty FROM airports a");
    }

    @Test
    void cancelsARunningQuery() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run(ENDLESS);
        assertThat(desk.cost()).containsText("Running");

        desk.button("Cancel").click();

        assertThat(desk.cost()).containsText("Cancelled");
        desk.page().waitForCondition(() -> !queries(desk).contains("\"running\""));
    }

    @Test
    void drawsWhatEachNodeGave() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run(JOIN);
        assertThat(desk.cost()).containsText("20 rows");

        desk.choose("Plan");

        assertThat(desk.page().locator(".picture .box.node")).hasCount(2);
        assertThat(desk.page().locator(".picture .sources")).containsText("67,663 rows");
        desk.page().locator(".picture .box.node").last().click();
        assertThat(desk.page().getByLabel("SQL that is sent")).containsText("SELECT");
        desk.button("Show in the table").click();
        assertThat(desk.grid().locator("[role=columnheader].marked").first()).containsText("name");
    }

    @Test
    void explainsWithoutRunning() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.type("SELECT city FROM airports WHERE country = 'Iceland'");

        desk.button("Explain").click();

        assertThat(desk.cost()).containsText("not run");
        assertThat(desk.page().locator(".picture .box.node")).containsText("airports");
    }

    @Test
    void drawsTheChartThatSuits() {
        Desk desk = new Desk(browser.open("#/query"));

        desk.run(JOIN);
        desk.choose("Chart");
        assertThat(desk.page().locator("bar-chart li")).hasCount(20);
        desk.run("SELECT tpep_pickup_datetime::DATE AS day, count(*) AS trips FROM trips GROUP BY ALL ORDER BY day");

        assertThat(desk.page().locator("xy-chart svg path.line")).hasCount(1);
        desk.page().locator("chart-view select").first().selectOption("histogram");
        assertThat(desk.page().locator("xy-chart rect.column").first()).isVisible();
    }

    @Test
    void downloadsTheWholeResult() throws IOException {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT i AS n FROM range(3) t(i)");
        desk.button("Download").click();

        Download download = desk.page()
                .waitForDownload(() -> desk.page()
                        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("CSV"))
                        .click());

        assertThat(Files.readString(download.path()).lines()).containsExactly("n", "0", "1", "2");
    }

    @Test
    void completesTablesColumnsAndFunctions() {
        Desk desk = new Desk(browser.open("#/query"));
        assertThat(desk.page().locator("query-sidebar")).containsText("airports");

        assertThat(completions(desk, "SELECT * FROM airp")).contains("airports");
        assertThat(completions(desk, "SELECT a.alti FROM airports a", "SELECT a.alti"))
                .contains("altitude_ft");
        assertThat(completions(desk, "SELECT date_tr")).contains("date_trunc");
    }

    @Test
    void keepsTabsHistoryAndSavedQueriesInTheBrowser() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT 41 + 1 AS answer");
        assertThat(desk.cost()).containsText("1 row");
        desk.button("Save").click();
        desk.page().getByLabel("Name of the query").fill("The answer");
        desk.page().keyboard().press("Enter");

        desk.page().reload();

        assertThat(desk.editor()).hasText("SELECT 41 + 1 AS answer");
        desk.choose("Saved");
        assertThat(desk.page().locator("query-sidebar")).containsText("The answer");
        desk.choose("History");
        assertThat(desk.page().locator("query-sidebar .past").first()).containsText("41 + 1");
    }

    @Test
    void runsAQueryFromALinkAndLaysItOut() {
        Desk desk = new Desk(browser.open("#/query?sql=select%201%20as%20one%20from%20airports%20limit%201&run="));

        assertThat(desk.cost()).containsText("1 row");
        desk.button("Format").click();
        assertThat(desk.editor().locator(".cm-line"))
                .hasText(new String[] {"SELECT 1 AS one", "FROM airports", "LIMIT 1"});
    }

    private static List<String> completions(Desk desk, String sql) {
        return completions(desk, sql, sql);
    }

    /// What is offered behind `upTo`.
    private static List<String> completions(Desk desk, String sql, String upTo) {
        desk.type(sql);
        for (int i = upTo.length(); i < sql.length(); i++) {
            desk.page().keyboard().press("ArrowLeft");
        }
        desk.page().keyboard().press("Control+Space");
        desk.page().locator("sql-editor .cm-tooltip-autocomplete li").first().waitFor();
        List<String> labels =
                desk.page().locator("sql-editor .cm-completionLabel").allInnerTexts();
        desk.page().keyboard().press("Escape");
        return labels;
    }

    private static String queries(Desk desk) {
        return desk.page()
                .request()
                .get(fleet.local().coordinator().resolve("/queries").toString())
                .text();
    }
}
