package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manifest and the chart of {@code examples/kubernetes}: no tool of Helm's has rendered it. */
class KubernetesExamplesTest {
    private static final Path EXAMPLES = Path.of("examples/kubernetes");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ \\.(Values|Release)\\.(\\w+) \\}\\}");
    private static final Pattern IF = Pattern.compile("\\{\\{- if \\.Values\\.(\\w+) \\}\\}");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** A rule of a role. */
    record Rule(List<String> groups, List<String> resources, List<String> verbs, List<String> names) {
        /** In the words of {@link AskedOfServer}. */
        List<String> grants() {
            List<String> all = new ArrayList<>();
            for (String verb : verbs) {
                for (String name : names.isEmpty() ? List.of("") : names) {
                    all.add(new AskedOfServer(verb, groups.getFirst(), resources.getFirst(), name).toString());
                }
            }
            return all;
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(EXAMPLES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<?, ?>> documents(String yaml) {
        List<Map<?, ?>> all = new ArrayList<>();
        for (String one : yaml.split("(?m)^---\n")) {
            all.add(YAML.unmarshal(one, Map.class));
        }
        return all;
    }

    private static Object at(Object value, String... path) {
        Object now = value;
        for (String step : path) {
            now = now instanceof List<?> list
                    ? list.get(Integer.parseInt(step))
                    : Objects.requireNonNull(((Map<?, ?>) now).get(step), step);
        }
        return now;
    }

    private static List<String> texts(Map<?, ?> rule, String key) {
        return rule.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** What the manifest allows. */
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (Map<?, ?> document : documents(read("ajar.yaml"))) {
            if (document.get("rules") instanceof List<?> list) {
                list.forEach(one -> {
                    Map<?, ?> rule = (Map<?, ?>) one;
                    rules.add(new Rule(
                            texts(rule, "apiGroups"),
                            texts(rule, "resources"),
                            texts(rule, "verbs"),
                            texts(rule, "resourceNames")));
                });
            }
        }
        return rules;
    }

    /** As Helm does it with the few words that these templates use. */
    private static List<Map<?, ?>> rendered(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        documents(read("chart/values.yaml"))
                .getFirst()
                .forEach((key, value) -> all.put(String.valueOf(key), String.valueOf(value)));
        assertThat(all.keySet()).containsAll(values.keySet());
        all.putAll(values);
        all.put("Namespace", "ajar");
        StringBuilder text = new StringBuilder();
        List<Boolean> shown = new ArrayList<>(List.of(true));
        for (String line :
                (read("chart/templates/rbac.yaml") + "---\n" + read("chart/templates/pods.yaml")).split("\n")) {
            Matcher begin = IF.matcher(line);
            if (begin.matches()) {
                shown.add(!Objects.requireNonNull(all.get(begin.group(1))).isEmpty());
            } else if (line.equals("{{- else }}")) {
                shown.add(!shown.removeLast());
            } else if (line.equals("{{- end }}")) {
                shown.removeLast();
            } else if (!shown.contains(false)) {
                text.append(VALUE.matcher(line).replaceAll(match -> Objects.requireNonNull(all.get(match.group(2)))))
                        .append('\n');
            }
        }
        assertThat(shown).containsExactly(true);
        assertThat(text.toString()).doesNotContain("{{", "null");
        return documents(text.toString());
    }

    @Test
    void the_chart_with_its_own_values_is_the_manifest() {
        List<Map<?, ?>> manifest = documents(read("ajar.yaml"));
        assertThat(at(manifest.getFirst(), "kind")).isEqualTo("Namespace");
        assertThat(rendered(Map.of())).isEqualTo(manifest.subList(1, manifest.size()));
    }

    @Test
    void with_an_address_the_chart_has_a_few_pods_that_lead_there() {
        Map<?, ?> pods = rendered(Map.of("to", "192.168.1.20", "namespace", "games", "replicas", "3"))
                .getLast();
        assertThat(at(pods, "kind")).isEqualTo("Deployment");
        assertThat(at(pods, "spec", "replicas")).isEqualTo(3);
        assertThat(String.valueOf(at(pods, "spec", "template", "spec", "containers", "0", "env")))
                .contains("{name=AJAR_TO, value=192.168.1.20}", "{name=AJAR_NAMESPACE, value=games}");
        assertThat(at(pods, "spec", "template", "spec")).asString().contains("podAntiAffinity");
    }

    @Test
    void pods_have_no_rights_and_the_hosts_network() {
        Object pod = at(rendered(Map.of()).getLast(), "spec", "template", "spec");
        assertThat(at(pod, "hostNetwork")).isEqualTo(true);
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        Object container = at(pod, "containers", "0", "securityContext");
        assertThat(at(container, "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(at(container, "allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(at(container, "capabilities", "drop", "0")).isEqualTo("ALL");
        assertThat(at(pod, "containers", "0", "args", "0")).isEqualTo("kubernetes");
    }

    @Test
    void both_say_that_they_have_not_been_run() {
        assertThat(List.of(read("ajar.yaml"), read("chart/Chart.yaml"), read("chart/templates/NOTES.txt")))
                .allMatch(text -> text.contains("ot yet run on a real cluster"));
    }
}
