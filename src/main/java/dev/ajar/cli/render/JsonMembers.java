package dev.ajar.cli.render;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pieces all JSON documents are made of. */
final class JsonMembers {
    private static final int SCHEMA = 1;

    private JsonMembers() {}

    static Map<String, Object> document(String command, ExitCode exitCode) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("command", command);
        document.put("exit_code", exitCode.number());
        return document;
    }

    static String write(Map<String, Object> document) {
        return JsonWriter.write(document);
    }

    static Object error(Optional<Failure> failure) {
        return failure.map(JsonMembers::error);
    }

    static Map<String, Object> error(Failure failure) {
        Optional<RouterError> router = failure.router();
        return error(
                ErrorCode.of(failure),
                failure.detail().toString(),
                router.map(RouterError::code),
                router.map(e -> e.text().display()),
                Advice.of(failure));
    }

    static Map<String, Object> error(
            String code,
            String message,
            Optional<Integer> routerCode,
            Optional<String> routerText,
            List<String> advice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("message", message);
        json.put("router_code", routerCode);
        json.put("router_text", routerText);
        json.put("advice", advice);
        return json;
    }

    static Object gateway(Optional<GatewayInfo> gateway) {
        return gateway.map(JsonMembers::gateway);
    }

    static Map<String, Object> gateway(GatewayInfo info) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", info.method().key());
        json.put("version", info.version());
        json.put("address", Addresses.text(info.id().address()));
        json.put("interface", info.route().interfaceName());
        json.put("default", info.isDefault());
        json.put("manufacturer", text(info.manufacturer()));
        json.put("model", text(info.model()));
        json.put("location", info.location().map(Object::toString));
        return json;
    }

    static Object address(Optional<InetAddress> address) {
        return address.map(Addresses::text);
    }

    static Object text(RouterText text) {
        return text.isBlank() ? Optional.empty() : text.display();
    }

    static void lease(Map<String, Object> json, LeaseDuration lease) {
        switch (lease) {
            case LeaseDuration.Finite finite -> json.put("lease_seconds", finite.seconds());
            case LeaseDuration.Permanent ignored -> json.put("lease_seconds", Optional.empty());
        }
        json.put("permanent", lease instanceof LeaseDuration.Permanent);
    }

    static List<Map<String, Object>> attempts(List<ProbeAttempt> attempts) {
        return attempts.stream().map(JsonMembers::attempt).toList();
    }

    private static Map<String, Object> attempt(ProbeAttempt attempt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("interface", attempt.interfaceName());
        json.put("protocol", attempt.protocol());
        json.put("asked", attempt.asked());
        json.put("outcome", attempt.outcome().key());
        json.put("detail", attempt.detail());
        return json;
    }
}
