package dev.ajar.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.ajar.testing.PageBrowser.isAccessible;
import static dev.ajar.testing.PageBrowser.picture;
import static dev.ajar.testing.PageBrowser.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.PageBrowser;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The views in a real browser, before a daemon that says what the test wants. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageViewsBrowserTest {
    private static final String MOVING = """
            () => [...document.getAnimations().map((one) => 'an animation'),
              ...[...document.querySelectorAll('*')].flatMap((one) => ['', '::before', '::after'].flatMap((part) => {
                const style = getComputedStyle(one, part);
                return style.animationName === 'none' && /^0s(, 0s)*$/.test(style.transitionDuration)
                  && style.scrollBehavior === 'auto' ? [] : [one.localName + part];
              }))]""";

    private PageBrowser browser;

    @TempDir
    Path folder;

    private ScriptedDaemon daemon;
    private PageFixture fixture;
    private int actions;

    @BeforeAll
    void startBrowser() {
        browser = new PageBrowser();
    }

    @AfterAll
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        startWith(500);
    }

    private void startWith(int mappings) throws IOException {
        daemon = new ScriptedDaemon(mappings);
        fixture = new PageFixture(folder, Optional.of(daemon), () -> ScriptedDaemon.DEVICES);
    }

    @AfterEach
    void stop() {
        browser.closePages();
        fixture.close();
    }

    private Page open(String locale, String language) throws IOException {
        Page page = browser.page(1100, ColorScheme.LIGHT, locale);
        page.navigate(fixture.document(language).text("link"));
        assertThat(page.locator("tbody tr").first()).isVisible();
        return page;
    }

    private void press(Page page, String key) {
        actions++;
        page.keyboard().press(key);
    }

    private void type(Page page, String text) {
        actions++;
        page.keyboard().type(text);
    }

    @Test
    void five_hundred_mappings_are_shown_and_one_change_touches_one_row() throws IOException {
        Page page = open("en-GB", "");
        Locator rows = page.locator("table[aria-label='Kept open by ajar'] tbody tr");
        assertThat(rows).hasCount(500);
        assertThat(page.getByLabel("Close tcp 20400")).isVisible();
        page.getByLabel("Close tcp 20400").focus();
        page.evaluate("() => { window.touched = 0; window.seen = 0; const body = document.querySelector('tbody');"
                + "new MutationObserver((all) => { for (const one of all) window.touched += one.addedNodes.length;"
                + " window.seen ||= performance.timeOrigin + performance.now(); })"
                + ".observe(body, { childList: true }); }");

        long before = System.currentTimeMillis();
        daemon.loses(20_400);
        assertThat(rows.nth(400)).containsText("not open");

        double seen = ((Number) page.evaluate("() => window.seen")).doubleValue();
        MeasurementLog.record("page-event", Math.round(seen - before) + " ms from an event to its row among 500");
        assertThat(page.evaluate("() => window.touched")).isEqualTo(1);
        assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
                .isEqualTo("Close tcp 20400");
        page.getByLabel("Find").fill("20123");
        assertThat(rows).hasCount(1);
        isAccessible(page, "five hundred mappings");
    }

    /** The same tasks as by mouse; an action is a key, or a word that is typed. */
    @Test
    void each_task_takes_four_actions_by_keyboard_at_most() throws IOException {
        Page page = open("en-GB", "");
        assertThat(page.locator("option[value=minecraft]")).hasCount(1);
        assertThat(page.locator("#devices option")).hasCount(2);

        type(page, "Mine");
        press(page, "Enter");
        asked(page, "open a preset", "open", "minecraft", "--json");

        page = open("en-GB", "");
        assertThat(page.locator("option[value=minecraft]")).hasCount(1);
        type(page, "Mine");
        press(page, "Tab");
        type(page, "192.168.1.20");
        press(page, "Enter");
        asked(page, "choose a device", "open", "minecraft", "--to=192.168.1.20", "--json");

        press(page, "Alt+2");
        type(page, "25565");
        press(page, "Enter");
        asked(page, "find why not", "doctor", "25565", "--timeout=20s", "--json");

        page = open("en-GB", "");
        press(page, "Alt+f");
        type(page, "20300");
        press(page, "Tab");
        press(page, "Enter");
        asked(page, "close", "close", "20300/tcp", "--json");
        assertThat(page.locator("main")).containsText("TCP 20300: closed");

        page = open("en-GB", "");
        press(page, "Alt+4");
        type(page, "8554");
        press(page, "Tab");
        press(page, "Enter");
        asked(page, "stop a relay", "relay", "stop", "8554/tcp", "--json");
        assertThat(page.locator("main")).containsText("tcp 8554 is stopped");
        assertThat(page.locator("main")).containsText("The daemon relays it again");
    }

    private void asked(Page page, String task, String... line) {
        page.waitForCondition(() -> daemon.wasAsked(List.of(line)));
        assertThat(actions).as(task).isLessThanOrEqualTo(4);
        MeasurementLog.record("page-keys-" + task.replace(' ', '-'), actions + " actions by keyboard to " + task);
        actions = 0;
    }

    @Test
    void the_relay_shows_who_is_connected_how_much_and_who_was_turned_away() throws IOException {
        Page page = open("en-GB", "");
        view(page, "Relay");
        assertThat(page.locator("main")).containsText("12 too many at once from one address");
        assertThat(page.locator("main")).containsText("4 not on the list of those allowed");
        assertThat(page.locator("main")).containsText("203.0.113.7 (2)");
        assertThat(page.locator("table[aria-label=Rules] tbody tr")).containsText("TCP 8554");
        // The rates of a few seconds, while another view is shown too.
        view(page, "Ports");
        for (int port = 20_000; port < 20_004; port++) {
            page.waitForTimeout(1100);
            daemon.loses(port);
        }
        view(page, "Relay");
        assertThat(page.locator("figure path")).hasAttribute("d", java.util.regex.Pattern.compile("^M0,.*L100,.*"));
        picture(page, "relay");
        assertThat(page.locator("#link")).containsText("Kept open by");
        assertThat(browser.problems).isEmpty();
        isAccessible(page, "relay");
    }

    @Test
    void the_way_home_shows_each_hop_and_where_it_ends() throws IOException {
        Page page = open("en-GB", "");
        view(page, "This home");
        Locator way = page.locator("ol.way li");
        assertThat(way).hasCount(6);
        assertThat(way.nth(1)).containsText("The way ends here");
        assertThat(way.nth(2)).containsText("The provider’s first router 100.64.0.1");
        assertThat(way.nth(3)).containsText("100.64.0.9");
        assertThat(way.nth(4)).containsText("192.168.1.1");
        assertThat(way.nth(5)).containsText("192.168.1.10");
        assertThat(page.locator("main")).containsText("wg0 10.8.0.2 is a tunnel (VPN)");
        assertThat(page.locator("main")).containsText("leaves here first");
        assertThat(page.locator("main")).containsText("docker0 172.17.0.1 is inside this machine");
        picture(page, "way");
        isAccessible(page, "the way home");
    }

    /** A router of one's own in front: the address at which the next rule has to be made. */
    @Test
    void the_second_router_has_its_address() throws IOException {
        daemon.outside = "{\"gateway\":{\"address\":\"192.168.1.1\",\"method\":\"upnp\"},"
                + "\"external_address\":null,\"reachability\":\"unknown\","
                + "\"internet_side\":{\"kind\":\"second_router\",\"address\":\"192.168.0.2\"}}";
        Page page = open("en-GB", "");
        view(page, "This home");
        Locator way = page.locator("ol.way li");
        assertThat(way.nth(1)).containsText("Another router 100.64.0.1");
        assertThat(way.nth(1)).containsText("The way ends here");
        assertThat(way.nth(2)).containsText("192.168.0.2");
        assertThat(way).hasCount(5);
    }

    @Test
    void a_button_to_press_on_the_router_is_told_while_it_is_waited_for() throws IOException {
        Page page = open("en-GB", "");
        page.getByLabel("External port", new Page.GetByLabelOptions().setExact(true))
                .fill("25599");
        page.keyboard().press("Enter");
        Locator outcome = page.locator("form .result");
        assertThat(outcome).containsText("Confirm the change on the router now: press a button on it.");
        assertThat(outcome).not().containsText("TCP 25565: open");
        daemon.pressed.countDown();
        assertThat(outcome).containsText("TCP 25565: open");
        assertThat(outcome).not().containsText("Confirm");
        assertThat(browser.problems).isEmpty();
    }

    @Test
    void devices_have_their_names_as_text() throws IOException {
        Page page = open("en-GB", "");
        view(page, "Devices");
        assertThat(page.locator("main")).containsText("<b>garden</b> camera");
        assertThat(page.locator("main")).containsText("Axis, 02:00:00:00:00:20");
        picture(page, "devices");
        isAccessible(page, "devices");
        page.getByLabel("Forward a port to <b>garden</b> camera").click();
        assertThat(page.getByLabel("Device")).hasValue("192.168.1.20");
        assertThat(page.locator("main")).containsText("On the page of Some Router: Server IP");
        assertThat(page.locator("main b")).hasCount(0);
    }

    @Test
    void it_speaks_the_language_of_the_browser_or_the_one_that_is_chosen() throws IOException {
        Page german = open("de-DE", "");
        assertThat(german.locator("html")).hasAttribute("lang", "de");
        assertThat(german.locator("main")).containsText("Einen Port freigeben");
        view(german, "Weiterleitung");
        assertThat(german.locator("main")).containsText("Abgewiesen");
        view(german, "Warum nicht?");
        german.getByLabel("Port", new Page.GetByLabelOptions().setExact(true)).fill("25565");
        PageBrowser.button(german, "Herausfinden").click();
        assertThat(german.locator("main")).containsText("25565 ist offen.");
        isAccessible(german, "in German");
        german.waitForRequest(
                "**/api/events", () -> german.getByLabel("Sprache").selectOption("uk"));
        assertThat(german.locator("main")).containsText("Чому ні?");

        Page polish = open("de-DE", "pl");
        assertThat(polish.locator("main")).containsText("Przekieruj port");
        assertThat(browser.problems).isEmpty();
    }

    @Test
    void every_language_fits_a_phone_in_the_dark() throws IOException {
        fixture.close();
        startWith(5);
        for (String language : List.of("de", "es", "fr", "pl", "pt_BR", "ru", "tr", "uk", "zh_CN")) {
            Page page = open("en-GB", language);
            page.setViewportSize(360, 740);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            for (int view = 0; view < 6; view++) {
                page.locator("#nav a").nth(view).click();
                assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                        .as("view %s in %s", view, language)
                        .isEqualTo(true);
                assertThat((String) page.evaluate("() => document.body.innerText"))
                        .as("view %s in %s", view, language)
                        .doesNotContain("view.");
            }
            page.context().close();
        }
    }

    /** The encoder of the command line's codes is another one. */
    @Test
    void its_qr_codes_are_those_of_another_encoder() throws IOException {
        Page page = open("en-GB", "");
        for (String text : List.of(
                "1.2.3.4",
                "203.0.113.7:25565",
                "[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535",
                "https://203.0.113.7:8443/",
                "ü".repeat(39))) {
            List<QrSegment> bytes = List.of(QrSegment.makeBytes(text.getBytes(StandardCharsets.UTF_8)));
            QrCode expected = QrCode.encodeSegments(bytes, QrCode.Ecc.LOW, 1, 4, 0, false);

            Object rows = page.evaluate("async (text) => (await import('/qr.js')).modules(text)", text);

            assertThat(rows).as(text).isEqualTo(rows(expected));
        }
        assertThat(page.evaluate("async (text) => (await import('/qr.js')).modules(text)", "x".repeat(79)))
                .isNull();
    }

    private static List<List<Integer>> rows(QrCode code) {
        return IntStream.range(0, code.size)
                .mapToObj(y -> IntStream.range(0, code.size)
                        .mapToObj(x -> code.getModule(x, y) ? 1 : 0)
                        .toList())
                .toList();
    }

    /** A user who wants less motion has none, as the page moves nothing by itself. */
    @Test
    void nothing_moves() throws IOException {
        Page page = open("en-GB", "");
        assertThat(page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches"))
                .isEqualTo(true);
        for (String view : List.of("Ports", "Why not?", "Devices", "Relay", "This home", "History")) {
            view(page, view);
            assertThat((List<?>) page.evaluate(MOVING)).as(view).isEmpty();
        }
    }
}
