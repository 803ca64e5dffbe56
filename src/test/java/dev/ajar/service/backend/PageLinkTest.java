package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.document.JsonReports;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.PageLink;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageLinkTest {
    private static final String GOOD = "{\"schema\":1,\"command\":\"web\",\"exit_code\":0,"
            + "\"address\":\"http://127.0.0.1:4711/\",\"link\":\"http://127.0.0.1:4711/#abc_-1\","
            + "\"file\":\"/home/page-1.html\",\"seconds\":30,\"error\":null}";

    private static String refusal(Result<PageLink> link) {
        return ((Result.Err<PageLink>) link).failure().detail().toString();
    }

    @Test
    void the_daemon_tells_a_way_into_its_page(@TempDir Path folder) throws IOException {
        try (ServiceFixture machine = new ServiceFixture(folder);
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("socket"))) {
            DaemonLink link = daemon.there().daemon().orElseThrow();
            daemon.page = GOOD;
            assertThat(link.page(Samples.PROTOCOLS, "").toOptional())
                    .get()
                    .satisfies(page -> assertThat(page.link()).isEqualTo("http://127.0.0.1:4711/#abc_-1"))
                    .satisfies(page -> assertThat(page.file()).isEqualTo(Path.of("/home/page-1.html")));
            daemon.page =
                    JsonReports.failed("web", new Failure.Busy(Message.verbatim("the page cannot listen\u001b[2J")));
            assertThat(link.page(Samples.PROTOCOLS, ""))
                    .isInstanceOfSatisfying(
                            Result.Err.class, err -> assertThat(err.failure()).isInstanceOf(Failure.Busy.class));
            assertThat(refusal(link.page(Samples.PROTOCOLS, "")))
                    .startsWith("the page cannot listen")
                    .doesNotContain("\u001b");
            DaemonLink older = new DaemonLink(link.place(), Set.of("open"), Optional.empty());
            assertThat(refusal(older.page(Samples.PROTOCOLS, ""))).contains("older");
        }
    }

    @Test
    void an_address_that_is_none_of_this_machine_is_not_opened() {
        for (String address : List.of(
                "http://evil.example/",
                "http://127.0.0.1.evil.example:1/",
                "https://127.0.0.1:1/",
                "javascript:alert(1)",
                "http://127.0.0.1:1/#\\\"><script>")) {
            assertThat(refusal(
                            PageLink.read(GOOD.replace("http://127.0.0.1:4711/#abc_-1", address), Samples.PROTOCOLS)))
                    .as(address)
                    .contains("unreadable");
        }
    }

    @Test
    void a_daemon_that_runs_for_the_page_ends_without_it() {
        List<String> seen = new ArrayList<>();
        PageStart page = new PageStart(Samples.PROTOCOLS, link -> seen.add(link.address()));
        page.begin(() -> Result.ok(GOOD), () -> seen.add("end"));
        assertThat(seen).containsExactly("http://127.0.0.1:4711/");
        assertThat(page.failure()).isEmpty();
        Failure taken = new Failure.BadState(Message.verbatim("the port is taken"));
        page.begin(() -> Result.err(taken), () -> seen.add("end"));
        assertThat(seen).last().isEqualTo("end");
        assertThat(page.failure()).contains(taken);
    }

    /** A browser that tells much of itself: no process reads it, and the terminal is the user's. */
    @Test
    void a_browser_is_not_kept_waiting_by_what_it_tells() {
        assertThat(Browser.starts(List.of("sh", "-c", "head -c 1000000 /dev/zero; exit 3")))
                .isFalse();
        assertThat(Browser.starts(List.of("sh", "-c", "echo started; exit 0"))).isTrue();
        assertThat(Browser.starts(List.of("/nowhere/browser"))).isFalse();
    }

    @Test
    void a_browser_is_started_where_there_is_a_screen() {
        Path file = Path.of("/home/page-1.html");
        assertThat(Browser.command(file, "Linux", Map.of())).isEmpty();
        assertThat(Browser.command(file, "Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")))
                .contains(List.of("xdg-open", "/home/page-1.html"));
        assertThat(Browser.command(file, "Mac OS X", Map.of())).contains(List.of("open", "/home/page-1.html"));
        assertThat(Browser.command(file, "Windows 11", Map.of()))
                .contains(List.of("rundll32", "url.dll,FileProtocolHandler", "/home/page-1.html"));
    }
}
