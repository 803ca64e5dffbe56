package dev.ajar.doctor;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.RouterText;
import dev.ajar.system.machine.AnswerRoute;
import java.net.InetAddress;
import java.util.Optional;

/** What is said of answers that do not leave by the router: the same by every command. */
public record AnswerRouteText(Message found, Message next) {
    /** @param own the address of this machine that they leave from */
    public static AnswerRouteText of(AnswerRoute detour, InetAddress own) {
        String address = Addresses.text(own);
        return switch (detour) {
            case AnswerRoute.ByTunnel(String name) ->
                new AnswerRouteText(
                        Message.of("answers.by-tunnel", "interface", name), Message.of("answers.by-tunnel-next"));
            case AnswerRoute.ByOtherLink(String name) ->
                new AnswerRouteText(
                        Message.of("answers.by-other-link", "address", address, "interface", name),
                        Message.of("answers.by-other-link-next", "interface", name));
            case AnswerRoute.ByOtherRouter(InetAddress router) ->
                new AnswerRouteText(
                        Message.of("answers.by-other-router", "address", address, "router", Addresses.text(router)),
                        Message.of("answers.by-other-router-next", "router", Addresses.text(router)));
            case AnswerRoute.Nowhere ignored ->
                new AnswerRouteText(
                        Message.of("answers.nowhere", "address", address), Message.of("answers.nowhere-next"));
            case AnswerRoute.ToSome(AnswerRoute.OfAll way) ->
                new AnswerRouteText(
                        by(way).map(name -> Message.of("answers.to-some", "address", address, "interface", name))
                                .orElseGet(() -> Message.of("answers.to-some-nowhere", "address", address)),
                        Message.of("answers.to-some-next"));
            case AnswerRoute.NotTold(Optional<String> rule) ->
                rule.map(packets -> new AnswerRouteText(
                                Message.of("answers.rule-not-told", "rule", shown(packets)),
                                Message.of("answers.of-some-next")))
                        .orElseGet(() -> new AnswerRouteText(
                                Message.of("answers.not-told"), Message.of("answers.not-told-next")));
            case AnswerRoute.OfSome(AnswerRoute.OfAll way, String rule) ->
                new AnswerRouteText(
                        by(way).map(name -> Message.of("answers.of-some", "interface", name, "rule", shown(rule)))
                                .orElseGet(() -> Message.of("answers.of-some-nowhere", "rule", shown(rule))),
                        Message.of("answers.of-some-next"));
            case AnswerRoute.ExceptSome(AnswerRoute.OfAll way, String rule) ->
                new AnswerRouteText(
                        by(way).map(name -> Message.of("answers.except-some", "interface", name, "rule", shown(rule)))
                                .orElseGet(() -> Message.of(
                                        "answers.except-some-nowhere", "address", address, "rule", shown(rule))),
                        Message.of("answers.except-some-next"));
        };
    }

    /** The same, where it is so over that version of IP alone. */
    public AnswerRouteText over(IpVersion version) {
        return new AnswerRouteText(Message.of("answers.over", "version", version.label(), "what", found), next);
    }

    /** What was found, and what to do about it. */
    public Message both() {
        return Message.of("answers.found-and-next", "found", found, "next", next);
    }

    /** @return empty where nothing leaves */
    static Optional<String> by(AnswerRoute.OfAll way) {
        return switch (way) {
            case AnswerRoute.ByTunnel(String name) -> Optional.of(name);
            case AnswerRoute.ByOtherLink(String name) -> Optional.of(name);
            case AnswerRoute.ByOtherRouter(InetAddress router) -> Optional.of(Addresses.text(router));
            case AnswerRoute.Nowhere ignored -> Optional.empty();
        };
    }

    private static String shown(String rule) {
        return new RouterText(rule).display();
    }
}
