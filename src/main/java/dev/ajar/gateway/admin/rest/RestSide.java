package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import java.util.List;

/**
 * Sides of a router that are not the internet's. Pure.
 *
 * @param member of a row, which names one interface or several with commas between
 * @param names of such interfaces, without the number at their end
 */
record RestSide(String member, List<String> names) {
    RestSide {
        names = List.copyOf(names);
    }

    static RestSide of(JsonObject side) {
        return new RestSide(side.text("member"), side.texts("names"));
    }

    /** Whether the row is for such interfaces alone; a row without an interface is for all. */
    boolean holds(Object row) {
        String interfaces = JsonBody.text(row, member);
        return !interfaces.isBlank()
                && List.of(interfaces.split(",", -1)).stream()
                        .map(name -> name.strip().replaceAll("[0-9]+$", ""))
                        .allMatch(names::contains);
    }
}
