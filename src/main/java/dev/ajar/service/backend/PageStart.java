package dev.ajar.service.backend;

import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.service.PageLink;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The page of a daemon that runs for it: without the page, that daemon ends. */
final class PageStart {
    private final MappingProtocols protocols;
    private final Consumer<PageLink> ready;
    private volatile Optional<Failure> failure = Optional.empty();

    /** @param ready receives a way into the page */
    PageStart(MappingProtocols protocols, Consumer<PageLink> ready) {
        this.protocols = protocols;
        this.ready = ready;
    }

    /**
     * Switches the page on.
     *
     * @param link does it, and tells a way into the page
     * @param end ends the daemon
     */
    void begin(Supplier<Result<String>> link, Runnable end) {
        switch (link.get().flatMap(document -> PageLink.read(document, protocols))) {
            case Result.Ok<PageLink>(PageLink way) -> ready.accept(way);
            case Result.Err<PageLink>(Failure why) -> {
                failure = Optional.of(why);
                end.run();
            }
        }
    }

    /** Why there is no page. */
    Optional<Failure> failure() {
        return failure;
    }
}
