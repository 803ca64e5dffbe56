package dev.ajar.gateway.admin;

import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingTraits;
import java.time.Duration;
import java.util.Map;

/**
 * A rule of a router's own interface.
 *
 * @param make the id of the router's profile
 * @param name of the rule in the router: ajar's mark, which differs between machines
 */
public record AdminEntry(String make, String name) implements LeaseHandle {
    /** Such a rule has no lease: it stays until ajar or its owner removes it. */
    private static final MappingTraits TRAITS =
            new MappingTraits(true, true, MappingTraits.Key.EXTERNAL_PORT, false, Duration.ofDays(3650));

    static AdminEntry read(Map<String, Object> members) {
        return new AdminEntry(
                String.valueOf(members.getOrDefault("make", "")), String.valueOf(members.getOrDefault("name", "")));
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("make", make, "name", name);
    }

    @Override
    public MappingTraits traits() {
        return TRAITS;
    }

    @Override
    public String entryName(String description) {
        return name;
    }

    @Override
    public boolean proves(String entryDescription) {
        return !name.isEmpty() && entryDescription.equals(name);
    }
}
