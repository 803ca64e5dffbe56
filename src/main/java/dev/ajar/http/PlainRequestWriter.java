package dev.ajar.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/**
 * Writes the headers in the order of miniupnpc, the client that routers are tested with. Some routers misread the last
 * header before the body (nicotine-plus/nicotine-plus#973).
 */
final class PlainRequestWriter implements HttpMessageWriter<ClassicHttpRequest> {
    private static final List<String> ORDER = List.of(
            "host",
            "user-agent",
            "content-length",
            "content-type",
            "soapaction",
            "connection",
            "cache-control",
            "pragma");

    private final DefaultHttpRequestWriter writer = new DefaultHttpRequestWriter();

    @Override
    public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
            throws IOException, org.apache.hc.core5.http.HttpException {
        Header[] headers = request.getHeaders();
        Arrays.sort(headers, (a, b) -> Integer.compare(place(a), place(b)));
        request.setHeaders(headers);
        writer.write(request, buffer, out);
    }

    private static int place(Header header) {
        int place = ORDER.indexOf(header.getName().toLowerCase(Locale.ROOT));
        return place < 0 ? ORDER.size() : place;
    }
}
