package dev.ajar.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * All searches in a recording. A single command ends its search when it knows enough, which is sooner or
 * later on a busy machine; but all commands on a gateway together, and a command on all gateways, search for the same.
 */
final class Searches {
    private final Map<String, Set<String>> sought = new TreeMap<>();

    /** @param scenes of one gateway */
    void add(String gateway, Map<String, JsonNode> scenes) {
        for (JsonNode scene : scenes.values()) {
            for (JsonNode command : scene) {
                String word = command.path("ajar").asString("").split(" ")[0];
                for (JsonNode line : command.path("searches")) {
                    String packet = Commands.once(line.asString(""));
                    add(gateway + ", all commands", packet);
                    add("all gateways, ajar " + word, packet);
                }
            }
        }
    }

    private void add(String place, String packet) {
        sought.computeIfAbsent(place, name -> new TreeSet<>()).add(packet);
    }

    void compare(Searches after, List<Difference> differences) {
        Set<String> places = new TreeSet<>(sought.keySet());
        places.addAll(after.sought.keySet());
        for (String place : places) {
            Lines.changed(
                    List.copyOf(new TreeSet<>(sought.getOrDefault(place, Set.of()))),
                    List.copyOf(new TreeSet<>(after.sought.getOrDefault(place, Set.of()))),
                    (from, to) -> differences.add(new Difference(
                            Difference.Kind.PACKETS, place, "searches", "searches: " + from, "searches: " + to)));
        }
    }
}
