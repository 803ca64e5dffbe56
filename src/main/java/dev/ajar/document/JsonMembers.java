package dev.ajar.document;

import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.json.JsonWriter;
import dev.ajar.json.sentence.SentenceJson;
import dev.ajar.mapping.report.NewerMapping;
import dev.ajar.mapping.report.TimeOver;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of one JSON object, in the order of the document, and those that several documents share. */
public final class JsonMembers {
    private static final int SCHEMA = 1;

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** What every document begins with. */
    public static JsonMembers document(String command, ExitCode exitCode) {
        return new JsonMembers().with("schema", SCHEMA).with("command", command).with("exit_code", exitCode.number());
    }

    public JsonMembers with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Only where there is one. */
    JsonMembers withOver(List<TimeOver> over) {
        return over.isEmpty()
                ? this
                : with(
                        "time_over",
                        over.stream()
                                .map(one -> new JsonMembers()
                                        .with("mapping", one.label())
                                        .with("since", one.since().toString())
                                        .map())
                                .toList());
    }

    /** Only where there is one, so that a document is as it was for programs that know no newer ajar. */
    JsonMembers withNewer(List<NewerMapping> newer) {
        return newer.isEmpty()
                ? this
                : with(
                        "newer",
                        newer.stream()
                                .map(one -> new JsonMembers()
                                        .with("method", new RouterText(one.method()).display())
                                        .with("mapping", new RouterText(one.label()).display())
                                        .map())
                                .toList());
    }

    public Map<String, Object> map() {
        return members;
    }

    /** The document, with the error it ends with. */
    public String write(Optional<Failure> failure) {
        return JsonWriter.write(with("error", error(failure)).members);
    }

    /** The document of an error that is not a {@link Failure}. */
    String write(String code, Message problem, Message advice) {
        Message shown = SentenceJson.plain(problem);
        JsonMembers error = new JsonMembers().with("code", code);
        ValueJson.putSentence(error, "message", shown)
                .with("router_code", Optional.empty())
                .with("router_text", Optional.empty());
        return JsonWriter.write(with(
                        "error",
                        ValueJson.putSentences(error, "advice", List.of(advice)).map())
                .members);
    }

    static Object error(Optional<Failure> failure) {
        return failure.map(FailureJson::write);
    }

    public static Object address(Optional<InetAddress> address) {
        return address.map(Addresses::text);
    }

    public static Object text(RouterText text) {
        return text.isBlank() ? Optional.empty() : text.display();
    }

    static Optional<Long> seconds(Optional<LeaseDuration> lease) {
        return lease.map(LeaseDuration::seconds).filter(seconds -> seconds > 0);
    }

    static boolean isPermanent(Optional<LeaseDuration> lease) {
        return lease.filter(LeaseDuration.Permanent.class::isInstance).isPresent();
    }

    public static List<Map<String, Object>> attempts(List<ProbeAttempt> attempts) {
        return attempts.stream().map(GatewayJson::write).toList();
    }
}
