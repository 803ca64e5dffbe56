package dev.ajar.cli.input;

import dev.ajar.model.Method;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Ways of asking the router: the value of {@code --method}. */
public final class MethodSyntax {
    private MethodSyntax() {}

    public static Set<Method> methods(String text) throws BadInput {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> EnumSet.allOf(Method.class);
            case "upnp" -> EnumSet.of(Method.UPNP);
            case "nat-pmp" -> EnumSet.of(Method.NAT_PMP);
            case "pcp" -> EnumSet.of(Method.PCP);
            default -> throw new BadInput("--method is auto, upnp, nat-pmp or pcp");
        };
    }
}
