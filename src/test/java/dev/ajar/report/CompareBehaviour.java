package dev.ajar.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Compares two recordings: {@code test-fixtures/report/behaviour.sh compare BEFORE AFTER [BEFORE-AGAIN]}. Exits with 1
 * when anything but a sentence to people differs.
 */
final class CompareBehaviour {
    private static final int EXAMPLES = 3;

    private CompareBehaviour() {}

    public static void main(String[] args) throws IOException {
        Path before = Path.of(args[0]);
        List<Difference> all = differences(before, Path.of(args[1]));
        List<Difference> unstable = args.length > 2 ? differences(before, Path.of(args[2])) : List.of();
        Set<String> unstablePlaces = new TreeSet<>();
        unstable.forEach(difference -> unstablePlaces.add(difference.unstablePlace()));
        List<Difference> stable = all.stream()
                .filter(difference -> !unstablePlaces.contains(difference.unstablePlace()))
                .toList();
        System.out.println("Compared: " + commands(before) + " commands.");
        System.out.println("Left out, because BEFORE and BEFORE-AGAIN differ there: "
                + (all.size() - stable.size())
                + " differences at "
                + unstablePlaces.size()
                + " unstable places:");
        unstablePlaces.forEach(place -> System.out.println("    " + place));
        boolean same = true;
        for (Difference.Kind kind : Difference.Kind.values()) {
            List<Difference> some = stable.stream()
                    .filter(difference -> difference.kind() == kind)
                    .toList();
            print(kind, some);
            same &= some.isEmpty() || !kind.isBehaviour();
        }
        System.out.println();
        System.out.println(same ? "The behaviour is the same." : "The behaviour differs.");
        System.exit(same ? 0 : 1);
    }

    private static void print(Difference.Kind kind, List<Difference> differences) {
        Map<String, List<String>> placesByPair = new TreeMap<>();
        for (Difference difference : differences) {
            placesByPair
                    .computeIfAbsent(difference.pair(), pair -> new ArrayList<>())
                    .add(difference.place());
        }
        System.out.println();
        System.out.println("== %s: %d differences, %d of them unlike each other"
                .formatted(kind.title(), differences.size(), placesByPair.size()));
        placesByPair.forEach((pair, places) -> {
            System.out.println();
            System.out.println(places.size() + " times, such as " + places.getFirst());
            if (kind.isBehaviour()) {
                places.stream().skip(1).limit(EXAMPLES - 1).forEach(place -> System.out.println("    and " + place));
            }
            System.out.println(pair);
        });
    }

    private static List<Difference> differences(Path before, Path after) throws IOException {
        List<Difference> differences = new ArrayList<>();
        Searches sought = new Searches();
        Searches soughtAfter = new Searches();
        for (String name : names(before, after)) {
            Map<String, JsonNode> old = scenes(before, name);
            Map<String, JsonNode> now = scenes(after, name);
            Commands.compare(name, old, now, differences);
            sought.add(name, old);
            soughtAfter.add(name, now);
        }
        sought.compare(soughtAfter, differences);
        return differences;
    }

    private static int commands(Path folder) throws IOException {
        int commands = 0;
        for (String name : names(folder, folder)) {
            for (JsonNode scene : scenes(folder, name).values()) {
                commands += scene.size();
            }
        }
        return commands;
    }

    private static Set<String> names(Path before, Path after) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : List.of(before, after)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".json"))
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** Empty where there is no such file. */
    private static Map<String, JsonNode> scenes(Path folder, String name) throws IOException {
        Map<String, JsonNode> scenes = new LinkedHashMap<>();
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            Stage.JSON
                    .readTree(Files.readString(file))
                    .properties()
                    .forEach(scene -> scenes.put(scene.getKey(), scene.getValue()));
        }
        return scenes;
    }
}
