package dev.ajar.state.file;

import dev.ajar.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a newer ajar wrote into a state file and this one does not know. It is written again as it was: with the file,
 * or with the object it was found in for as long as that object is kept.
 *
 * @param members by the object they belong to, see {@link #key}; those of the file itself have the empty key
 * @param objects whole objects that cannot be read, by the list they stand in
 */
record UnknownMembers(
        Map<String, Map<String, @Nullable Object>> members, Map<String, List<Map<String, @Nullable Object>>> objects) {
    static final UnknownMembers NONE = new UnknownMembers(Map.of(), Map.of());

    /** What tells an object from the others of its list. */
    private static final Map<String, List<String>> IDENTITY = Map.of(
            "wishes",
            List.of(
                    "owner",
                    "file",
                    "pid",
                    "started",
                    "engine",
                    "container",
                    "protocol",
                    "asked_port",
                    "family",
                    "gateway"),
            "holdings",
            List.of("method", "gateway", "protocol", "internal_address", "internal_port", "asked_port", "from"),
            "lessons",
            List.of("gateway", "device"),
            "hand_made",
            List.of("protocol", "external_port"));

    private static final String FILE = "";
    private static final String GRANT = "granted ";

    private static String key(String list, Map<String, ? extends @Nullable Object> object) {
        StringBuilder key = new StringBuilder(list);
        for (String name : IDENTITY.getOrDefault(list, List.of())) {
            key.append('\n').append(name).append('=').append(object.get(name));
        }
        return key.toString();
    }

    /** A grant's members belong to that grant: a renewal is another one. */
    private static String grantKey(String key, Map<?, ?> grant) {
        return GRANT + key + '\n' + grant.get("granted_at");
    }

    boolean isEmpty() {
        return members.isEmpty() && objects.isEmpty();
    }

    /** Adds them to a document of known members, whose objects may be changed. */
    void addTo(Map<String, Object> document) {
        if (isEmpty()) {
            return;
        }
        for (String list : IDENTITY.keySet()) {
            if (document.get(list) instanceof List<?> known) {
                known.forEach(object -> addTo(list, object));
            }
        }
        objects.forEach((list, some) -> {
            List<Object> all =
                    new ArrayList<>(document.get(list) instanceof Collection<?> known ? known : List.<Object>of());
            all.addAll(some);
            document.put(list, all);
        });
        put(document, FILE);
    }

    @SuppressWarnings("unchecked")
    private void addTo(String list, @Nullable Object written) {
        if (written instanceof Map<?, ?> some) {
            Map<String, Object> object = (Map<String, Object>) some;
            String key = key(list, object);
            if (object.get("granted") instanceof Map<?, ?> grant) {
                put((Map<String, Object>) grant, grantKey(key, grant));
            }
            put(object, key);
        }
    }

    private void put(Map<String, Object> object, String key) {
        members.getOrDefault(key, Map.of()).forEach(object::putIfAbsent);
    }

    /** Collects them while a file is read. */
    static final class Builder {
        private final Map<String, Map<String, @Nullable Object>> members = new TreeMap<>();
        private final Map<String, List<Map<String, @Nullable Object>>> objects = new TreeMap<>();

        /** Keeps the members of the file itself that are not in {@code known}. */
        void file(JsonObject document, Set<String> known) {
            keep(FILE, document, known);
        }

        /** Keeps the members of an object that are not in {@code known}. */
        void object(String list, JsonObject object, Set<String> known) {
            if (!known.containsAll(object.names())) {
                keep(key(list, object.toMap()), object, known);
            }
        }

        void grant(JsonObject holding, JsonObject grant, Set<String> known) {
            if (!known.containsAll(grant.names())) {
                keep(grantKey(key("holdings", holding.toMap()), grant.toMap()), grant, known);
            }
        }

        void unreadable(String list, JsonObject object) {
            objects.computeIfAbsent(list, ignored -> new ArrayList<>()).add(object.toMap());
        }

        private void keep(String key, JsonObject object, Set<String> known) {
            Map<String, @Nullable Object> unknown = new LinkedHashMap<>(object.toMap());
            unknown.keySet().removeAll(known);
            if (!unknown.isEmpty()) {
                members.put(key, unknown);
            }
        }

        UnknownMembers build() {
            return members.isEmpty() && objects.isEmpty() ? NONE : new UnknownMembers(members, objects);
        }
    }
}
