package dev.ajar.http;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the heads of answers as routers write them: a header without a name is dropped, and a status line may lack all
 * but the version and the number.
 */
final class LenientHead extends BasicLineParser {
    private static final Pattern STATUS = Pattern.compile(
            "\\s*(?:HTTP\\s*/?\\s*(?:\\d(?:[.,]\\d)?)?|ICY)[:\\s]*([1-5]\\d\\d)(?!\\d)(.*)", Pattern.CASE_INSENSITIVE);
    private static final Header UNREADABLE = new BasicHeader("X-Unreadable", "");

    /** The status that a line names, if it is a status line. */
    static OptionalInt status(String line) {
        Matcher match = STATUS.matcher(line);
        return match.matches() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
    }

    @Override
    public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
        Matcher match = STATUS.matcher(line.toString());
        if (!match.matches()) {
            StatusLine strict = super.parseStatusLine(line);
            if (strict.getStatusCode() < 100 || strict.getStatusCode() > 599) {
                throw new ParseException("not a status: " + strict.getStatusCode());
            }
            return strict;
        }
        int code = Integer.parseInt(match.group(1));
        return new StatusLine(HttpVersion.HTTP_1_1, code, match.group(2).strip());
    }

    @Override
    public Header parseHeader(CharArrayBuffer line) {
        String text = line.toString();
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        return name.isEmpty()
                ? UNREADABLE
                : new BasicHeader(name, text.substring(colon + 1).strip());
    }
}
