package io.duckfleet.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.duckfleet.it.RunningFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for the whole console.
class ShellConsoleIT {

    private static final System.Logger LOG = System.getLogger(ShellConsoleIT.class.getName());

    private static final int MOST_SCRIPT = 300_000;

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @RegisterExtension
    static final ConsoleBrowser browser = new ConsoleBrowser(fleet);

    @Test
    void sendsBrowsersFromTheRootToTheConsoleAndProgramsNot() {
        Page page = browser.open("");
        String root = fleet.local().coordinator().resolve("/").toString();

        page.navigate(root);
        APIResponse asked = page.request().get(root, RequestOptions.create().setHeader("Accept", "*/*"));

        assertThat(page).hasURL(browser.address(""));
        assertThat(asked.text()).contains("\"console_url\":\"/console/\"");
    }

    @Test
    void allowsNoScriptsButItsOwn() {
        Page page = browser.open("");

        Response response = page.reload();

        assertThat(response.headerValue("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self';");
    }

    @Test
    void isSmall() {
        Page page = browser.open("#/find");
        List<Response> scripts = new ArrayList<>();
        page.onResponse(response -> {
            if (response.url().endsWith(".js")) {
                scripts.add(response);
            }
        });

        page.reload();

        assertThat(scripts).isNotEmpty();
        assertThat(scripts.stream()
                        .mapToInt(script -> compressed(script.body()))
                        .sum())
                .isLessThan(MOST_SCRIPT);
    }

    /// Half a second on a machine that does nothing else; here it has ten times as long.
    @Test
    void paintsSoon() {
        Page page = browser.open("#/query");

        page.reload();
        page.getByLabel("Filter tables").waitFor();
        Object paint = page.evaluate("Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)");

        LOG.log(System.Logger.Level.INFO, "the console''s first paint came after {0} ms", paint);
        assertThat(((Number) paint).intValue()).isBetween(1, 5_000);
    }

    @Test
    void isReachedByKeys() {
        Page page = withListOfKeys();

        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        page.keyboard().press("g");
        page.keyboard().press("q");
        assertThat(page).hasURL(browser.address("#/query"));
        page.getByLabel("Filter tables").waitFor();
        page.keyboard().press("/");

        assertThat(page.getByLabel("Filter tables")).isFocused();
    }

    /// Keys go to the closed dialog's button until the page is drawn again.
    @Test
    void isReachedByKeysFromTheMomentADialogCloses() {
        Page page = withListOfKeys();

        page.locator("#keys").evaluate("""
                dialog => {
                  const focused = document.activeElement;
                  dialog.close();
                  if (document.activeElement !== focused) throw new Error('the focus has moved on');
                  for (const key of 'gq') focused.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                }""");

        assertThat(page).hasURL(browser.address("#/query"));
    }

    /// A page whose dialog with the list of keys was opened by its key.
    private static Page withListOfKeys() {
        Page page = browser.open("#/fleet");
        page.locator("fleet-view h1").waitFor();
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("go to Query");
        return page;
    }

    @Test
    void saysThatTheCoordinatorIsAwayAndKeepsThePage() {
        Page page = browser.open("#/query");
        Desk desk = new Desk(page);
        desk.run("SELECT 7 AS seven");
        assertThat(desk.cost()).containsText("1 row");

        page.route("**/*", route -> route.abort());
        desk.run("SELECT 8 AS eight");

        assertThat(page.locator(".result").getByRole(AriaRole.ALERT)).containsText("out of reach");
        assertThat(page.locator(".notice.bad")).containsText("gives no answer");
        assertThat(desk.editor()).hasText("SELECT 8 AS eight");
        page.unroute("**/*");
        desk.run("SELECT 9 AS nine");
        assertThat(desk.cost()).containsText("1 row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/query", "#/find", "#/ingest", "#/lake", "#/fleet"})
    void fitsAPhone(String view) {
        Page page = browser.open(view, ConsoleBrowser.Look.PHONE);
        page.waitForCondition(() -> page.locator("main").innerText().length() > 20);

        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(overflow).isEqualTo(0);
    }

    private static int compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }
}
