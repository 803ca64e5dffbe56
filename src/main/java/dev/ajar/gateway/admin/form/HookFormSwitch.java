package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.List;
import java.util.Map;

/** The switch for UPnP as one value in the router's memory. */
final class HookFormSwitch implements UpnpSwitch {
    private static final String ON = "1";
    private static final String OFF = "0";

    private final HookFormClient client;
    private final String name;

    /** @param name of the value */
    HookFormSwitch(HookFormClient client, String name) {
        this.client = client;
        this.name = name;
    }

    @Override
    public Result<Setting> read(Deadline deadline) {
        return client.values(List.of(name), deadline).flatMap(values -> {
            String value = values.getOrDefault(name, "");
            return value.equals(ON) || value.equals(OFF)
                    ? Result.ok(new Setting(value.equals(ON), Map.of(name, value)))
                    : AdminFailures.refused(Message.of("admin.upnp-unknown"));
        });
    }

    @Override
    public Setting on(Setting before) {
        return new Setting(true, Map.of(name, ON));
    }

    @Override
    public Result<Setting> write(Setting setting, Deadline deadline) {
        return client.apply(Map.of(name, setting.on() ? ON : OFF), deadline).flatMap(done -> read(deadline));
    }
}
