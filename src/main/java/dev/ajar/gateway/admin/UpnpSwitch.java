package dev.ajar.gateway.admin;

import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.Map;

/** The router's switch for UPnP, during one login. */
public interface UpnpSwitch {
    /**
     * How the router has it.
     *
     * @param values as the router names them, which put it back to what it was
     */
    record Setting(boolean on, Map<String, String> values) {
        public Setting {
            values = Map.copyOf(values);
        }
    }

    Result<Setting> read(Deadline deadline);

    /** The setting with UPnP on, and all else as it was {@code before}. */
    Setting on(Setting before);

    /** @return the setting as it is read afterwards, whatever the router answered */
    Result<Setting> write(Setting setting, Deadline deadline);
}
