package dev.ajar.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The router profiles that ajar knows. They are read when a router first refuses a request. Most runs do not read them,
 * because the state file holds what a router needed before.
 */
public final class ProfileCatalog {
    private static final String FOLDER = "routers/";
    private static final String STANDARD = "standard";
    private static final Quirks NOTHING = new Quirks(List.of(), List.of(), List.of(), Set.of(), Optional.empty());

    /** The quirks of a router of unknown make. */
    public Quirks standardQuirks() {
        return read(STANDARD).quirks().over(NOTHING);
    }

    /** The quirks of a router of that manufacturer and model. */
    public Quirks quirks(String manufacturer, String model) {
        Quirks quirks = standardQuirks();
        for (String id : ProfileFile.read(FOLDER + "index").texts("profiles")) {
            RouterProfile profile = read(id);
            if (profile.recognises(manufacturer, model)) {
                return profile.quirks().over(quirks);
            }
        }
        return quirks;
    }

    private static RouterProfile read(String id) {
        return ProfileReader.read(ProfileFile.bytes(FOLDER + id).orElseThrow());
    }
}
