package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.duckfleet.it.ChildService;
import io.duckfleet.it.OwnCoordinator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The choice of Trino, where a coordinator has one. Nobody listens at its address here: `TrinoIT` asks a
/// real one.
class EngineConsoleIT {

    private static OwnCoordinator coordinator;

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(() -> coordinator.at("/"));

    @BeforeAll
    static void start() {
        coordinator = OwnCoordinator.over(Map.of(), Map.of("TRINO_URL", "http://127.0.0.1:" + ChildService.freePort()));
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    @Test
    void givesAQueryToTheEngineThatIsChosen() {
        Desk desk = new Desk(browser.open("#/query"));
        desk.run("SELECT 7/2 AS half");
        assertThat(desk.cost()).containsText("1 row");

        engine(desk).selectOption("trino");
        desk.run("SELECT 7/2 AS half");

        assertThat(desk.page().getByRole(AriaRole.ALERT)).containsText("TRINO_URL");
        desk.choose("History");
        assertThat(desk.page().locator(".sidebar")).containsText("trino");
    }

    @Test
    void carriesTheEngineInLinks() {
        Desk desk = new Desk(browser.open("#/query?sql=SELECT+1&engine=trino"));

        assertThat(engine(desk)).hasValue("trino");
    }

    @Test
    void showsTrinoAmongTheServices() {
        Desk desk = new Desk(browser.open("#/fleet"));

        assertThat(desk.page().locator(".fleet-table")).containsText("trino");
        assertThat(desk.page().locator(".fleet-table")).containsText("no answer within 2 s");
    }

    private static Locator engine(Desk desk) {
        return desk.page().getByLabel("Engine");
    }
}
