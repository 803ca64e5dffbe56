package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The switch in the section {@code config} of the file {@code upnpd}, which is there where the UPnP server is
 * installed.
 */
final class SessionRpcSwitch implements UpnpSwitch {
    private static final String UPNPD = "upnpd";
    private static final String SECTION = "config";
    private static final String ENABLED = "enabled";
    private static final String SERVES_UPNP = "enable_upnp";
    private static final String ON = "1";

    private final SessionRpcClient client;
    private final StagedChange staging;

    SessionRpcSwitch(SessionRpcClient client) {
        this.client = client;
        this.staging = new StagedChange(client, UPNPD);
    }

    @Override
    public Result<Setting> read(Deadline deadline) {
        return client.call("uci", "get", Map.of("config", UPNPD, "section", SECTION), deadline)
                .flatMap(reply -> {
                    if (reply.status() == SessionRpcClient.NOT_FOUND
                            || (reply.isOk() && reply.data().isEmpty())) {
                        return AdminFailures.refused(Message.of("admin.upnp-not-installed"));
                    }
                    if (reply.status() == SessionRpcClient.PERMISSION_DENIED) {
                        return AdminFailures.noRight("uci " + UPNPD);
                    }
                    return reply.isOk() ? Result.ok(setting(reply)) : AdminFailures.notUnderstood();
                });
    }

    /** Without the first option it is off, without the second one on. */
    private static Setting setting(SessionRpcClient.Reply reply) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ENABLED, JsonBody.text(reply.data(), "values." + ENABLED));
        values.put(SERVES_UPNP, JsonBody.text(reply.data(), "values." + SERVES_UPNP));
        values.replaceAll((option, value) -> value.isEmpty() ? (option.equals(ENABLED) ? "0" : ON) : value);
        boolean on = values.values().stream().allMatch(ON::equals);
        return new Setting(on, values);
    }

    @Override
    public Setting on(Setting before) {
        return new Setting(true, Map.of(ENABLED, ON, SERVES_UPNP, ON));
    }

    @Override
    public Result<Setting> write(Setting setting, Deadline deadline) {
        return staging.change(
                "set",
                Map.of("config", UPNPD, "section", SECTION, "values", setting.values()),
                this::read,
                seen -> seen.on() == setting.on(),
                deadline);
    }
}
