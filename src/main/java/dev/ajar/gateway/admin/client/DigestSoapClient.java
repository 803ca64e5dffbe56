package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.SoapEnvelope;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.AdminAnswer;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** SOAP with HTTP digest authentication (TR-064). One challenge is answered once; Basic is never answered. */
final class DigestSoapClient {
    private static final Pattern END = Pattern.compile("(?i)</[\\w.-]{0,20}:?Envelope\\s*>\\s*$");
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 503;
    private static final int NO_ERROR = 0;

    private final AdminConnection connection;
    private final Credentials credentials;
    private final RandomGenerator random;
    private Optional<DigestAnswer> challenge = Optional.empty();
    private Optional<DigestAnswer.User> user = Optional.empty();
    private int count;

    DigestSoapClient(AdminConnection connection, Credentials credentials, RandomGenerator random) {
        this.connection = connection;
        this.credentials = credentials;
        this.random = random;
    }

    /**
     * One service of the router.
     *
     * @param type such as {@code urn:dslforum-org:service:WANIPConnection:1}
     */
    record Service(String path, String type) {}

    /**
     * An answer.
     *
     * @param error the router's error code; 0 for none
     */
    record Reply(int error, XmlNode content) {
        String text(String name) {
            return content.find(name).map(XmlNode::text).orElse("");
        }
    }

    /** @return the answer, which may be an error of the action */
    Result<Reply> call(Service service, String action, Map<String, String> arguments, Deadline deadline) {
        return call(service, action, arguments, "", deadline);
    }

    /** @param head what the head of the envelope holds, as XML; empty for no head */
    Result<Reply> call(Service service, String action, Map<String, String> arguments, String head, Deadline deadline) {
        String bare = SoapEnvelope.USUAL.write(service.type(), action, arguments);
        String body = head.isEmpty() ? bare : bare.replace("<s:Body>", "<s:Header>" + head + "</s:Header><s:Body>");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
        headers.put("SOAPAction", "\"" + service.type() + "#" + action + "\"");
        boolean answered = authorize(headers, service);
        Result<AdminAnswer> first = connection.send("POST", service.path(), headers, Optional.of(body), deadline);
        if (!(first instanceof Result.Ok<AdminAnswer>(AdminAnswer came)) || came.status() != UNAUTHORIZED) {
            return first.flatMap(DigestSoapClient::reply);
        }
        Optional<DigestAnswer> asked = came.headers("www-authenticate").stream()
                .flatMap(text -> DigestAnswer.challenge(text).stream())
                .findFirst();
        if (asked.isEmpty()) {
            return AdminFailures.notUnderstood();
        }
        if (answered && !asked.get().stale()) {
            return AdminFailures.wrongPassword();
        }
        if (challenge.filter(old -> !old.realm().equals(asked.get().realm())).isPresent()) {
            // The password is wiped after the first answer, which was for another realm.
            return AdminFailures.sessionLost();
        }
        if (user.isEmpty()) {
            user = Optional.of(asked.get().user(credentials));
        }
        challenge = asked;
        count = 0;
        authorize(headers, service);
        return connection
                .send("POST", service.path(), headers, Optional.of(body), deadline)
                .flatMap(again -> again.status() == UNAUTHORIZED ? AdminFailures.wrongPassword() : reply(again));
    }

    /** @return whether there is a challenge to answer */
    private boolean authorize(Map<String, String> headers, Service service) {
        if (challenge.isEmpty() || user.isEmpty()) {
            return false;
        }
        byte[] own = new byte[8];
        random.nextBytes(own);
        String cnonce = HexFormat.of().formatHex(own);
        headers.put("Authorization", challenge.get().header(user.get(), "POST", service.path(), ++count, cnonce));
        return true;
    }

    private static Result<Reply> reply(AdminAnswer answer) {
        if (answer.status() == TOO_MANY) {
            return AdminFailures.refused(Message.of("admin.too-many-tries"));
        }
        if (!END.matcher(answer.text()).find()) {
            // A part that is missing may be what decides.
            return AdminFailures.notUnderstood();
        }
        if (!(LenientXml.read(answer.body()) instanceof Result.Ok<XmlNode>(XmlNode root))
                || root.find("Body").isEmpty()) {
            return AdminFailures.notUnderstood();
        }
        String code = root.find("errorCode").map(XmlNode::text).orElse("");
        if (code.matches("\\d{1,5}")) {
            return Result.ok(new Reply(Integer.parseInt(code), root));
        }
        return answer.isSuccess() && root.find("Fault").isEmpty()
                ? Result.ok(new Reply(NO_ERROR, root))
                : Result.err(new Failure.Malformed(Message.of("admin.not-understood"), Optional.empty()));
    }
}
