package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Reply;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any answer in any place of any conversation: no exception, no rule of another lost, and no password told. */
@Tag("hostile")
class HostileInterfacesTest extends AdminGatewayFixture {
    private static final int MOST_REQUESTS = 40;

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "true",
            "-1",
            "\"" + FakeInterface.PASSWORD + "\"",
            "{}",
            "[]",
            "[[]]",
            "[null]",
            "{\"\":null}",
            "{\"a\":".repeat(5000),
            "[".repeat(100_000),
            "{\"result\":[0,null],\"error\":null,\"status\":null,\"errors\":[null],\"data\":{}}",
            "{\"result\":\"OK\",\"output\":[],\"success\":true}",
            "{\"result\":[0,{\"values\":{\"\":null,\" \":{}}}],\"success\":true,\"status\":{\"\":{}},\"meta\":{\"rc\":\"ok\"},\"data\":[{}]}",
            "{\"result\":[1e999],\"status\":1e999,\"error_status\":\"99999999999999999999\"}",
            "{\"result\":\"" + FakeInterface.PASSWORD + "\",\"message\":\"" + FakeInterface.PASSWORD + "\"}",
            "{\"success\":false,\"error_code\":\"" + FakeInterface.PASSWORD + "\",\"status\":\"error\"}",
            "{\"errors\":[{\"error\":99999999999999999999}],\"status\":null}",
            ",\"errors\":[{\"error\":\"x\"}]",
            ",",
            "{\"error_status\":\"7\"},\"remaining_lock_time\":\"999999\"",
            "{\"ubus_rpc_session\":\"\\u0000\",\"asus_token\":\"a; b\",\"contextID\":\"\\r\\nX: y\"}",
            "\u0000\u001b[2J\u202e\ufffd",
            "<html>" + FakeInterface.PASSWORD + "</html>",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "<s:Envelope><s:Body><errorCode>99999</errorCode></s:Body></s:Envelope>",
            "<s:Envelope><s:Body/></s:Envelope>");

    private static final List<Integer> STATUSES = List.of(200, 201, 301, 302, 400, 401, 403, 404, 429, 499, 500, 503);

    private static List<Reply> replies() {
        List<Reply> all = new ArrayList<>();
        BODIES.forEach(body -> all.add(new Reply(200, body, Map.of())));
        STATUSES.forEach(status -> all.add(new Reply(
                status,
                "{\"meta\":{\"rc\":\"error\",\"msg\":\"x\"}}",
                Map.of(
                        "Location",
                        "//127.0.0.9/%zz",
                        "WWW-Authenticate",
                        "Basic realm=\"x\"",
                        "Set-Cookie",
                        "TOKEN=; a/sessid=x y; =",
                        "Retry-After",
                        "99999999999"))));
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_of_any_kind_is_a_failure_at_worst(Make make) {
        List<Reply> replies = replies();
        for (int i = 0; i < replies.size(); i++) {
            // Each in every third place, and in each place a third of them.
            for (int at = i % 3; at < MOST_REQUESTS; at += 3) {
                if (!survives(make, replies.get(i), at)) {
                    break;
                }
            }
        }
    }

    /** @return whether the conversation had that many requests */
    private boolean survives(Make make, Reply reply, int at) {
        try (FakeInterface fake = make.start()) {
            Rule camera = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);
            fake.addForeign(camera);
            fake.misanswers(at, reply);
            Gateway gateway = gateway(make, fake);
            Claim claim = claim(gateway);
            List<Result<?>> results = List.of(
                    map(gateway, claim), gateway.unmap(claim, new Port(25565), deadline()), gateway.list(deadline()));
            assertThat(results.toString())
                    .as("%s at %d", reply, at)
                    .doesNotContain(FakeInterface.PASSWORD)
                    .doesNotContain("\u001b");
            assertThat(fake.rules()).as("%s at %d", reply, at).contains(camera);
            return fake.requests().size() > at;
        }
    }
}
