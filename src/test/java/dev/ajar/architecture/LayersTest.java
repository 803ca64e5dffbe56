package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of packages in {@code docs/architecture.md} is the rule: each package uses what its row names, and all of
 * it.
 */
class LayersTest {
    private static final String ROOT = "dev.ajar.";

    /** Every package may use it, so no row names it. */
    private static final String EVERYWHERE = "message";

    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| [^|]+ \\| ([^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    @Test
    void every_package_uses_exactly_what_its_row_names() throws IOException {
        SortedMap<String, Set<String>> documented = documented();
        SortedMap<String, Set<String>> used = used();
        List<String> differences = new ArrayList<>();
        used.forEach(
                (name, uses) -> differences.addAll(differences(name, uses, documented.getOrDefault(name, Set.of()))));

        assertThat(differences).isEmpty();
        assertThat(documented.keySet()).isEqualTo(used.keySet());
    }

    @Test
    void a_row_names_only_packages_above_it() throws IOException {
        List<String> seen = new ArrayList<>();
        documentedInOrder().forEach(row -> {
            assertThat(seen).as(row.name()).containsAll(row.uses());
            seen.add(row.name());
        });
        assertThat(seen).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    private static List<String> differences(String name, Set<String> used, Set<String> documented) {
        List<String> all = new ArrayList<>();
        used.stream().filter(one -> !documented.contains(one)).forEach(one -> all.add(name + " uses " + one));
        documented.stream().filter(one -> !used.contains(one)).forEach(one -> all.add(name + " does not use " + one));
        return all;
    }

    private record Row(String name, Set<String> uses) {}

    private static List<Row> documentedInOrder() throws IOException {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/architecture.md")));
        while (row.find()) {
            Set<String> uses = new TreeSet<>();
            NAME.matcher(row.group(2)).results().forEach(name -> uses.add(name.group(1)));
            rows.add(new Row(row.group(1), uses));
        }
        return rows;
    }

    private static SortedMap<String, Set<String>> documented() throws IOException {
        SortedMap<String, Set<String>> table = new TreeMap<>();
        documentedInOrder().forEach(row -> table.put(row.name(), row.uses()));
        return table;
    }

    private static SortedMap<String, Set<String>> used() {
        SortedMap<String, Set<String>> table = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ajar")) {
            Set<String> uses = table.computeIfAbsent(name(type), ignored -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT)
                        && !name(target).equals(name(type))
                        && !name(target).equals(EVERYWHERE)) {
                    uses.add(name(target));
                }
            }
        }
        return table;
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
