package dev.ajar.web;

import dev.ajar.config.DaemonConfig;
import dev.ajar.control.ControlHandler;
import dev.ajar.daemon.HttpController;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Language;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The daemon's listeners of HTTP, as its configuration and {@code ajar web} want them. Thread-safe. */
public final class HttpListeners implements HttpController {
    private final MetricsSwitch metrics;
    private final Page.Parts parts;
    private final RepeatFilter told;
    private final RetryPause pause;
    private volatile DaemonConfig config = DaemonConfig.NONE;
    private Optional<ControlHandler> daemon = Optional.empty();
    private Optional<Page> page = Optional.empty();
    private Optional<PageFiles> files = Optional.empty();
    private boolean ended;

    /**
     * What the listeners show.
     *
     * @param metrics all of them as text; called on any thread, as the others
     * @param readiness whether all that is wanted is open
     * @param devices a document with this machine and its neighbours
     * @param nextHop a document with the router behind the home's router
     * @param look a request to a daemon for what it has seen of such a gateway last
     */
    public record Sources(
            Function<ExpositionFormat, String> metrics,
            Supplier<Readiness> readiness,
            Supplier<String> devices,
            Supplier<String> nextHop,
            Function<GatewaySelector, String> look) {}

    /**
     * Listens nowhere yet.
     *
     * @param folder for the files that lead a browser to the page
     * @param random that cannot be predicted
     * @param log receives a line for people
     */
    public HttpListeners(
            Sources sources, Path folder, Timeline timeline, RandomGenerator random, Consumer<Message> log) {
        this.metrics = new MetricsSwitch(sources.metrics(), sources.readiness(), timeline, log);
        this.parts = new Page.Parts(folder, timeline, random, sources);
        this.told = new RepeatFilter(log);
        this.pause = new RetryPause(timeline);
    }

    @Override
    public synchronized void want(DaemonConfig newer, ControlHandler clients) {
        boolean moved = !newer.web().equals(config.web());
        config = newer;
        daemon = Optional.of(clients);
        metrics.want(newer.metrics());
        if (moved) {
            closePage();
        }
        if (page.isEmpty() && newer.web().isPresent() && pause.isOver()) {
            page().toOptional();
        }
    }

    /**
     * Switches the page on, and makes a way into it: the document of {@code ajar web --json}.
     *
     * @param language the code of the one to show it in; empty, or what is none, for the browser's
     */
    public synchronized Result<String> link(String language) {
        return page().flatMap(on -> {
            try {
                return Result.ok(on.link(isLanguage(language) ? language : ""));
            } catch (IOException e) {
                return Result.err(new Failure.BadState(
                        Message.of("web.no-file", "folder", parts.folder(), "why", ErrorText.reason(e))));
            }
        });
    }

    private static boolean isLanguage(String code) {
        return code.equals(Messages.ENGLISH.code())
                || Stream.of(Language.values()).anyMatch(one -> one.code().equals(code));
    }

    private Result<Page> page() {
        if (page.isPresent()) {
            return Result.ok(page.get());
        }
        if (daemon.isEmpty() || ended) {
            return Result.err(new Failure.Busy(Message.of("daemon.starting")));
        }
        int port = config.web().flatMap(settings -> settings.port()).orElse(0);
        PageFiles served = files.orElseGet(PageFiles::new);
        files = Optional.of(served);
        try {
            Page started = Page.start(port, parts, served, daemon.get(), () -> config.defaults());
            page = Optional.of(started);
            told.tell(Message.of("web.page-on", "address", started.address()));
            return Result.ok(started);
        } catch (IOException e) {
            Message why = Message.of("web.page-off", "port", port, "why", ErrorText.reason(e));
            pause.failed();
            told.tell(why);
            return Result.err(new Failure.BadState(why));
        }
    }

    private void closePage() {
        page.ifPresent(Page::close);
        page = Optional.empty();
        told.forget();
        pause.end();
    }

    @Override
    public synchronized void stop() {
        ended = true;
        metrics.stop();
        closePage();
    }
}
