package dev.ajar.lab;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A simulated API server on loopback, with one Service that asks for its port until a line comes in. */
public final class ApiServerPeer {
    private ApiServerPeer() {}

    /** @param arguments port of the server, of the Service and on the nodes */
    public static void main(String... arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init(InetAddress.getLoopbackAddress(), port);
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .build();
        try (KubernetesClient user = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            user.services()
                    .inNamespace("default")
                    .resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withName("game")
                            .withNamespace("default")
                            .withAnnotations(Map.of("ajar.dev/open", "true"))
                            .endMetadata()
                            .withNewSpec()
                            .withType("LoadBalancer")
                            .addNewPort()
                            .withName("game")
                            .withProtocol("TCP")
                            .withPort(Integer.parseInt(arguments[1]))
                            .withNodePort(Integer.parseInt(arguments[2]))
                            .endPort()
                            .endSpec()
                            .build())
                    .create();
            System.out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            int unused = System.in.read();
            user.services().inNamespace("default").withName("game").delete();
            unused = System.in.read();
        }
        Runtime.getRuntime().halt(0);
    }
}
