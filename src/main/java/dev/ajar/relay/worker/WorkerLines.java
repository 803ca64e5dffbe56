package dev.ajar.relay.worker;

import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The output of the relay process for its controller: lines of JSON. */
public final class WorkerLines {
    static final String RULES = "rules";
    static final String LOG = "log";
    static final String STOP = "stop";

    /** In the answer to a wish to stop: a relay of an older version answers every question with its status. */
    public static final String STOPS = "stops";

    private final Consumer<String> out;

    /** @param out takes a line at a time, from any thread */
    public WorkerLines(Consumer<String> out) {
        this.out = out;
    }

    void rules(List<RuleStatus> statuses) {
        out.accept(JsonWriter.write(members(statuses)));
    }

    private static Map<String, Object> members(List<RuleStatus> statuses) {
        return Map.of(RULES, statuses.stream().map(RuleJson::of).toList());
    }

    /**
     * What runs it, and the status of every rule.
     *
     * @param stops whether it answers a wish to stop
     */
    static String document(RelayReport.RunBy runBy, List<RuleStatus> statuses, boolean stops) {
        Map<String, Object> json = new LinkedHashMap<>(members(statuses));
        json.put("run_by", runBy.key());
        if (stops) {
            json.put(STOPS, true);
        }
        return JsonWriter.write(json);
    }

    /** A user wishes that these rules are stopped, which is for the controller to do. */
    void stop(Collection<RuleKey> keys) {
        out.accept(JsonWriter.write(Map.of(STOP, RuleJson.keys(keys))));
    }

    void log(Message line) {
        out.accept(JsonWriter.write(Map.of(LOG, line.toString())));
    }
}
