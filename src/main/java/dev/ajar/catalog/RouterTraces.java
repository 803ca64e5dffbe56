package dev.ajar.catalog;

import java.util.Locale;

/**
 * The signs of its make that a router shows; empty for each that it does not show.
 *
 * @param manufacturer from its UPnP description
 * @param model from its UPnP description
 * @param server from the SERVER header of an SSDP or HTTP answer
 * @param title of its admin page
 * @param realm of its HTTP authentication
 * @param mac its LAN address, as hexadecimal digits in upper case
 */
public record RouterTraces(String manufacturer, String model, String server, String title, String realm, String mac) {
    public static final RouterTraces NONE = new RouterTraces("", "", "", "", "", "");

    public RouterTraces {
        mac = mac.replaceAll("[^0-9A-Fa-f]", "").toUpperCase(Locale.ROOT);
    }

    /** Whether it shows any sign. */
    public boolean isAnything() {
        return !equals(NONE);
    }

    public static RouterTraces described(String manufacturer, String model) {
        return new RouterTraces(manufacturer, model, "", "", "", "");
    }

    public RouterTraces withDescription(String itsManufacturer, String itsModel) {
        return new RouterTraces(itsManufacturer, itsModel, server, title, realm, mac);
    }

    public RouterTraces withMac(String address) {
        return new RouterTraces(manufacturer, model, server, title, realm, address);
    }
}
