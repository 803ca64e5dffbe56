package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Reachability;
import java.util.Optional;

/** The output of {@code ajar address}: one address on stdout, and on stderr why it is of no use. */
public final class AddressText {
    private AddressText() {}

    public static void print(Terminal terminal, StatusReport report) {
        report.externalAddress().ifPresent(address -> terminal.say(Addresses.text(address)));
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get());
        } else if (report.reachability() != Reachability.PUBLIC) {
            Optional<Message> said = report.side().title();
            Message why = said.orElseGet(
                    () -> Message.of("report.no-public-address", "kind", StatusText.kind(report.side())));
            terminal.tell(terminal.bad("ajar: ") + terminal.text(why));
            FailureText.advice(
                    terminal,
                    Advice.of(report.side()).stream()
                            .filter(advice -> !advice.equals(why))
                            .toList());
        }
    }
}
