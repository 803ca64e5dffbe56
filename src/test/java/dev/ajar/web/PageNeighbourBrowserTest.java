package dev.ajar.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ajar.testing.PageBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another user of this machine serves a page on another port of loopback, and the owner of ajar's page opens it beside:
 * what it tries in a real browser.
 */
@Tag("browser")
class PageNeighbourBrowserTest {
    private static final List<String> OPEN = List.of("open", "25565/tcp", "--json");

    /** Each way a page has to send to another one and to read from it; it writes down what it could read. */
    private static final String ATTACK = """
            async (target) => {
              const read = {};
              const body = JSON.stringify({ command: 'open', ports: ['25565/tcp'] });
              const attempt = async (name, action) => {
                try { read[name] = String(await action()); } catch (e) { read[name] = ''; }
              };
              const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer guess' };
              await attempt('read', async () => (await fetch(target)).text());
              await attempt('post', async () => (await fetch(target + 'api/run', { method: 'POST', headers, body })).status);
              await attempt('with cookies', async () => (await fetch(target + 'api/run',
                { method: 'POST', headers, body, credentials: 'include' })).status);
              await attempt('blind', async () => (await fetch(target + 'api/run',
                { method: 'POST', mode: 'no-cors', body })).text());
              await attempt('module', async () => Object.keys(await import(target + 'api.js')));
              await attempt('events', () => new Promise((resolve) => {
                const events = new EventSource(target + 'api/events');
                events.onmessage = (event) => resolve(event.data);
                events.onerror = () => { events.close(); resolve(''); };
              }));
              const element = (name, tag, members) => attempt(name, () => new Promise((resolve) => {
                const made = document.body.appendChild(Object.assign(document.createElement(tag), members));
                made.onload = () => resolve(made.contentDocument ? made.contentDocument.body.innerText : tag === 'iframe' ? '' : 'loaded');
                made.onerror = () => resolve('');
              }));
              await element('script', 'script', { src: target + 'qr.js' });
              await element('picture', 'img', { src: target + 'icon.svg' });
              await element('style', 'link', { rel: 'stylesheet', href: target + 'style.css' });
              await element('frame', 'iframe', { src: target });
              const form = document.body.appendChild(Object.assign(document.createElement('form'),
                { method: 'post', action: target + 'api/run', enctype: 'text/plain', target: 'form' }));
              const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { name: 'form' }));
              form.appendChild(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ',"x":"', value: '"}' }));
              const sent = new Promise((resolve) => { frame.onload = resolve; });
              form.submit();
              await sent;
              const other = window.open(target);
              await new Promise((resolve) => setTimeout(resolve, 500));
              await attempt('window', () => other.document.body.innerText);
              return read;
            }""";

    @Test
    void it_learns_nothing_and_changes_nothing(@TempDir Path folder) throws IOException {
        Set<String> told = ConcurrentHashMap.newKeySet();
        HttpServer neighbour = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        neighbour.createContext("/", exchange -> serve(exchange, told));
        neighbour.start();
        try (PageBrowser browser = new PageBrowser();
                PageFixture fixture = new PageFixture(folder)) {
            Page owners = browser.page(1100, ColorScheme.LIGHT, "en-GB");
            owners.navigate(fixture.document().text("link"));
            assertThat(owners.locator("main section").first()).isVisible();
            fixture.asked.clear();

            Page hostile = owners.context().newPage();
            hostile.navigate("http://127.0.0.1:" + neighbour.getAddress().getPort() + "/");
            Map<?, ?> read = (Map<?, ?>) hostile.evaluate(ATTACK, "http://127.0.0.1:" + fixture.page.port() + "/");

            assertThat(read)
                    .hasSize(11)
                    .allSatisfy((way, what) -> assertThat(what).as("%s", way).isEqualTo(""));
            assertThat(fixture.asked).doesNotContain(OPEN);
            assertThat(told)
                    .allSatisfy(headers -> assertThat(headers)
                            .doesNotContainIgnoringCase("bearer")
                            .doesNotContainIgnoringCase("secret"));
            // What the neighbour tried is a change where the page itself asks for it.
            owners.evaluate("async () => (await import('/api.js')).ask('open', { ports: ['25565/tcp'] })");
            assertThat(fixture.asked).contains(OPEN);
        } finally {
            neighbour.stop(0);
        }
    }

    private static void serve(HttpExchange exchange, Set<String> told) throws IOException {
        told.add(exchange.getRequestHeaders().entrySet().toString());
        byte[] page = "<!doctype html><title>a neighbour</title><body>".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        try (exchange) {
            exchange.getResponseBody().write(page);
        }
    }
}
