package dev.ajar.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Compares what the commands of two recordings did on one gateway. */
final class Commands {
    /** The members of JSON answers and of state files that are written for people. */
    private static final Set<String> FOR_PEOPLE =
            Set.of(("message detail advice warnings hints remark text changes last because title next"
                            + " known_by asked trouble purpose warning safer kept_by upnp instead")
                    .split(" "));

    private static final String REPEATED = " \\(\\d+ times\\)$";

    private final String place;
    private final List<Difference> differences;

    private Commands(String place, List<Difference> differences) {
        this.place = place;
        this.differences = differences;
    }

    static void compare(
            String name, Map<String, JsonNode> before, Map<String, JsonNode> after, List<Difference> differences) {
        Set<String> scenes = new TreeSet<>(before.keySet());
        scenes.addAll(after.keySet());
        for (String scene : scenes) {
            JsonNode old = before.getOrDefault(scene, MissingNode.getInstance());
            JsonNode now = after.getOrDefault(scene, MissingNode.getInstance());
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                String what = old.path(i)
                        .path("ajar")
                        .asString(now.path(i).path("ajar").asString(""));
                String place = "%s, %s, %d: ajar %s".formatted(name, scene, i + 1, what);
                new Commands(place, differences).compare(old.path(i), now.path(i));
            }
        }
    }

    private void compare(JsonNode before, JsonNode after) {
        if (!before.path("ajar").equals(after.path("ajar"))) {
            add(Difference.Kind.COMMANDS, "ajar", before.path("ajar"), after.path("ajar"));
            return;
        }
        if (!before.path("exit").equals(after.path("exit"))) {
            add(Difference.Kind.EXIT_CODE, "exit", before.path("exit"), after.path("exit"));
        }
        walk(Difference.Kind.JSON, "json", before.path("json"), after.path("json"));
        walk(Difference.Kind.STATE, "state", before.path("state"), after.path("state"));
        packets(lines(before, "requests"), lines(after, "requests"));
        // How far a search comes before it ends depends on the machine; Searches compares what is sought at all.
        lines(Difference.Kind.TIMING, "searches", before, after);
        lines(Difference.Kind.TABLE, "table", before, after);
        lines(Difference.Kind.JSON, "bad_json", before, after);
        lines(Difference.Kind.TIMING, "progress", before, after);
        for (String sentences : List.of("out", "err", "bundle")) {
            lines(Difference.Kind.SENTENCES, sentences, before, after);
        }
    }

    private void packets(List<String> before, List<String> after) {
        List<String> old = before.stream().map(Commands::once).toList();
        List<String> now = after.stream().map(Commands::once).toList();
        boolean same = old.equals(now);
        Difference.Kind kind = same ? Difference.Kind.TIMING : Difference.Kind.PACKETS;
        Lines.changed(same ? before : old, same ? after : now, (from, to) -> add(kind, "requests", from, to));
    }

    /** Without the number of repetitions. */
    static String once(String packet) {
        return packet.replaceFirst(REPEATED, "");
    }

    private void lines(Difference.Kind kind, String part, JsonNode before, JsonNode after) {
        Lines.changed(lines(before, part), lines(after, part), (from, to) -> add(kind, part, from, to));
    }

    private static List<String> lines(JsonNode command, String part) {
        return command.path(part).valueStream().map(line -> line.asString()).toList();
    }

    private void walk(Difference.Kind kind, String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                JsonNode old = before.path(name);
                JsonNode now = after.path(name);
                boolean sentence = FOR_PEOPLE.contains(name) && isText(old) && isText(now);
                String inside = path + "." + name;
                if (sentence) {
                    Lines.changed(
                            texts(old), texts(now), (from, to) -> add(Difference.Kind.SENTENCES, inside, from, to));
                } else {
                    walk(kind, inside, old, now);
                }
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                walk(kind, path, before.path(i), after.path(i));
            }
        } else {
            add(kind, path, before, after);
        }
    }

    /** One sentence or several. A missing one does not count, so that its absence is noticed. */
    private static boolean isText(JsonNode node) {
        boolean[] text = {true};
        Consumer<JsonNode> look = element -> text[0] &= element.isString();
        if (node.isArray()) {
            node.forEach(look);
        } else {
            look.accept(node);
        }
        return text[0];
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(element -> element.asString()).toList()
                : List.of(node.asString());
    }

    private void add(Difference.Kind kind, String part, JsonNode before, JsonNode after) {
        add(kind, part, before.toString(), after.toString());
    }

    private void add(Difference.Kind kind, String part, String before, String after) {
        boolean sentence = kind == Difference.Kind.SENTENCES;
        String label = sentence ? "" : part + ": ";
        differences.add(new Difference(kind, place, part, label + before, label + after));
    }
}
