package dev.ajar.system;

import dev.ajar.message.ErrorText;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.List;
import java.util.Locale;

/** What the kernel answers at once when this machine's own firewall does not let a packet out (EPERM, EACCES). */
public final class OwnFirewall {
    /**
     * The text of EPERM and EACCES, which is all that the runtime keeps of them. The C library writes it in the user's
     * language.
     */
    private static final List<String> WORDS = List.of(
            "not permitted",
            "permission denied",
            "nicht erlaubt",
            "keine berechtigung",
            "non permise",
            "permission non accord",
            "no permitida",
            "permiso denegado",
            "non permessa",
            "permesso negato",
            "não permitida",
            "permissão negada",
            "niet toegestaan",
            "toegang geweigerd",
            "niedozwolona",
            "brak dostępu",
            "не позволена",
            "отказано в доступе",
            "許可されていない",
            "許可がありません",
            "不允许的操作",
            "权限不够");

    private OwnFirewall() {}

    /** Whether the error of a send or a connect means that this machine itself forbids it. */
    public static boolean keepsIn(IOException error) {
        if (error instanceof PortUnreachableException || error instanceof NoRouteToHostException) {
            return false;
        }
        String text = ErrorText.of(error).orElse("").toLowerCase(Locale.ROOT);
        for (String words : WORDS) {
            if (text.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
