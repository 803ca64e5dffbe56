package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import dev.ajar.testing.MeasurementLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Rounds in which the real miniupnpd is killed at random moments while a daemon keeps ports open: within a limit, what
 * {@code watch} calls open, the router's rules and the ports that were asked for are the same. Each round has a seed;
 * {@code -Dajar.first-seed=N -Dajar.restarts=1} repeats one of them.
 */
abstract class RestartRounds extends InLab {
    private static final int ROUNDS = Integer.getInteger("ajar.restarts", 5);
    private static final long FIRST = Long.getLong("ajar.first-seed", 1);
    private static final Pattern RULE = Pattern.compile("dport (\\d+) .*dnat");
    /** Successive ports stand in one line. */
    private static final Pattern OPENED = Pattern.compile("(?m)^open +tcp [0-9.]+:(\\d+)(?:-(\\d+))?");

    private static final Pattern WATCHED = Pattern.compile("\"mapping\":\"tcp (\\d+)\"[^}]*?\"state\":\"open\"");

    /** What happens to the router in a round; five rounds in a row have them all. */
    private enum Kind {
        POWER_CUT,
        TWICE,
        WHILE_OPENING,
        UNANNOUNCED,
        LOSSES;

        static Kind of(long seed) {
            return values()[Math.floorMod(seed, values().length)];
        }
    }

    private final String method;
    private final Duration limit;

    /**
     * @param method as {@code --method} writes it
     * @param limit how soon after the router is back all must agree
     */
    RestartRounds(String method, Duration limit) {
        this.method = method;
        this.limit = limit;
    }

    private LabProcess daemon() {
        return LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON);
    }

    private static String[] ports(int first, int number) {
        return IntStream.range(first, first + number)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
    }

    private String[] opening(String... ports) {
        List<String> words = Shell.join(new ArrayList<>(List.of("open")), ports);
        return Shell.join(words, "--method", method, "--lease", "2h").toArray(String[]::new);
    }

    @Test
    void after_each_restart_watch_and_the_rules_agree_soon() {
        Lab.script("up", "igd2");
        Lab.script("aged");
        String[] kept = ports(20_000, 3 + Math.floorMod(FIRST, 10));
        Set<String> wanted = new TreeSet<>(List.of(kept));
        List<String> failed = new ArrayList<>();
        List<Long> took = new ArrayList<>();
        try (LabProcess daemon = daemon()) {
            Outcome opened = ajar(opening(kept));
            assertThat(opened.exitCode()).as(opened.err()).isZero();
            for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
                Kind kind = Kind.of(seed);
                System.out.printf("restart round by %s, seed %d: %s%n", method, seed, kind);
                Set<String> open = round(kind, new Random(seed), wanted);
                try {
                    took.add(agree(open, limit).toMillis());
                } catch (ConditionTimeoutException e) {
                    String failure = "%s, seed %d, %s: to be open %s, rules %s, open according to watch %s%n%s"
                            .formatted(method, seed, kind, open, rules(), watched(), daemon.output());
                    System.out.println(failure);
                    failed.add(failure);
                    agree(open, Duration.ofMinutes(6));
                }
                closeAllBut(wanted);
            }
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(rules()).isEmpty();
        } finally {
            record(took, failed.size());
        }
        assertThat(failed).isEmpty();
    }

    /**
     * The restarts of one round, with the last of which the router is back; returns the ports that must be open again.
     */
    private Set<String> round(Kind kind, Random random, Set<String> wanted) {
        Set<String> open = new TreeSet<>(wanted);
        switch (kind) {
            case POWER_CUT -> crash(random, 3, random.nextBoolean());
            case TWICE -> {
                crash(random, 3, random.nextBoolean());
                crash(random, random.nextBoolean() ? 1 : 8, false);
            }
            case WHILE_OPENING -> {
                String[] more = ports(21_000, 40);
                try (LabProcess opening = LabProcess.start("lan1", stateFolder, Map.of(), opening(more))) {
                    crash(random, 1.5, false);
                    opening.end(SOON.plus(SOON));
                    open.addAll(opened(opening.output()));
                }
            }
            case UNANNOUNCED -> {
                Lab.script("deaf");
                crash(random, 8, random.nextBoolean());
            }
            case LOSSES -> {
                Lab.script("deaf", "50");
                Lab.script("loss", "30");
                crash(random, 3, false);
                crash(random, 3, false);
                Lab.script("loss", "0");
            }
        }
        return open;
    }

    /** @param within seconds, of which a random part passes before the router is killed */
    private static void crash(Random random, double within, boolean keptRules) {
        String after = String.format(Locale.ROOT, "%.2f", random.nextDouble() * within);
        String away = String.format(Locale.ROOT, "%.2f", random.nextDouble() * random.nextInt(1, 3));
        if (keptRules) {
            Lab.script("crash", after, away, "kept");
        } else {
            Lab.script("crash", after, away);
        }
    }

    private Duration agree(Set<String> open, Duration soon) {
        return LabProcess.until(() -> isAgreed(open), soon, "agreement");
    }

    /** What the rules show before and after is not just about to change. */
    private boolean isAgreed(Set<String> open) {
        Set<String> rules = rules();
        return rules.containsAll(open) && rules.equals(watched()) && rules.equals(rules());
    }

    private void closeAllBut(Set<String> wanted) {
        Lab.script("hear");
        String[] more = rules().stream().filter(port -> !wanted.contains(port)).toArray(String[]::new);
        if (more.length > 0) {
            Outcome closed = ajar(Shell.join(List.of("close"), more).toArray(String[]::new));
            assertThat(closed.exitCode()).as(closed.err()).isZero();
            assertThat(rules()).isEqualTo(wanted);
        }
    }

    /** The external ports of the router's rules. */
    private static Set<String> rules() {
        return found(RULE, Lab.rules());
    }

    private Set<String> watched() {
        return found(WATCHED, ajar("watch", "--once", "--json").out());
    }

    private static Set<String> opened(String told) {
        return OPENED.matcher(told)
                .results()
                .flatMap(match -> IntStream.rangeClosed(
                                Integer.parseInt(match.group(1)),
                                Integer.parseInt(match.group(match.group(2) == null ? 1 : 2)))
                        .mapToObj(Integer::toString))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void record(List<Long> took, int failed) {
        List<Long> sorted = took.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            MeasurementLog.record(
                    "restarts-" + method,
                    "%d rounds from seed %d, %d failed: agreed after a median of %.1f s, at most %.1f s"
                            .formatted(
                                    took.size() + failed,
                                    FIRST,
                                    failed,
                                    sorted.get(sorted.size() / 2) / 1000.0,
                                    sorted.getLast() / 1000.0));
        }
    }
}
