package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.duckfleet.it.RunningFleet;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Records go in, are found, and have a history.
class LakeConsoleIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @Test
    void answersPastedRecordsWithAReceipt() {
        Page page = browser.open("#/ingest");

        paste(page, "console_receipts", "[{\"id\": 1, \"event\": \"login\"}, {\"id\": 2, \"event\": \"logout\"}]");

        Locator receipt = page.locator(".receipt").first();
        assertThat(receipt).containsText("Ingested 2 records");
        assertThat(receipt).containsText("console_receipts");
        assertThat(receipt).containsText(".parquet");
    }

    @Test
    void validatesWhileTyping() {
        Page page = browser.open("#/ingest");

        text(page).fill("[{\"id\": 1},\n {\"id\": }]");
        assertThat(page.locator("#parsed")).containsText("Line 2");
        assertThat(ingestButton(page)).isDisabled();
        text(page).fill("{\"id\": 1}\n{\"id\": 2}");

        assertThat(page.locator("#parsed")).containsText("2 records");
        assertThat(ingestButton(page)).isEnabled();
    }

    @Test
    void showsRejectedRecordsBesideTheirText() {
        Page page = browser.open("#/ingest");
        paste(page, "console_rejects", "[{\"id\": 1, \"n\": 5}]");
        assertThat(page.locator(".receipt").first()).containsText("Ingested 1 record");

        page.getByLabel("Bad records").selectOption("reject");
        paste(page, "console_rejects", "[{\"id\": 2, \"n\": 6}, {\"id\": 3, \"n\": {\"no\": \"number\"}}]");

        Locator rejected = page.locator(".receipt .rejected").first();
        assertThat(rejected).containsText("record 1");
        assertThat(rejected).containsText("{\"no\":\"number\"}");
    }

    @Test
    void keepsWhatWasTypedWhenItIsRefused() {
        Page page = browser.open("#/ingest");
        paste(page, "console_refused", "[{\"id\": 1, \"n\": 5}]");
        assertThat(page.locator(".receipt").first()).containsText("Ingested 1 record");

        paste(page, "console_refused", "[{\"id\": 2, \"n\": {\"no\": \"number\"}}]");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("record 0");
        assertThat(text(page)).hasValue("[{\"id\": 2, \"n\": {\"no\": \"number\"}}]");
    }

    @Test
    void takesFiles() {
        Page page = browser.open("#/ingest");
        tab(page, "Files").click();
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload(
                        "people.csv",
                        "text/csv",
                        "id,name\n1,Ada\n2,Grace\n3,Edsger\n".getBytes(StandardCharsets.UTF_8)));
        page.getByLabel("Table").first().fill("console_files");

        ingestButton(page).click();

        assertThat(page.locator(".receipt").first()).containsText("3");
        assertThat(page.locator(".receipt").first()).containsText("people.csv");
    }

    @Test
    void showsHowMuchOfAFileIsSent() {
        Page page = browser.open("#/ingest");
        tab(page, "Files").click();
        String lines =
                "{\"id\": 1, \"text\": \"%s\"}\n".formatted("x".repeat(1000)).repeat(1500);
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload("long.jsonl", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8)));
        page.getByLabel("Table").first().fill("console_long");
        slowUploads(page, 400_000);

        ingestButton(page).click();

        assertThat(page.getByRole(AriaRole.PROGRESSBAR))
                .hasAttribute("aria-valuenow", Pattern.compile("^[1-9][0-9]?$"));
        assertThat(page.locator(".receipt").first()).containsText("1,500");
    }

    private static void slowUploads(Page page, int bytesPerSecond) {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", 0);
        conditions.addProperty("downloadThroughput", -1);
        conditions.addProperty("uploadThroughput", bytesPerSecond);
        CDPSession session = page.context().newCDPSession(page);
        session.send("Network.enable");
        session.send("Network.emulateNetworkConditions", conditions);
    }

    @Test
    void generatesRecords() {
        Page page = browser.open("#/ingest");
        tab(page, "Generate").click();
        page.getByLabel("Kind").selectOption("sensor");
        page.getByLabel("How many").fill("50");
        page.getByLabel("Table").first().fill("console_sensors");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Generate 50"))
                .click();

        assertThat(page.locator(".receipt").first()).containsText("console_sensors");
    }

    @Test
    void findsRecordsByTextIdAndDate() {
        Page page = browser.open("#/ingest");
        paste(
                page,
                "console_finds",
                "[{\"id\": 4711, \"note\": \"a Needle in the hay\"}, {\"id\": 4712, \"note\": \"hay\"}]");
        assertThat(page.locator(".receipt").first()).containsText("Ingested 2 records");
        page.navigate(browser.address("#/find?table=console_finds"));
        Locator grid = page.locator("find-view").getByRole(AriaRole.GRID);

        page.getByLabel("Text, anywhere in a record").fill("needle");
        find(page);
        assertThat(page.locator(".found")).containsText("1 record");
        assertThat(grid).containsText("a Needle in the hay");
        tab(page, "By id").click();
        page.getByLabel("record_id or id").fill("4712");
        find(page);
        assertThat(grid).containsText("4,712");
        tab(page, "Recent").click();
        find(page);
        assertThat(page.locator(".found")).containsText("2 records");
        tab(page, "Date range").click();
        find(page);

        assertThat(page.locator(".found")).containsText("2 records");
    }

    @Test
    void saysThatNothingWasFound() {
        Page page = browser.open("#/find?way=id&id=no-such-record");

        find(page);

        assertThat(page.locator("find-view").getByRole(AriaRole.ALERT)).containsText("not found");
    }

    @Test
    void travelsToASnapshotAndBack() {
        Page page = browser.open("#/ingest");
        paste(page, "console_travels", "[{\"id\": 1}]");
        Locator first = page.locator(".receipt").first();
        assertThat(first).containsText("Ingested 1 record");
        paste(page, "console_travels", "[{\"id\": 2}, {\"id\": 3}]");
        assertThat(page.locator(".receipt")).hasCount(2);
        page.navigate(browser.address("#/lake"));
        page.locator(".timeline button")
                .filter(new Locator.FilterOptions().setHasText("console_travels"))
                .last()
                .click();
        assertThat(page.locator(".asof")).containsText("As of snapshot");

        page.navigate(browser.address("#/query"));
        Desk desk = new Desk(page);
        desk.run("SELECT count(*) AS n FROM console_travels t JOIN (SELECT 1) ON true");
        assertThat(desk.grid().locator("#cell-0-0")).hasText("1");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Back to now"))
                .click();
        desk.run("SELECT count(*) AS n FROM console_travels");

        assertThat(desk.grid().locator("#cell-0-0")).hasText("3");
    }

    @Test
    void showsTablesWithColumnsAndFiles() {
        Page page = browser.open("#/lake");
        Locator lake = page.locator(".lake-main");
        assertThat(lake).containsText("trips");

        lake.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName("trips").setExact(true))
                .click();

        assertThat(lake).containsText("tpep_pickup_datetime");
        assertThat(lake.locator("xy-chart rect.column").first()).isVisible();
        tab(page, "Files by partition").click();
        assertThat(lake).containsText("2019-03-");
    }

    @Test
    void showsServicesLive() {
        Page page = browser.open("#/fleet");

        Locator services = page.locator(".fleet-table");
        assertThat(services).containsText("routes");
        assertThat(services).containsText("67,663");
        assertThat(services.locator("tbody tr")).hasCount(5);
        assertThat(services.locator(".state.bad")).hasCount(0);
        assertThat(page.locator("fleet-view")).containsText("Sidecar buffer");
        services.locator("svg.spark path").first().waitFor();
    }

    @Test
    void showsCommitsLive() {
        Page page = browser.open("#/fleet");
        Locator commits = page.getByLabel("Sidecar").locator(".commits");
        commits.waitFor();
        String before = commits.innerText();

        Page other = browser.open("#/ingest");
        paste(other, "console_commits", "[{\"id\": 1}]");
        assertThat(other.locator(".receipt").first()).containsText("Ingested 1 record");

        assertThat(commits).not().hasText(before);
        page.getByLabel("Commits a second").locator("path").waitFor();
    }

    @Test
    void cancelsAQueryOfTheFleet() {
        Page page = browser.open("#/query");
        new Desk(page).run("SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) % 7 = j + 1");
        Page fleetPage = browser.open("#/fleet");

        fleetPage
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .first()
                .click();

        assertThat(page.locator(".result").getByRole(AriaRole.ALERT)).containsText("cancelled");
        assertThat(fleetPage.locator("fleet-view")).containsText("Nothing runs");
    }

    private static void paste(Page page, String table, String records) {
        text(page).fill(records);
        page.getByLabel("Table").first().fill(table);
        ingestButton(page).click();
    }

    private static Locator text(Page page) {
        return page.locator("textarea");
    }

    private static Locator ingestButton(Page page) {
        return page.locator("ingest-view button.primary");
    }

    private static void find(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Find").setExact(true))
                .click();
    }

    private static Locator tab(Page page, String name) {
        return page.getByRole(
                AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
