package dev.ajar.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ajar.testing.PageBrowser.button;
import static dev.ajar.testing.PageBrowser.isAccessible;
import static dev.ajar.testing.PageBrowser.picture;
import static dev.ajar.testing.PageBrowser.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.PageBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, before a real daemon with an embedded router. With {@code -Dajar.screenshots=docs/images}
 * it renews the pictures of the documentation.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageBrowserTest {
    private static final double SLOW = 60_000;
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW);

    private static final LocatorAssertions.ContainsTextOptions LATER =
            new LocatorAssertions.ContainsTextOptions().setTimeout(3 * SLOW);

    private PageBrowser browser;

    @BeforeAll
    void start() {
        browser = new PageBrowser();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void a_port_is_opened_seen_lost_and_closed(@TempDir Path folder) throws IOException {
        try (PageMachine machine = PageMachine.start(folder)) {
            Page page = browser.page(1100, ColorScheme.LIGHT, "en-GB");
            page.navigate(machine.link);
            assertThat(page.locator("#link")).containsText("the ajar daemon", PATIENTLY);
            assertThat(page.url()).doesNotContain("#");
            MeasurementLog.record(
                    "page",
                    page.evaluate("() => Math.round(performance"
                                    + ".getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1)")
                            + " ms to the first paint");

            // Opening a preset by the keyboard: choose it, Enter.
            Locator preset = page.getByLabel("What", new Page.GetByLabelOptions().setExact(true));
            assertThat(preset.locator("option[value=minecraft]")).hasCount(1);
            preset.selectOption("minecraft");
            preset.focus();
            button(page, "Add").press("Enter");
            Locator outcome = page.locator("form .result");
            assertThat(outcome).containsText("Tell your friends", PATIENTLY);
            assertThat(outcome).containsText("203.0.113.7");
            assertThat(outcome.locator("svg.qr")).isVisible();
            Locator rows = page.locator("table[aria-label='Kept open by ajar'] tbody tr");
            assertThat(rows.first()).containsText("TCP 25565", PATIENTLY);
            assertThat(page.locator("main"))
                    .not()
                    .containsText("has not answered yet", new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW));
            isAccessible(page, "ports");
            picture(page, "ports");

            dangerNeedsAYes(page, outcome, preset);

            machine.reboot();
            doctor(page);
            others(page);
            phone(page);

            // Seen by the daemon within a minute, and then here at once.
            view(page, "History");
            assertThat(page.locator("main")).containsText("open again", LATER);
            assertThat(page.locator("main")).containsText("lost");
            picture(page, "history");

            view(page, "Ports");
            button(page, "Close tcp 25565").click();
            assertThat(page.locator("main")).containsText("TCP 25565: closed", PATIENTLY);
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("TCP 25565")))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(SLOW));

            page.reload();
            assertThat(page.locator("main")).containsText("Run: ajar web");
            isAccessible(page, "shut out");
            assertThat(browser.problems)
                    .filteredOn(problem -> !problem.contains("ERR_") || problem.contains("INCOMPLETE"))
                    .isEmpty();
        }
    }

    private static void dangerNeedsAYes(Page page, Locator outcome, Locator preset) {
        preset.selectOption("");
        page.getByLabel("External port").fill("3389");
        button(page, "Add").click();
        assertThat(outcome).containsText("ransomware", PATIENTLY);
        assertThat(outcome).not().containsText("TCP 3389: open");
        picture(page, "refused");
        isAccessible(page, "refused");
        button(page, "Yes, I am sure").click();
        assertThat(outcome).containsText("TCP 3389: open", PATIENTLY);
    }

    private static void doctor(Page page) {
        view(page, "Why not?");
        page.getByLabel("Port", new Page.GetByLabelOptions().setExact(true)).fill("25565");
        button(page, "Find out").click();
        assertThat(page.locator("main .result h3").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SLOW));
        picture(page, "doctor");
        isAccessible(page, "doctor");
        button(page, "The steps on my router").click();
        assertThat(page.locator("main .result ol li").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SLOW));
        isAccessible(page, "guide");
    }

    private static void others(Page page) {
        for (String name : List.of("Devices", "Relay", "This home")) {
            view(page, name);
            assertThat(page.locator("main"))
                    .not()
                    .containsText("Looking", new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW));
            isAccessible(page, name);
        }
        assertThat(page.locator("main")).containsText("203.0.113.7", PATIENTLY);
        picture(page, "home");
    }

    private static void phone(Page page) {
        page.setViewportSize(360, 740);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        for (String name : List.of("Ports", "Why not?", "Devices", "Relay", "This home", "History")) {
            view(page, name);
            assertThat(page.locator("main section").first()).isVisible();
            isAccessible(page, name + " on a phone");
        }
        view(page, "Ports");
        assertThat(page.locator("table[aria-label='Kept open by ajar']")).isVisible();
        picture(page, "phone-dark");
        page.setViewportSize(1100, 900);
    }
}
