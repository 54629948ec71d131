package io.duckfleet.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.duckfleet.it.RunningFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No serious finding of axe in any view, light and dark; each view's picture is kept beside the reports, and
/// under docs/images where `duckfleet.update` is set. A view is loaded once: the two differ by style sheets
/// alone, no script asks which one it is.
class AccessibilityIT {

    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final String JOIN =
            "SELECT al.name AS airline, al.country, count(*) AS routes, count(DISTINCT r.source_airport_id) AS airports\nFROM routes r\nJOIN airlines al USING (airline_id)\nGROUP BY ALL\nORDER BY routes DESC";
    private static final String DAYS =
            "SELECT tpep_pickup_datetime::DATE AS day, count(*) AS trips\nFROM lake.trips\nWHERE partition_date >= '2019-03-01'\nGROUP BY ALL\nORDER BY day";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @ParameterizedTest
    @ValueSource(strings = {"query", "chart", "plan", "find", "ingest", "lake", "table", "fleet"})
    void hasNoSeriousFinding(String view) {
        Page page = show(view);

        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));

            assertThat(findings(page)).as("in %s", colours).isEmpty();
            page.screenshot(new Page.ScreenshotOptions().setPath(picture(view, colours == ColorScheme.DARK)));
        }
    }

    /// What loading each view once rests on.
    @Test
    void leavesColoursToStyleSheets() throws IOException {
        Path scripts = Path.of(System.getProperty("duckfleet.root"), "coordinator/src/main/resources/web/console/app");

        try (Stream<Path> files = Files.walk(scripts)) {
            assertThat(files.filter(file -> file.toString().endsWith(".js")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("prefers-color-scheme"));
        }
    }

    private static List<String> findings(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .limit(3)
                                        .toList())
                        .toList();
    }

    private static Path picture(String view, boolean dark) {
        Path root = Path.of(System.getProperty("duckfleet.root"));
        Path folder = Boolean.getBoolean("duckfleet.update")
                ? root.resolve("docs/images")
                : root.resolve("integration-tests/target/console");
        return folder.resolve("console-" + view + (dark ? "-dark" : "") + ".png");
    }

    private static Page show(String view) {
        return switch (view) {
            case "query" -> asked(JOIN, "Table", "[role=gridcell]");
            case "chart" -> asked(DAYS, "Chart", "xy-chart path.line");
            case "plan" -> asked(JOIN, "Plan", ".picture .box.node");
            case "find" -> {
                Page page = browser.open("#/find");
                page.locator("select[name=table]").selectOption("trips");
                page.getByLabel("Text, anywhere in a record").fill("2019-03-12");
                page.locator("find-view button.primary").click();
                yield ready(page, "find-view [role=gridcell]");
            }
            case "ingest" -> {
                Page page = browser.open("#/ingest");
                page.locator("textarea").fill("[{\"id\": 1, \"event\": \"login\", \"user\": {\"name\": \"Ada\"}}]");
                page.getByLabel("Table").first().fill("console_pictures");
                page.locator("ingest-view button.primary").click();
                yield ready(page, ".receipt");
            }
            case "table" -> ready(browser.open("#/lake?table=trips"), "xy-chart rect.column");
            case "lake" -> ready(browser.open("#/lake"), ".lake-main .figures");
            default -> ready(browser.open("#/fleet"), "svg.spark path");
        };
    }

    private static Page asked(String sql, String as, String shown) {
        Page page = browser.open("#/query");
        Desk desk = new Desk(page);
        desk.run(sql);
        desk.choose(as);
        return ready(page, shown);
    }

    private static Page ready(Page page, String selector) {
        page.locator(selector).first().waitFor();
        return page;
    }
}
