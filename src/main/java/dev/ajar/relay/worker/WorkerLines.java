package dev.ajar.relay.worker;

import dev.ajar.json.JsonWriter;
import dev.ajar.relay.RuleStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the relay tells its controller: lines of JSON. */
public final class WorkerLines {
    static final String RULES = "rules";
    static final String LOG = "log";

    private final Consumer<String> out;

    /** @param out takes a line at a time, of any thread */
    public WorkerLines(Consumer<String> out) {
        this.out = out;
    }

    void rules(List<RuleStatus> statuses) {
        out.accept(document(statuses));
    }

    /** How every rule stands, as {@code docs/json.md} describes it. */
    public static String document(List<RuleStatus> statuses) {
        return JsonWriter.write(
                Map.of(RULES, statuses.stream().map(RuleStatus::toJson).toList()));
    }

    void log(String line) {
        out.accept(JsonWriter.write(Map.of(LOG, line)));
    }
}
