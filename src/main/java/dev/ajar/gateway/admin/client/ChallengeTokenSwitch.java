package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.Map;
import java.util.Optional;

/** The switch for UPnP's gateway device. */
final class ChallengeTokenSwitch implements UpnpSwitch {
    private static final String CONFIG = "upnpigd/config/";
    private static final String ENABLED = "enabled";

    private final ChallengeTokenClient client;

    ChallengeTokenSwitch(ChallengeTokenClient client) {
        this.client = client;
    }

    @Override
    public Result<Setting> read(Deadline deadline) {
        return client.call("GET", CONFIG, Optional.empty(), deadline).flatMap(result -> {
            String value = JsonBody.text(result, ENABLED);
            boolean on = value.equals("true");
            return on || value.equals("false")
                    ? Result.ok(new Setting(on, Map.of(ENABLED, value)))
                    : AdminFailures.notUnderstood();
        });
    }

    @Override
    public Setting on(Setting before) {
        return new Setting(true, Map.of(ENABLED, "true"));
    }

    @Override
    public Result<Setting> write(Setting setting, Deadline deadline) {
        return client.call("PUT", CONFIG, Optional.of(Map.of(ENABLED, setting.on())), deadline)
                .flatMap(done -> read(deadline));
    }
}
