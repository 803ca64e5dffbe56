package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.model.Addresses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The three dialects of the interface. The answer to the list tells them apart even when it is empty. They must not be
 * mistaken: the same request adds a rule in one and switches all rules off in another.
 */
enum FormCgiShape {
    /** The oldest pages: a prefix before each operation, a list with a head row. */
    PREFIXED("setting/", "0"),
    /** A list with a head row. */
    LIST("", "0"),
    /** An object with the rules in a member. */
    OBJECT("", "1");

    private static final String TOPIC = "topicurl";

    private final String prefix;
    private final String effectOfAdding;

    FormCgiShape(String prefix, String effectOfAdding) {
        this.prefix = prefix;
        this.effectOfAdding = effectOfAdding;
    }

    /** The shape of an answer to the plain operation; empty if it has neither. */
    static Optional<FormCgiShape> of(Object answer) {
        if (answer instanceof List<?> rows) {
            boolean head = !rows.isEmpty() && JsonBody.map(rows.getFirst()).containsKey("enable");
            return head ? Optional.of(LIST) : Optional.empty();
        }
        Map<String, Object> members = JsonBody.map(answer);
        return members.containsKey("enable") && members.containsKey("rule") ? Optional.of(OBJECT) : Optional.empty();
    }

    /** The head, which has the page's switch. */
    Object head(Object answer) {
        return switch (this) {
            case PREFIXED, LIST -> JsonBody.list(answer).getFirst();
            case OBJECT -> answer;
        };
    }

    List<Object> rows(Object answer) {
        return switch (this) {
            case PREFIXED, LIST -> JsonBody.list(answer).stream().skip(1).toList();
            case OBJECT -> JsonBody.list(JsonBody.map(answer).get("rule"));
        };
    }

    Map<String, Object> listing() {
        return topic("getPortForwardRules");
    }

    /** A request with no other member. */
    Map<String, Object> topic(String operation) {
        return Map.of(TOPIC, prefix + operation);
    }

    /** @param enabled the page's switch as it is: without it some firmware switches all rules off */
    Map<String, Object> adding(RuleRequest request, String enabled) {
        String protocol = request.protocol().label().toUpperCase(Locale.ROOT);
        String client = Addresses.text(request.internal().address());
        String outside = request.external().toString();
        String inside = request.internal().port().toString();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(TOPIC, prefix + "setPortForwardRules");
        members.put("enable", enabled);
        members.put("addEffect", effectOfAdding);
        switch (this) {
            case PREFIXED -> {
                members.put("ipAddress", client);
                members.put("wanfromPort", outside);
                members.put("fromPort", inside);
                members.put("protocol", protocol);
                members.put("comment", request.name());
            }
            case LIST -> {
                members.put("ipAddress", client);
                members.put("wanPortFrom", outside);
                members.put("wanPortTo", outside);
                members.put("lanPortFrom", inside);
                members.put("lanPortTo", inside);
                members.put("protocol", protocol);
                members.put("comment", request.name());
            }
            case OBJECT -> {
                members.put("ip", client);
                members.put("proto", protocol);
                members.put("iPort", inside);
                members.put("ePort", outside);
                members.put("desc", request.name());
            }
        }
        return members;
    }

    /** @param index counted from zero; some firmware looks at the name of the member, some at its value */
    Map<String, Object> deleting(int index) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(TOPIC, prefix + "delPortForwardRules");
        members.put("delRule" + index, Integer.toString(index));
        return members;
    }
}
