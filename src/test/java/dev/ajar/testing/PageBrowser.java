package dev.ajar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Debian's Chromium, for tests of the page; they are skipped where it is missing. */
public final class PageBrowser implements AutoCloseable {
    public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** What its console said that should not be there. */
    public final List<String> problems = new ArrayList<>();

    private final Playwright playwright;
    private final Browser browser;

    public PageBrowser() {
        this(CHROMIUM);
    }

    /** @param program starts it, with the arguments it is given: a script may have it run elsewhere */
    public PageBrowser(Path program) {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed (Debian: chromium)");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-quic")));
    }

    /** @param locale of the user, such as {@code de-DE} */
    public Page page(int width, ColorScheme scheme, String locale) {
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme)
                        .setLocale(locale)
                        .setReducedMotion(ReducedMotion.REDUCE))
                .newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        page.onPageError(problems::add);
        return page;
    }

    public static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** Chooses a view by its link. */
    public static void view(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** Keeps a picture for the documentation, with {@code -Dajar.screenshots=docs/images}. */
    public static void picture(Page page, String name) {
        String folder = System.getProperty("ajar.screenshots", "");
        if (!folder.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(folder, "page-" + name + ".png"))
                    .setFullPage(true));
        }
    }

    /** No violation that axe-core finds, and nothing wider than the screen. */
    public static void isAccessible(Page page, String view) {
        page.evaluate(axe());
        Object found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']}))"
                + ".violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '))");
        assertThat((List<?>) found).as(view).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("width of %s", view)
                .isEqualTo(true);
    }

    private static String axe() {
        try (InputStream in = PageBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before their server ends: what a page of an earlier test says then is no problem of the next one. */
    public void closePages() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
        problems.clear();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
