package dev.ajar.system.host;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kinds of network that Windows judges by a profile each. */
enum WindowsNetwork {
    PUBLIC("PublicProfile"),
    PRIVATE("StandardProfile|PrivateProfile"),
    DOMAIN("DomainProfile");

    /** The names of its folder in the registry: in this machine's own settings, and in those of an organisation. */
    private final String folders;

    WindowsNetwork(String folders) {
        this.folders = folders;
    }

    boolean isIn(String folder) {
        return folder.matches(folders);
    }

    /** Whether a rule with these profiles is for networks of this kind; a rule without any is for all. */
    boolean isAmong(List<String> profiles) {
        return profiles.isEmpty() || profiles.stream().anyMatch(name -> name.equalsIgnoreCase(name()));
    }

    /** {@code privateprofile}, as {@code netsh} calls it. */
    String profile() {
        return name().toLowerCase(Locale.ROOT) + "profile";
    }

    /**
     * The kinds that the home network may be of. Windows notes networks by their router's network card; of a network
     * that it has not noted, only a member of a domain knows that it may be the domain's.
     *
     * @param registry what it has noted, {@code NetworkList}
     * @param cards the network cards that this machine knows now, as {@code 00:0c:42:11:22:33}
     */
    static Set<WindowsNetwork> possible(List<RegistryValue> registry, Set<String> cards) {
        Map<String, WindowsNetwork> kinds = new HashMap<>();
        registry.stream()
                .filter(value -> value.name().equals("Category"))
                .forEach(value -> value.number()
                        .filter(number -> number < values().length)
                        .ifPresent(number -> kinds.put(value.folder(), values()[number])));
        Set<String> here = new HashSet<>();
        registry.stream()
                .filter(value -> value.name().equals("DefaultGatewayMac"))
                .filter(value ->
                        cards.contains(value.text().toLowerCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:")))
                .forEach(value -> here.add(value.key()));
        Set<WindowsNetwork> found = EnumSet.noneOf(WindowsNetwork.class);
        registry.stream()
                .filter(value -> value.name().equals("ProfileGuid") && here.contains(value.key()))
                .filter(value -> kinds.containsKey(value.text()))
                .forEach(value -> found.add(kinds.get(value.text())));
        if (found.isEmpty()) {
            found.addAll(EnumSet.of(PUBLIC, PRIVATE));
            found.addAll(kinds.values());
        }
        return found;
    }
}
