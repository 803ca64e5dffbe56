package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of HTTP digest authentication (RFC 7616, MD5 with {@code qop=auth}), and the answers to it. The password
 * does not cross the network. Pure.
 *
 * @param realm which password is meant
 * @param nonce the router's number for this challenge
 * @param stale whether only the nonce was too old
 */
record DigestAnswer(String realm, String nonce, boolean stale) {
    private static final Pattern PART = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]{0,500})\"|([^\\s,\"]{1,500}))");
    private static final String SCHEME = "digest";

    /** @return empty for another scheme, such as Basic, which would reveal the password */
    static Optional<DigestAnswer> challenge(String header) {
        if (!header.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME + " ")) {
            return Optional.empty();
        }
        Optional<String> realm = part(header, "realm");
        Optional<String> nonce = part(header, "nonce").filter(text -> !text.isEmpty());
        boolean usable = part(header, "algorithm").map("MD5"::equalsIgnoreCase).orElse(true)
                && part(header, "qop")
                        .filter(text ->
                                Arrays.asList(text.split("\\s*,\\s*", -1)).contains("auth"))
                        .isPresent();
        boolean stale = part(header, "stale").map("true"::equalsIgnoreCase).orElse(false);
        return usable
                ? realm.flatMap(named -> nonce.map(number -> new DigestAnswer(named, number, stale)))
                : Optional.empty();
    }

    private static Optional<String> part(String header, String name) {
        Matcher matcher = PART.matcher(header);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.of(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return Optional.empty();
    }

    /**
     * What answers need of a user: the password itself can be wiped.
     *
     * @param hash of name, realm and password
     */
    record User(String name, String hash) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The user in this realm. */
    User user(Credentials credentials) {
        return new User(
                credentials.user(),
                md5(credentials.user() + ":" + realm + ":"
                        + credentials.secret().reveal()));
    }

    /**
     * @param count how often the nonce was used, this time included
     * @param cnonce our number
     * @return the value of the header {@code Authorization}
     */
    String header(User user, String method, String uri, int count, String cnonce) {
        String nc = String.format(Locale.ROOT, "%08x", count);
        return "Digest username=\"" + user.name() + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", qop=auth, nc=" + nc + ", cnonce=\"" + cnonce
                + "\", response=\"" + response(user, method, uri, nc, cnonce) + "\", algorithm=MD5";
    }

    String response(User user, String method, String uri, String nc, String cnonce) {
        String what = md5(method + ":" + uri);
        return md5(String.join(":", user.hash(), nonce, nc, cnonce, "auth", what));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
