package dev.ajar.doctor;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.system.machine.Detour;
import java.net.InetAddress;

/** What is said of answers that do not leave by the router: the same by every command. */
public record AnswerWords(Message found, Message next) {
    /** @param own the address of this machine that they leave from */
    public static AnswerWords of(Detour detour, InetAddress own) {
        String address = Addresses.text(own);
        return switch (detour) {
            case Detour.ByTunnel(String name) ->
                new AnswerWords(
                        Message.of("answers.by-tunnel", "interface", name), Message.of("answers.by-tunnel-next"));
            case Detour.ByOtherLink(String name) ->
                new AnswerWords(
                        Message.of("answers.by-other-link", "address", address, "interface", name),
                        Message.of("answers.by-other-link-next", "interface", name));
            case Detour.Nowhere ignored ->
                new AnswerWords(Message.of("answers.nowhere", "address", address), Message.of("answers.nowhere-next"));
        };
    }
}
