package dev.ajar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.file.Path;
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
            assertThat(link.page().toOptional())
                    .get()
                    .satisfies(page -> assertThat(page.link()).isEqualTo("http://127.0.0.1:4711/#abc_-1"))
                    .satisfies(page -> assertThat(page.file()).isEqualTo(Path.of("/home/page-1.html")));
            daemon.page = "{\"error\":{\"message\":\"the page cannot listen\\u001b[2J\"}}";
            assertThat(refusal(link.page()))
                    .startsWith("the page cannot listen")
                    .doesNotContain("\u001b");
            DaemonLink older = new DaemonLink(link.place(), Set.of("open"), Optional.empty());
            assertThat(refusal(older.page())).contains("older");
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
            assertThat(refusal(PageLink.read(GOOD.replace("http://127.0.0.1:4711/#abc_-1", address))))
                    .as(address)
                    .contains("unreadable");
        }
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
