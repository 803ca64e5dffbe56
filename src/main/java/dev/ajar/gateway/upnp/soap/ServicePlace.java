package dev.ajar.gateway.upnp.soap;

import dev.ajar.gateway.upnp.description.WanService;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service as the router's description names it, read once more when it is no longer there, as after a restart of the
 * router's UPnP. All requests to the service share one place: where two find it gone, the description is read once. For
 * any thread.
 */
public final class ServicePlace {
    private final Supplier<Optional<WanService>> reread;
    private WanService service;
    private boolean refreshed;

    /** @param reread reads the same service out of the description again; empty where it is not there */
    public ServicePlace(WanService service, Supplier<Optional<WanService>> reread) {
        this.service = service;
        this.reread = reread;
    }

    synchronized WanService service() {
        return service;
    }

    /**
     * Where the service is now.
     *
     * @param gone where it was asked in vain
     * @return empty where nothing else is known of it
     */
    synchronized Optional<WanService> movedFrom(WanService gone) {
        if (!refreshed && service.equals(gone)) {
            refreshed = true;
            service = reread.get().orElse(service);
        }
        return service.controlUrls().equals(gone.controlUrls()) ? Optional.empty() : Optional.of(service);
    }
}
