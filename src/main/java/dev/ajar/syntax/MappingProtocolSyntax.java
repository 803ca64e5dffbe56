package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocol;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The protocols for asking the router: the value of {@code --method}. */
public final class MappingProtocolSyntax {
    private MappingProtocolSyntax() {}

    public static Set<MappingProtocol> methods(String text) throws InvalidInputException {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> EnumSet.allOf(MappingProtocol.class);
            case "upnp" -> EnumSet.of(MappingProtocol.UPNP);
            case "nat-pmp" -> EnumSet.of(MappingProtocol.NAT_PMP);
            case "pcp" -> EnumSet.of(MappingProtocol.PCP);
            default -> throw new InvalidInputException(Message.of("syntax.method"));
        };
    }
}
