package io.duckfleet.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.duckfleet.it.RunningFleet;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real browser with pages at the console of a coordinator. After each test its pages are closed, and
/// what they shouldn't have done fails the test: errors of scripts, what the page's policy forbids, and
/// requests to anywhere but the coordinator.
final class ConsoleBrowser implements BeforeAllCallback, AfterEachCallback {

    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking");

    /// Ends what hangs, on a starved machine, too; how soon pages appear is no matter of it (`paintsSoon` has its own
    /// bound).
    private static final double PATIENCE_MS = 60_000;

    private final Supplier<URI> coordinator;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> offences = new CopyOnWriteArrayList<>();
    private Chromium chromium;

    ConsoleBrowser(RunningFleet fleet) {
        this(() -> fleet.local().coordinator());
    }

    ConsoleBrowser(Supplier<URI> coordinator) {
        this.coordinator = coordinator;
    }

    /// One browser for all test classes.
    private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

        static Chromium launch(String executable) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(executable))
                    .setArgs(ARGUMENTS);
            return new Chromium(playwright, playwright.chromium().launch(options));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        String executable = ChromiumPath.find()
                .orElseGet(() -> Assumptions.abort("no Chromium on this machine; apt-get install chromium brings one"));
        chromium = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ConsoleBrowser.class))
                .computeIfAbsent(Chromium.class, key -> Chromium.launch(executable), Chromium.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> seen = List.copyOf(offences);
        offences.clear();
        assertThat(seen).as("what the pages shouldn't have done").isEmpty();
    }

    /// A page of a visitor who was never here, at `path` of the console, such as `#/lake`.
    Page open(String path) {
        return open(path, Look.DESKTOP);
    }

    Page open(String path, Look look) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(look.width(), look.height())
                        .setColorScheme(ColorScheme.LIGHT)
                        .setAcceptDownloads(true));
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onPageError(error -> offences.add("script error: " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                offences.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(coordinator.get().toString())
                    && request.url().startsWith("http")) {
                offences.add("request to " + request.url());
            }
        });
        page.navigate(address(path));
        return page;
    }

    String address(String path) {
        return coordinator.get().resolve("/console/") + path;
    }

    /// The window of a visitor.
    record Look(int width, int height) {

        static final Look DESKTOP = new Look(1280, 800);
        static final Look PHONE = new Look(400, 800);
    }
}
