package dev.ajar.app;

import dev.ajar.lan.NameSource;
import dev.ajar.system.LocalRoute;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A source that is made when it is first asked: most commands ask none, and start faster without its classes.
 * Thread-safe.
 */
final class LazyNames implements NameSource {
    private final Supplier<NameSource> source;
    private Optional<NameSource> made = Optional.empty();

    LazyNames(Supplier<NameSource> source) {
        this.source = source;
    }

    @Override
    public synchronized Map<Inet4Address, String> of(LocalRoute home, Collection<Inet4Address> devices) {
        NameSource names = made.orElseGet(source);
        made = Optional.of(names);
        return names.of(home, devices);
    }
}
