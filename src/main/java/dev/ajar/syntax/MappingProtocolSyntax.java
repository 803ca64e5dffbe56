package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.ProtocolChoice;
import java.util.List;
import java.util.Locale;

/**
 * The value of {@code --method}: {@code auto}, or the name of a protocol.
 *
 * @param protocols those that can be named
 */
public record MappingProtocolSyntax(MappingProtocols protocols) {
    public ProtocolChoice choice(String text) throws InvalidInputException {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals("auto")) {
            return ProtocolChoice.AUTOMATIC;
        }
        for (MappingProtocol protocol : protocols.all()) {
            if (name(protocol).equals(name)) {
                return ProtocolChoice.only(protocol);
            }
        }
        List<String> names = protocols.all().reversed().stream()
                .map(MappingProtocolSyntax::name)
                .toList();
        int last = names.size() - 1;
        throw new InvalidInputException(Message.of(
                "syntax.method",
                "option",
                OptionName.METHOD,
                "others",
                String.join(", ", names.subList(0, last)),
                "last",
                names.get(last)));
    }

    /** As typed: {@code nat-pmp}. */
    private static String name(MappingProtocol protocol) {
        return protocol.key().replace('_', '-');
    }
}
