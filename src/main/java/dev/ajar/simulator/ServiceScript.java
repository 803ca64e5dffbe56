package dev.ajar.simulator;

/**
 * A port-mapping service of the description.
 *
 * @param type as written, and as a call must name it; empty for the usual one of the router's IGD version
 * @param control the path and query at which it takes calls
 * @param controlUrl the control URL in the description
 * @param status NewConnectionStatus
 * @param external its internet address, any text
 * @param fault the error code it answers everything with; 0 for none
 * @param dead whether its path answers 404
 */
public record ServiceScript(
        String type, String control, String controlUrl, String status, String external, int fault, boolean dead) {
    static final ServiceScript USUAL =
            new ServiceScript("", "/ctl/IPConn", "/ctl/IPConn", "Connected", "203.0.113.7", 0, false);

    ServiceScript withExternal(String address) {
        return new ServiceScript(type, control, controlUrl, status, address, fault, dead);
    }

    String type(int igdVersion) {
        return type.isEmpty() ? "urn:schemas-upnp-org:service:WANIPConnection:" + igdVersion : type;
    }
}
