package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the side of the internet on a router whose interfaces have any name: the usual list if an interface with the
 * default route is in it, else that interface.
 *
 * @param routes lists the active default routes
 * @param gateway the member of a route that names its interface, as {@code address%interface} or alone
 * @param members lists the interfaces of the usual list
 * @param member the member of such a row that names the interface
 * @param list the name of the usual list
 * @param missing what is missing where there is neither
 */
record RestOutside(
        RestDialect.Call routes, String gateway, RestDialect.Call members, String member, String list, String missing) {
    static RestOutside of(JsonObject outside) {
        return new RestOutside(
                RestDialect.Call.of(outside.object("routes").orElseThrow()),
                outside.text("gateway"),
                RestDialect.Call.of(outside.object("members").orElseThrow()),
                outside.text("member"),
                outside.text("list"),
                outside.text("missing"));
    }

    /** @return {@code outside_list} or {@code outside_interface} */
    Result<Map<String, String>> find(BasicRestClient client, Deadline deadline) {
        return client.send(routes, Map.of(), deadline)
                .flatMap(active -> client.send(members, Map.of(), deadline)
                        .flatMap(listed -> choose(interfaces(active), names(listed))));
    }

    private Result<Map<String, String>> choose(List<String> routed, List<String> listed) {
        if (routed.stream().anyMatch(listed::contains) || (routed.isEmpty() && !listed.isEmpty())) {
            return Result.ok(Map.of("outside_list", list));
        }
        return routed.isEmpty()
                ? Result.err(new Failure.Unsupported(Message.of("admin.needs", "missing", missing), Optional.empty()))
                : Result.ok(Map.of("outside_interface", routed.getFirst()));
    }

    private List<String> names(Object rows) {
        return JsonBody.list(rows).stream()
                .map(row -> JsonBody.text(row, member))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<String> interfaces(Object rows) {
        return JsonBody.list(rows).stream()
                .map(row -> JsonBody.text(row, gateway))
                .map(text -> text.substring(text.indexOf('%') + 1))
                .filter(name -> !name.isEmpty() && Addresses.parse(name).isEmpty())
                .toList();
    }
}
