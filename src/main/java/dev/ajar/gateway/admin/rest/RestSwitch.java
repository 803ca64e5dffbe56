package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A switch for UPnP whose requests are data. */
final class RestSwitch implements UpnpSwitch {
    private static final String ON = "true";

    private final BasicRestClient client;
    private final Form form;

    RestSwitch(BasicRestClient client, Form form) {
        this.client = client;
        this.form = form;
    }

    /**
     * How a make has it.
     *
     * @param member of the answer that is true or false
     * @param write has the placeholder {@code {value}}
     * @param rows a list without whose rows the switch has no effect
     * @param kind the rows' member
     * @param kinds the values that must be among them
     */
    record Form(
            RestDialect.Call read,
            String member,
            RestDialect.Call write,
            Optional<RestDialect.Call> rows,
            String kind,
            List<String> kinds) {
        static Form of(JsonObject details) {
            return new Form(
                    RestDialect.Call.of(details.object("read").orElseThrow()),
                    details.text("member"),
                    RestDialect.Call.of(details.object("write").orElseThrow()),
                    details.object("rows").map(RestDialect.Call::of),
                    details.optionalText("kind").orElse(""),
                    details.optionalTexts("kinds"));
        }
    }

    @Override
    public Result<Setting> read(Deadline deadline) {
        return rowsAreThere(deadline)
                .flatMap(there -> client.send(form.read(), Map.of(), deadline))
                .flatMap(answer -> {
                    String value = JsonBody.text(answer, form.member());
                    boolean known = value.equals(ON) || value.equals("false");
                    return known
                            ? Result.ok(new Setting(value.equals(ON), Map.of(form.member(), value)))
                            : AdminFailures.notUnderstood();
                });
    }

    private Result<Boolean> rowsAreThere(Deadline deadline) {
        if (form.rows().isEmpty()) {
            return Result.ok(true);
        }
        return client.send(form.rows().get(), Map.of(), deadline).flatMap(rows -> {
            Set<String> found = new HashSet<>();
            JsonBody.list(rows).forEach(row -> found.add(JsonBody.text(row, form.kind())));
            return found.containsAll(form.kinds())
                    ? Result.ok(true)
                    : AdminFailures.refused(
                            Message.of("admin.upnp-has-no-sides", "kinds", String.join(", ", form.kinds())));
        });
    }

    @Override
    public Setting on(Setting before) {
        return new Setting(true, Map.of(form.member(), ON));
    }

    @Override
    public Result<Setting> write(Setting setting, Deadline deadline) {
        String value = setting.values().getOrDefault(form.member(), "false");
        return client.send(form.write(), Map.of("value", value), deadline).flatMap(done -> read(deadline));
    }
}
