package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The switch for UPnP, whose member has another name in older firmware. Nothing is written where neither is read. */
final class FormCgiSwitch implements UpnpSwitch {
    private static final List<String> NAMES = List.of("upnpEnabled", "upnpEnbl");
    private static final String ON = "1";
    private static final String OFF = "0";

    private final FormCgiClient client;

    FormCgiSwitch(FormCgiClient client) {
        this.client = client;
    }

    /** As this firmware has it. */
    private record Found(FormCgiShape shape, String name, String value) {
        Setting setting() {
            return new Setting(value.equals(ON), Map.of(name, value));
        }
    }

    private Result<Found> find(Deadline deadline) {
        for (FormCgiShape shape : List.of(FormCgiShape.LIST, FormCgiShape.PREFIXED)) {
            Result<Object> asked = client.call(shape.topic("getMiniUPnPConfig"), deadline);
            if (asked instanceof Result.Ok<Object>(Object answer)) {
                Optional<Found> found = NAMES.stream()
                        .map(name -> new Found(shape, name, JsonBody.text(answer, name)))
                        .filter(one -> one.value().equals(ON) || one.value().equals(OFF))
                        .findFirst();
                if (found.isPresent()) {
                    return Result.ok(found.get());
                }
            }
            if (asked instanceof Result.Err<Object>(Failure failure) && !(failure instanceof Failure.Malformed)) {
                return Result.err(failure);
            }
        }
        return AdminFailures.refused(Message.of("admin.upnp-unknown"));
    }

    @Override
    public Result<Setting> read(Deadline deadline) {
        return find(deadline).map(Found::setting);
    }

    @Override
    public Setting on(Setting before) {
        return new Setting(true, Map.of(NAMES.getFirst(), ON));
    }

    /** The router says yes whatever it did. */
    @Override
    public Result<Setting> write(Setting setting, Deadline deadline) {
        return find(deadline)
                .flatMap(found -> {
                    Map<String, Object> members =
                            new LinkedHashMap<>(found.shape().topic("setMiniUPnPConfig"));
                    members.put(found.name(), setting.on() ? ON : OFF);
                    return client.call(members, deadline);
                })
                .flatMap(done -> read(deadline));
    }
}
