package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the own interface of a make of router.
 *
 * @param id of the profile
 * @param title the name of the make
 * @param conversation the way of talking; each has a client
 * @param evidence how its knowledge was come by
 * @param signs read-only requests whose answers show the make, strongest first
 * @param user the usual name to log in with; empty where none is asked for
 * @param secret what the owner has to give
 * @param passwordWithUser whether a user's name and password are taken in place of {@code secret}
 * @param transports {@code https} and {@code http}, preferred first
 * @param revealed whether the secret itself crosses the network, so that plain HTTP shows it to every device in the
 *     home
 * @param names what rules may be called
 * @param source whether a rule can be for one address alone
 * @param sourceNetworks whether a rule can be for the addresses of one network alone
 * @param otherHosts whether a rule can lead to another device than the one that asks for it
 * @param ports of the interface for each transport; the usual ones where it has none here
 * @param upnpSwitch whether UPnP can be switched on by it
 * @param tellsAddress whether it tells the router's address on the internet side
 * @param namesDevices whether it tells what it calls the devices of its network
 * @param rights how to make a narrow user on that make, one step each
 * @param details what the client of the conversation needs
 */
public record RouterInterface(
        String id,
        String title,
        String conversation,
        Evidence evidence,
        List<Sign> signs,
        Optional<String> user,
        SecretKind secret,
        boolean passwordWithUser,
        List<String> transports,
        boolean revealed,
        NameForm names,
        boolean source,
        boolean sourceNetworks,
        boolean otherHosts,
        Map<String, Integer> ports,
        boolean upnpSwitch,
        boolean tellsAddress,
        boolean namesDevices,
        List<String> rights,
        JsonObject details) {
    /** What the owner has to give, where a user was named or not. */
    public SecretKind secretFor(Optional<String> named) {
        return passwordWithUser && named.filter(name -> !name.isEmpty()).isPresent() ? SecretKind.PASSWORD : secret;
    }

    /** How the knowledge of an interface was come by. */
    public enum Evidence {
        /** On the router's real software. */
        OBSERVED,
        /** The maker documents it. */
        DOCUMENTED,
        /** Read in the source of other programs. */
        READ
    }

    /** What the owner has to give. */
    public enum SecretKind {
        PASSWORD,
        API_KEY,
        /** The router makes it, and its owner grants it by a press on the router. */
        APP_TOKEN
    }

    /**
     * A request without a login, and what its answer must have.
     *
     * @param send headers of the request
     * @param body of a POST; without one it is a GET
     * @param status of the answer
     * @param members of the answer's JSON that must be there
     * @param text that the answer must contain, in lower case; empty for any
     * @param header that must begin with {@code headerValue}; empty for none
     * @param model where the answer tells the model: a member, an element, or a header after {@code header }; empty for
     *     nowhere
     * @param version where it tells the version of its software, likewise
     */
    public record Sign(
            String path,
            Map<String, String> send,
            Optional<String> body,
            int status,
            List<String> members,
            String text,
            String header,
            String headerValue,
            String model,
            String version) {}

    /**
     * The names a make allows for rules.
     *
     * @param others characters allowed beside ASCII letters and digits
     */
    public record NameForm(String prefix, char separator, String others, int longest) {}
}
