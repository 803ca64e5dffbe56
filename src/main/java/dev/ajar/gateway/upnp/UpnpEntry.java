package dev.ajar.gateway.upnp;

import dev.ajar.model.EntryName;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingTraits;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the port mapping table: where the description was, and what tells this machine's entry from those of
 * others.
 *
 * @param mark see {@link EntryName}; empty in state files older than it
 */
public record UpnpEntry(URI description, String mark) implements LeaseHandle {
    /** Many routers keep an entry whose lease has ended, so ajar recognises its own for a while longer. */
    private static final MappingTraits TRAITS =
            new MappingTraits(true, true, MappingTraits.Key.EXTERNAL_PORT, true, Duration.ofDays(30));

    @Override
    public Map<String, Object> members() {
        return Map.of("location", description.toString(), "mark", mark);
    }

    @Override
    public MappingTraits traits() {
        return TRAITS;
    }

    @Override
    public Optional<URI> location() {
        return Optional.of(description);
    }

    @Override
    public String entryName(String description) {
        return EntryName.marked(description, mark);
    }

    @Override
    public boolean proves(String entryDescription) {
        return !mark.isEmpty() && entryDescription.toLowerCase(Locale.ROOT).endsWith(" " + mark);
    }
}
