package dev.ajar.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.testing.EventSamples;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final String GOOD = "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\","
            + "\"mapping\":\"tcp 25565\",\"external_port\":25565,"
            + "\"reason\":{\"code\":\"router_restarted\",\"message\":\"the router has restarted\"},"
            + "\"message\":\"lost  tcp 25565: the router has restarted\","
            + "\"key\":\"event.lost\",\"args\":{\"port\":\"tcp 25565\","
            + "\"why\":{\"key\":\"keeper.router-restarted\",\"args\":{}}}}";

    static List<KeeperEvent> events() {
        return EventSamples.all();
    }

    private static Optional<LoggedEvent> read(String line) {
        return EventJson.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static LoggedEvent lost() {
        return LoggedEvent.of(EventSamples.LOST, EventSamples.NOW);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventJsonTest::kinds)
                : Stream.of(type);
    }

    /** A new kind of event fails here until it is among the samples and in the documents. */
    @Test
    void every_kind_of_event_has_its_own_documented_code() throws IOException {
        Set<Class<?>> kinds = kinds(KeeperEvent.class).collect(Collectors.toSet());
        Set<Class<?>> sampled = new java.util.HashSet<>();
        Set<String> codes = new TreeSet<>();
        EventSamples.all().forEach(event -> {
            sampled.add(event.getClass());
            codes.add(event.code());
        });

        assertThat(sampled).isEqualTo(kinds);
        assertThat(codes).hasSameSizeAs(kinds).allMatch(code -> code.matches("[a-z]+(_[a-z]+)*"));
        String described = Files.readString(Path.of("docs/json.md"));
        assertThat(codes).allSatisfy(code -> assertThat(described).contains("`" + code + "`"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_as_it_was_written(KeeperEvent event) {
        LoggedEvent logged = LoggedEvent.of(event, Instant.parse("2026-11-23T12:00:00.123456Z"));
        String line = EventJson.line(logged);

        assertThat(read(line)).contains(logged);
        assertThat(line).hasLineCount(1).hasSizeLessThan(4096).doesNotContain("\u001b", "\\u001");
        assertThat(logged.sentence().key()).isEqualTo(EventText.of(event).key());
        assertThat(logged.sentence().toString()).doesNotContain("\u001b", "\n");
    }

    /** Lines of this version are read by all later ones. */
    @Test
    void the_form_of_a_line_is_stable() {
        assertThat(EventJson.line(lost())).isEqualTo(GOOD);
        assertThat(EventJson.line(LoggedEvent.of(EventSamples.REPAIRED, EventSamples.NOW)))
                .startsWith("{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"repaired\","
                        + "\"mapping\":\"tcp 25565\",\"gateway\":\"192.168.77.1\",\"method\":\"pcp\","
                        + "\"external_port\":25566,\"external_address\":\"203.0.113.7\","
                        + "\"internal_address\":\"192.168.77.10\",\"internal_port\":25565,"
                        + "\"lease_seconds\":3600,\"permanent\":false,\"message\":\"open again  tcp ");
    }

    @Test
    void a_failure_gives_its_code_as_the_reason() {
        assertThat(EventSamples.all().stream()
                        .map(event -> LoggedEvent.of(event, EventSamples.NOW).reason())
                        .flatMap(Optional::stream)
                        .map(LoggedEvent.Reason::code))
                .containsExactly(
                        "router_restarted",
                        "redirected",
                        "not_renewed",
                        "refused",
                        "refused",
                        "timed_out",
                        "bad_state");
    }

    /** A renamed key must not change the code. */
    @Test
    void every_reason_of_the_keeper_has_a_code() throws IOException {
        Properties sentences = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/messages/keeper.properties"))) {
            sentences.load(reader);
        }
        Set<String> ofFailures = Set.of("keeper.gone-at-renewal", "keeper.no-time", "keeper.own-mapping-in-the-way");

        assertThat(sentences.stringPropertyNames().stream()
                        .filter(key -> !ofFailures.contains(key))
                        .map(key -> LossReason.codeOf(new Message(key, List.of()))))
                .hasSize(9)
                .doesNotHaveDuplicates()
                .doesNotContain(LossReason.NOT_RENEWED);
        assertThat(LossReason.codeOf(Message.of("discovery.gone"))).isEqualTo("no_gateway");
    }

    @Test
    void unknown_members_are_skipped() {
        assertThat(read(GOOD.replace("\"mapping\"", "\"colour\":[{\"red\":1}],\"text\":\"x\",\"mapping\"")))
                .contains(lost());
    }

    @Test
    void an_unknown_event_shows_its_message() {
        LoggedEvent read = read("{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"moved_house\","
                        + "\"message\":\"moved \\u001b[31m to another\\nhouse\",\"key\":\"event.moved-house\",\"args\":{}}")
                .orElseThrow();

        assertThat(read.code()).isEqualTo("moved_house");
        assertThat(read.sentence()).isEqualTo(Message.verbatim("moved [31m to another house"));
        assertThat(read.members()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"event.lost\" | \"event.forgotten\"",
                "\"event.lost\" | \"../../secret.lost\"",
                "\"event.lost\" | 7",
                "\"port\":\"tcp 25565\", | ''",
                "keeper.router-restarted | keeper.unknown",
                "\"args\":{}}} | \"args\":[]}}",
                "\"args\":{}}} | \"args\":{\"a\":[]}}}",
                "\"args\":{}}} | \"args\":{\"\\u001b\":\"x\"}}}",
            })
    void a_sentence_that_is_not_known_is_shown_in_english(String part, String other) {
        String changed = GOOD.replace(part, other);
        assertThat(changed).isNotEqualTo(GOOD);

        assertThat(read(changed).orElseThrow().sentence())
                .isEqualTo(Message.verbatim("lost  tcp 25565: the router has restarted"));
    }

    @Test
    void the_values_of_a_sentence_are_made_harmless() {
        LoggedEvent read = read(GOOD.replace(
                        "\"port\":\"tcp 25565\"", "\"port\":\"\\u001b[2J" + "x".repeat(500) + "\""))
                .orElseThrow();

        assertThat(read.sentence().toString())
                .startsWith("lost  [2Jxxx")
                .endsWith("…: the router has restarted")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "\u0000\u0000",
                "{\"schema\":1}",
                "{\"schema\":2,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\",\"message\":\"x\"}",
                "{\"schema\":1,\"at\":\"yesterday\",\"event\":\"lost\",\"message\":\"x\"}",
                "{\"schema\":1,\"at\":\"+1000000000-12-31T23:59:59Z\",\"event\":\"lost\",\"message\":\"x\"}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"Lost!\",\"message\":\"x\"}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\"}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\",\"message\":\"x\",\"external_port\":0}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\",\"message\":\"x\",\"gateway\":\"home\"}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\",\"message\":\"x\",\"restarted\":1}",
                "{\"schema\":1,\"at\":\"2026-11-23T12:00:00Z\",\"event\":\"lost\",\"message\":\"x\",\"lease_seconds\":-1}"
            })
    void a_damaged_line_is_no_event(String line) {
        assertThat(read(line)).isEmpty();
    }

    @Test
    void no_damage_throws_an_exception() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(15);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            EventJson.read(damaged)
                    .ifPresent(event -> assertThat(EventJson.members(event)).isNotEmpty());
        }
    }

    @Test
    void deep_sentences_are_cut_where_they_are_written() {
        Message deep = Message.of("keeper.taken");
        for (int i = 0; i < 20; i++) {
            deep = Message.of("event.lost", "port", "tcp 1", "why", deep);
        }
        LoggedEvent logged = LoggedEvent.of(new KeeperEvent.Lost(EventSamples.DESIRED, deep), EventSamples.NOW);

        assertThat(read(EventJson.line(logged))).contains(logged);
        assertThat(logged.members()).containsAllEntriesOf(Map.of(EventMember.MAPPING, "tcp 25565"));
    }
}
