package dev.ajar.report;

import dev.ajar.simulator.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command sent. Searches and questions about capabilities go out side by side, so those are sorted; requests
 * about mappings are in order. How often a datagram was repeated depends on how busy the machine is, and is noted
 * apart, as {@code (2 times)}.
 */
final class Traffic {
    private final Masks masks;
    private final Map<String, Integer> searches = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();

    Traffic(Masks masks) {
        this.masks = masks;
    }

    /** @param whose before each line */
    void add(String whose, List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            switch (arrival.kind()) {
                case SSDP -> searched(whose + "SSDP " + masks.text(arrival.text()));
                case HTTP -> {
                    String text = whose + "HTTP " + masks.text(arrival.text());
                    if (arrival.text().startsWith("POST ")) {
                        requests.add(text);
                        times.add(1);
                    } else {
                        searched(text);
                    }
                }
                case PXP -> {
                    String text = whose + "PXP " + masks.datagram(arrival.text());
                    if (arrival.text().startsWith("00", 2) || Masks.isTrial(arrival.text())) {
                        searched(text);
                    } else {
                        requested(text);
                    }
                }
            }
        }
    }

    private void searched(String text) {
        searches.merge(text, 1, Integer::sum);
    }

    private void requested(String text) {
        if (!requests.isEmpty() && requests.getLast().equals(text)) {
            times.set(times.size() - 1, times.getLast() + 1);
        } else {
            requests.add(text);
            times.add(1);
        }
    }

    List<String> searches() {
        List<String> lines = new ArrayList<>();
        searches.forEach((text, count) -> lines.add(counted(text, count)));
        return lines;
    }

    List<String> requests() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            lines.add(counted(requests.get(i), times.get(i)));
        }
        return lines;
    }

    private static String counted(String text, int count) {
        return count == 1 ? text : text + " (" + count + " times)";
    }
}
