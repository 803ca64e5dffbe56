package dev.ajar.relay.worker;

import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The output of the relay process for its controller: lines of JSON. */
public final class WorkerLines {
    static final String RULES = "rules";
    static final String LOG = "log";

    private final Consumer<String> out;

    /** @param out takes a line at a time, from any thread */
    public WorkerLines(Consumer<String> out) {
        this.out = out;
    }

    void rules(List<RuleStatus> statuses) {
        out.accept(document(statuses));
    }

    /** The status of every rule. */
    public static String document(List<RuleStatus> statuses) {
        return JsonWriter.write(
                Map.of(RULES, statuses.stream().map(RuleJson::of).toList()));
    }

    void log(Message line) {
        out.accept(JsonWriter.write(Map.of(LOG, line.toString())));
    }
}
