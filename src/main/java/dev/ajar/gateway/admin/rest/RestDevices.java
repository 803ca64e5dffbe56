package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The router's own list of its devices.
 *
 * @param list reads it
 * @param rows where the rows are in its answer; empty for the answer itself
 * @param address the row's member with the device's address
 * @param names the members with its name, best first
 */
record RestDevices(RestDialect.Call list, String rows, String address, List<String> names) {
    static RestDevices of(JsonObject form) {
        return new RestDevices(
                RestDialect.Call.of(form.object("list").orElseThrow()),
                form.optionalText("rows").orElse(""),
                form.text("address"),
                form.texts("names"));
    }

    /** @param answer of {@code list} */
    Map<Inet4Address, RouterText> of(Object answer, Collection<Inet4Address> devices) {
        Map<Inet4Address, RouterText> found = new HashMap<>();
        for (Object row : JsonBody.at(answer, rows).map(JsonBody::list).orElse(List.of())) {
            String text = names.stream()
                    .map(member -> JsonBody.text(row, member))
                    .filter(name -> !name.isBlank())
                    .findFirst()
                    .orElse("");
            devices.stream()
                    .filter(device ->
                            Addresses.ipv4(JsonBody.text(row, address)).equals(Optional.of(device)))
                    .forEach(device -> found.put(device, new RouterText(text)));
        }
        return found;
    }
}
