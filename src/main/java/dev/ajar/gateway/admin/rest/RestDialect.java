package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the rules of one make are read and written over REST.
 *
 * @param keyHeader the header that carries the secret as it is; empty for HTTP Basic
 * @param pages how the list is divided; empty where one answer has it all
 * @param rows where the rows are in the answer of the list; empty for the answer itself
 * @param skip rows with one of these values are no port forwards of the owner, or not for IPv4
 * @param elsewhere rows of these sides take nothing that comes from the internet; empty where the make has no such rows
 * @param portNames the numbers of the names that stand for ports
 * @param add creates the row; its body has {@code {placeholders}}
 * @param addedKey where the answer of {@code add} has the new row's key; empty where it has none
 * @param apply puts changes into effect; empty where they are at once
 * @param applied tells whether the changes are in effect; empty where {@code apply} waits for that
 * @param off a row with one of these values, which stand between {@code |}, takes nothing
 * @param taken in a refusal: the port is another rule's; empty where no such word is known
 * @param positional whether keys are positions, which other changes move
 * @param outside finds the side of the internet; empty where it always has the same name
 * @param upnp the router's switch for UPnP; empty where none is known
 * @param devices the list of the network's devices; empty where none is known
 * @param fields the row's member for each value
 * @param protocols the values of the protocol's member
 */
public record RestDialect(
        Optional<String> keyHeader,
        Call list,
        Optional<RestPages> pages,
        String rows,
        Map<String, String> skip,
        Optional<RestSide> elsewhere,
        Map<String, String> portNames,
        Call add,
        String addedKey,
        Call remove,
        Optional<Call> apply,
        Optional<Call> applied,
        Map<String, String> off,
        String taken,
        boolean positional,
        Optional<RestOutside> outside,
        Optional<RestSwitch.Form> upnp,
        Optional<RestDevices> devices,
        Map<String, String> fields,
        Map<String, String> protocols) {
    /** {@code {name}}, or {@code {name|value}} with what to write where there is no value. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)(?:\\|([^}]*))?}");

    /**
     * One request.
     *
     * @param accept a member of the answer, and the value that means yes; empty where the status says it
     */
    record Call(String method, String path, Optional<JsonObject> body, Map<String, String> accept) {
        public static Call of(JsonObject call) {
            return new Call(
                    call.text("method"),
                    call.text("path"),
                    call.object("body"),
                    call.object("accept").map(JsonObject::allTexts).orElse(Map.of()));
        }

        /** The path with its placeholders filled in. */
        String path(Map<String, String> values) {
            return fill(path, values);
        }

        /** The body with its placeholders filled in; members whose placeholder has no value are left out. */
        Optional<Map<String, Object>> body(Map<String, String> values) {
            return body.map(members -> fill(members.toMap(), values));
        }
    }

    public static RestDialect of(JsonObject details) {
        return new RestDialect(
                details.optionalText("key_header"),
                Call.of(details.object("list").orElseThrow()),
                details.object("pages").map(RestPages::of),
                details.optionalText("rows").orElse(""),
                details.object("skip").map(JsonObject::allTexts).orElse(Map.of()),
                details.object("elsewhere").map(RestSide::of),
                details.object("port_names").map(JsonObject::allTexts).orElse(Map.of()),
                Call.of(details.object("add").orElseThrow()),
                details.optionalText("added_key").orElse(""),
                Call.of(details.object("remove").orElseThrow()),
                details.object("apply").map(Call::of),
                details.object("applied").map(Call::of),
                details.object("off").map(JsonObject::allTexts).orElse(Map.of()),
                details.optionalText("taken").orElse(""),
                details.has("positional") && details.flag("positional"),
                details.object("outside").map(RestOutside::of),
                details.object("upnp").map(RestSwitch.Form::of),
                details.object("devices").map(RestDevices::of),
                details.object("fields").orElseThrow().allTexts(),
                details.object("protocols").orElseThrow().allTexts());
    }

    private static Map<String, Object> fill(Map<String, ?> template, Map<String, String> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        template.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                Map<String, Object> members = fill(JsonBody.map(inner), values);
                if (!members.isEmpty()) {
                    filled.put(name, members);
                }
            } else if (value instanceof String text) {
                String whole = fill(text, values);
                if (!whole.isEmpty() || text.isEmpty()) {
                    filled.put(name, whole);
                }
            } else if (value != null) {
                filled.put(name, value);
            }
        });
        return filled;
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.getOrDefault(found.group(1), "");
            String otherwise = found.group(2) == null ? "" : found.group(2);
            return Matcher.quoteReplacement(value.isEmpty() ? otherwise : value);
        });
    }
}
