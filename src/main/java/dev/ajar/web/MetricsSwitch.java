package dev.ajar.web;

import dev.ajar.config.MetricsSettings;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Listens for monitoring systems while the configuration wants it. Used on the daemon's thread. */
final class MetricsSwitch {
    private final Function<ExpositionFormat, String> metrics;
    private final Supplier<Readiness> readiness;
    private final RepeatFilter told;
    private final RetryPause pause;
    private Optional<MetricsSettings> wanted = Optional.empty();
    private Optional<HttpListener> listener = Optional.empty();

    /**
     * @param metrics all of them as text; called on any thread, as the next
     * @param readiness whether all that is wanted is open
     * @param log receives a line for people
     */
    MetricsSwitch(
            Function<ExpositionFormat, String> metrics,
            Supplier<Readiness> readiness,
            Timeline timeline,
            Consumer<Message> log) {
        this.metrics = metrics;
        this.readiness = readiness;
        this.told = new RepeatFilter(log);
        this.pause = new RetryPause(timeline);
    }

    void want(Optional<MetricsSettings> settings) {
        if (!settings.equals(wanted)) {
            stop();
            wanted = settings;
            told.forget();
            pause.end();
        }
        if (listener.isEmpty() && wanted.isPresent() && pause.isOver()) {
            MetricsSettings where = wanted.get();
            String place = place(where.address(), where.port());
            Thread keeper = Thread.currentThread();
            switch (start(where, new MetricsHandler.Source(metrics, readiness, keeper::isAlive))) {
                case Result.Ok<HttpListener>(HttpListener started) -> {
                    listener = Optional.of(started);
                    told.tell(Message.of("web.metrics-on", "place", place));
                }
                case Result.Err<HttpListener>(Failure failure) -> {
                    pause.failed();
                    told.tell(Message.of("web.metrics-off", "place", place, "why", failure.detail()));
                }
            }
        }
    }

    /** @return the listener; a failure if the token or the address is not to be had */
    private static Result<HttpListener> start(MetricsSettings settings, MetricsHandler.Source source) {
        Result<Optional<BearerToken>> token = settings.tokenFile()
                .map(file -> MetricsToken.read(file).map(Optional::of))
                .orElse(Result.ok(Optional.empty()));
        return token.flatMap(word -> {
            InetAddress address = settings.address();
            try {
                return Result.ok(HttpListener.start(
                        new InetSocketAddress(address, settings.port()),
                        new MetricsHandler(source, word, address.isLoopbackAddress())));
            } catch (IOException e) {
                return Result.err(new Failure.BadConfiguration(ErrorText.reason(e)));
            }
        });
    }

    private static String place(InetAddress address, int port) {
        String text = Addresses.text(address);
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
    }

    void stop() {
        listener.ifPresent(HttpListener::close);
        listener = Optional.empty();
    }
}
