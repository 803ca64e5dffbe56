package dev.ajar.gateway.upnp.soap;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.WebPage;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Understands an answer by what is in it: prefixes, letter case, the HTTP status and the content type are all known to
 * be wrong on some router.
 */
public final class SoapReader {
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?\\d{1,9})\\s*");

    /** What passes: the same question may be answered in a moment. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429, 502, 503, 504);

    private static final int ERRORS = 400;

    /**
     * What decides has arrived: the end of a response, a fault's code, or the internet address. Some routers declare
     * more than they send. Of an entry's fields none may be missing.
     */
    private static final Pattern ENDED =
            Pattern.compile("(?i)</[^<>]{0,100}(response|errorCode|NewExternalIPAddress)\\s*>");

    private static final String RESPONSE = "response";
    private static final Set<String> ACTIONS = Set.of(
            "addanyportmapping",
            "addpinhole",
            "addportmapping",
            "checkpinholeworking",
            "deletepinhole",
            "deleteportmapping",
            "getexternalipaddress",
            "getfirewallstatus",
            "getgenericportmappingentry",
            "getlistofportmappings",
            "getpinholepackets",
            "getspecificportmappingentry",
            "getstatusinfo",
            "updatepinhole");

    private static final XmlNode NOTHING = new XmlNode("", "", List.of());

    private SoapReader() {}

    /** @return the response element; one without arguments when the router's yes was an empty one */
    public static SoapReply<XmlNode> read(HttpAnswer answer, String action) {
        if (answer.isRedirect()) {
            return broken(redirect(answer));
        }
        if (!answer.whole()
                && !ENDED.matcher(new String(answer.body(), StandardCharsets.ISO_8859_1))
                        .find()) {
            // What is missing may be what decides: the code of a fault, or whether there is one.
            return broken(Message.of("upnp.answer-cut-off", "status", answer.status()));
        }
        if (answer.body().length == 0 && answer.isSuccess()) {
            return new SoapReply.Success<>(NOTHING);
        }
        return switch (LenientXml.read(answer.body())) {
            case Result.Ok<XmlNode>(XmlNode root) -> understand(root, answer, action);
            case Result.Err<XmlNode>(Failure failure) ->
                WebPage.is(answer.body())
                        ? webPage(answer)
                        : unusable(answer, unread(answer.status(), failure.detail()));
        };
    }

    private static SoapReply<XmlNode> understand(XmlNode root, HttpAnswer answer, String action) {
        Optional<SoapReply<XmlNode>> fault = fault(root, action);
        if (fault.isPresent()) {
            return fault.get();
        }
        // Whatever the status: with that name it is the answer.
        Optional<XmlNode> response = root.find(action + "Response");
        if (response.isPresent()) {
            return new SoapReply.Success<>(response.get());
        }
        if (WebPage.is(root)) {
            return webPage(answer);
        }
        Optional<XmlNode> misnamed = misnamed(root, action).filter(node -> answer.isSuccess());
        if (misnamed.isPresent()) {
            return new SoapReply.Success<>(misnamed.get());
        }
        boolean emptyYes = root.is("Envelope")
                && answer.isSuccess()
                && root.find("Body").filter(body -> !body.children().isEmpty()).isEmpty();
        return emptyYes
                ? new SoapReply.Success<>(NOTHING)
                : unusable(answer, Message.of("upnp.no-answer-in-it", "status", answer.status()));
    }

    /** Some give the response another name; to a change, whatever is no fault is a yes, which is then read back. */
    private static Optional<XmlNode> misnamed(XmlNode root, String action) {
        List<XmlNode> elements = root.find("Body").map(XmlNode::children).orElse(List.of());
        return elements.stream()
                .filter(element -> !action.startsWith("Get") || element.is(action) || isResponse(element))
                .filter(element -> !answersAnother(element))
                .findFirst();
    }

    private static boolean isResponse(XmlNode element) {
        return element.name().toLowerCase(Locale.ROOT).endsWith(RESPONSE)
                || element.children().stream()
                        .anyMatch(child -> child.name().toLowerCase(Locale.ROOT).startsWith("new"));
    }

    /** A late or misdirected answer, by its name. Called only where the element is not this action's own response. */
    private static boolean answersAnother(XmlNode element) {
        String name = element.name().toLowerCase(Locale.ROOT);
        return name.endsWith(RESPONSE) && ACTIONS.contains(name.substring(0, name.length() - RESPONSE.length()));
    }

    private static SoapReply<XmlNode> webPage(HttpAnswer answer) {
        return unusable(answer, Message.of("upnp.web-page-for-answer", "status", answer.status()));
    }

    private static Message unread(int status, Message reason) {
        return status >= ERRORS
                ? Message.of("upnp.http-error", "status", status)
                : Message.of("upnp.unusable-answer", "status", status, "reason", reason);
    }

    /** An error of HTTP without SOAP, at once, means that the action is not to be had there, unlike silence. */
    private static SoapReply<XmlNode> unusable(HttpAnswer answer, Message detail) {
        if (BUSY.contains(answer.status())) {
            return broken(Message.of("upnp.busy", "status", answer.status()));
        }
        return answer.status() >= ERRORS
                ? new SoapReply.Broken<>(new Failure.Unsupported(detail, Optional.empty()))
                : broken(detail);
    }

    /**
     * Some give the error's name in the place of its number, and some a fault that says nothing. Error 0 is none: to a
     * change it is a yes, which is then read back.
     */
    private static Optional<SoapReply<XmlNode>> fault(XmlNode root, String action) {
        Optional<Integer> number = outsideArguments(root, action)
                .filter(node -> node.is("errorCode"))
                .map(node -> NUMBER.matcher(node.text()))
                .filter(Matcher::matches)
                .map(match -> Integer.parseInt(match.group(1)))
                .findFirst();
        boolean refused = outsideArguments(root, action)
                .anyMatch(node -> node.is("Fault") || node.is("UPnPError") || node.is("errorCode"));
        if (number.isEmpty() && !refused) {
            return Optional.empty();
        }
        if (number.equals(Optional.of(0)) && !action.startsWith("Get")) {
            return Optional.of(new SoapReply.Success<>(NOTHING));
        }
        int code = number.orElseGet(() -> texts(root)
                .map(ErrorNames::code)
                .filter(known -> known != ErrorNames.NONE)
                .findFirst()
                .orElse(ErrorNames.NONE));
        RouterText description = texts(root).findFirst().map(RouterText::new).orElse(RouterText.EMPTY);
        return Optional.of(new SoapReply.Fault<>(code, description));
    }

    /**
     * What stands inside an argument is a text, perhaps of another device: the name of its entry, not written as it
     * should be.
     */
    private static Stream<XmlNode> outsideArguments(XmlNode node, String action) {
        Stream<XmlNode> below = node.children().stream().filter(child -> !child.is("Header"));
        return Stream.concat(
                Stream.of(node),
                node.is(action + "Response") ? below : below.flatMap(child -> outsideArguments(child, action)));
    }

    /** The words of a fault, the best first. */
    private static Stream<String> texts(XmlNode root) {
        return Stream.of("errorDescription", "errorCode", "faultstring", "Text")
                .flatMap(name -> root.find(name).stream())
                .map(XmlNode::text)
                .filter(text -> !text.isEmpty() && !NUMBER.matcher(text).matches());
    }

    /** Why a redirect is a failure. */
    public static Message redirect(HttpAnswer answer) {
        return Message.of("upnp.redirect", "status", answer.status());
    }

    private static SoapReply<XmlNode> broken(Message detail) {
        return new SoapReply.Broken<>(new Failure.Malformed(detail, Optional.empty()));
    }
}
