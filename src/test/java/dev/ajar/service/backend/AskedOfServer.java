package dev.ajar.service.backend;

import java.util.List;

/**
 * A request to an API server, in the words of its rules: {@code patch services/status},
 * {@code get leases/ajar in coordination.k8s.io}.
 */
record AskedOfServer(String verb, String group, String resource, String name) {
    static AskedOfServer of(String method, String path) {
        String plain = path.replaceAll("\\?.*", "");
        List<String> words = List.of(plain.substring(1).split("/"));
        boolean core = words.getFirst().equals("api");
        String group = core ? "" : words.get(1);
        List<String> rest = words.subList(core ? 2 : 3, words.size());
        rest = rest.getFirst().equals("namespaces") ? rest.subList(2, rest.size()) : rest;
        String resource = rest.getFirst() + (rest.size() > 2 ? "/" + rest.get(2) : "");
        boolean one = rest.size() > 1;
        String verb = switch (method) {
            case "GET" -> one ? "get" : path.contains("watch=true") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> method;
        };
        // Rules name the objects of ajar's own namespace, and no Service.
        boolean own = one && !resource.startsWith("services");
        return new AskedOfServer(verb, group, resource, own ? rest.get(1) : "");
    }

    @Override
    public String toString() {
        return verb + " " + resource + (name.isEmpty() ? "" : " " + name) + (group.isEmpty() ? "" : " in " + group);
    }
}
